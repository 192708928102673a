package pptx

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ErrTemplate is told of a file that is no presentation whose slides could be written.
var ErrTemplate = errors.New("pptx: not a template")

// Bounds of a template, so that a small file cannot become a large one.
const (
	mostParts = 3000
	mostBytes = 120 << 20
)

// Template is somebody's own presentation: its masters, layouts, theme and pictures. Its
// slides are left out.
type Template struct {
	parts  map[string][]byte
	kinds  map[string]string // content types by name
	ends   map[string]string // and by ending
	links  map[string][]link2
	cx, cy int
	layout [4]shape // by Layout
	used   []string // the layouts of its own slides, in their order
}

// link2 is a relationship of a part as the template has it.
type link2 struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// shape is a layout of a template: its part, its places, and what its title leaves free.
type shape struct {
	part                      string
	title, under, foot, count string // attributes of the places; "" when it has none
	top, left                 int    // of the free area, in the format's units
}

const relSlide = office + "/slide"

// Open reads a template of size bytes. Error: ErrTemplate.
func Open(r io.ReadSeeker, size int64) (*Template, error) {
	archive, err := zip.NewReader(readerAt{r}, size)
	if err != nil {
		return nil, ErrTemplate
	}
	t := &Template{parts: map[string][]byte{}, kinds: map[string]string{}, ends: map[string]string{}, links: map[string][]link2{}}
	if err := t.read(archive); err != nil {
		return nil, err
	}
	if err := t.types(); err != nil {
		return nil, err
	}
	t.useOf()
	if err := t.reach(); err != nil {
		return nil, err
	}
	return t, t.layouts()
}

// readerAt reads at places of what can be sought.
type readerAt struct{ r io.ReadSeeker }

// ReadAt seeks first; it is not for several goroutines.
func (a readerAt) ReadAt(p []byte, off int64) (int, error) {
	if _, err := a.r.Seek(off, io.SeekStart); err != nil {
		return 0, err
	}
	return io.ReadFull(a.r, p)
}

func (t *Template) read(archive *zip.Reader) error {
	if len(archive.File) > mostParts {
		return ErrTemplate
	}
	left := int64(mostBytes)
	for _, f := range archive.File {
		in, err := f.Open()
		if err != nil {
			return ErrTemplate
		}
		b, err := io.ReadAll(io.LimitReader(in, left+1))
		_ = in.Close()
		if left -= int64(len(b)); err != nil || left < 0 {
			return ErrTemplate
		}
		t.parts[f.Name] = b
	}
	return nil
}

func (t *Template) types() error {
	var doc struct {
		Default []struct {
			Extension   string `xml:"Extension,attr"`
			ContentType string `xml:"ContentType,attr"`
		}
		Override []struct {
			PartName    string `xml:"PartName,attr"`
			ContentType string `xml:"ContentType,attr"`
		}
	}
	if xml.Unmarshal(t.parts["[Content_Types].xml"], &doc) != nil {
		return ErrTemplate
	}
	for _, d := range doc.Default {
		t.ends[strings.ToLower(d.Extension)] = d.ContentType
	}
	for _, d := range doc.Override {
		t.kinds[strings.TrimPrefix(d.PartName, "/")] = d.ContentType
	}
	switch t.kinds[presentation] {
	case slideKind + "presentation.main+xml", slideKind + "template.main+xml":
		return nil
	}
	return ErrTemplate // macros, or no presentation
}

const presentation = "ppt/presentation.xml"

// relsOf is where the relationships of a part stand.
func relsOf(name string) string { return path.Dir(name) + "/_rels/" + path.Base(name) + ".rels" }

// reach keeps the parts that the presentation needs without its slides.
func (t *Template) reach() error {
	if t.parts[presentation] == nil {
		return ErrTemplate
	}
	kept, open := map[string]bool{}, []string{presentation}
	for len(open) > 0 {
		name := open[0]
		open = open[1:]
		if kept[name] {
			continue
		}
		kept[name] = true
		var doc struct{ Relationship []link2 }
		if b := t.parts[relsOf(name)]; b != nil && xml.Unmarshal(b, &doc) != nil {
			return ErrTemplate
		}
		for _, l := range doc.Relationship {
			to := resolve(name, l.Target)
			if l.Type == relSlide || strings.HasSuffix(l.Type, "/handoutMaster") || strings.HasSuffix(l.Type, "/commentAuthors") || l.Mode != "External" && t.parts[to] == nil {
				continue
			}
			t.links[name] = append(t.links[name], l)
			if l.Mode != "External" {
				open = append(open, to)
			}
		}
	}
	for name := range t.parts {
		if !kept[name] {
			delete(t.parts, name)
		}
	}
	return nil
}

func resolve(from, target string) string {
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(target, "/")
	}
	return path.Join(path.Dir(from), target)
}

var (
	sizeText = regexp.MustCompile(`<p:sldSz\b[^>]*\bcx="(\d+)"[^>]*\bcy="(\d+)"`)
	kindText = regexp.MustCompile(`<p:sldLayout\b[^>]*\btype="(\w+)"`)
)

// wanted are the kinds of layouts that serve each of ours, the best first.
var wanted = [4][]string{Plain: {"titleOnly", "obj", "tx"}, Cover: {"title", "ctrTitle"}, Section: {"secHead", "title"}, Blank: {"blank", "titleOnly"}}

var slideID = regexp.MustCompile(`<p:sldId\b[^>]*\br:id="([^"]+)"`)

// useOf sees which layouts the template's own slides lie on: its author's choice is the best
// advice.
func (t *Template) useOf() {
	targets := t.targets(presentation, relSlide)
	for _, m := range slideID.FindAllSubmatch(t.parts[presentation], -1) {
		for _, layout := range t.targets(targets[string(m[1])], office+"/slideLayout") {
			t.used = append(t.used, layout)
		}
	}
}

// targets are the parts that a part leads to by relationships of one kind, by their ids.
func (t *Template) targets(name, kind string) map[string]string {
	var doc struct{ Relationship []link2 }
	out := map[string]string{}
	if xml.Unmarshal(t.parts[relsOf(name)], &doc) != nil {
		return out
	}
	for _, l := range doc.Relationship {
		if l.Type == kind {
			out[l.ID] = resolve(name, l.Target)
		}
	}
	return out
}

func (t *Template) masterOf(layout string) string {
	for _, l := range t.links[layout] {
		if strings.HasSuffix(l.Type, "/slideMaster") {
			return resolve(layout, l.Target)
		}
	}
	return ""
}

// usual is the master that most of the template's slides after the first lie on.
func (t *Template) usual() (master string) {
	count := map[string]int{}
	for i, l := range t.used {
		if i > 0 || len(t.used) == 1 {
			m := t.masterOf(l)
			if count[m]++; count[m] > count[master] {
				master = m
			}
		}
	}
	return master
}

// layouts finds the template's layouts for ours.
func (t *Template) layouts() error {
	m := sizeText.FindSubmatch(t.parts[presentation])
	if m == nil {
		return ErrTemplate
	}
	t.cx, t.cy = number(m[1]), number(m[2])
	var all []string
	for name := range t.parts {
		if strings.HasPrefix(name, "ppt/slideLayouts/") {
			all = append(all, name)
		}
	}
	if len(all) == 0 || t.cx < 1_000_000 || t.cy < 1_000_000 {
		return ErrTemplate
	}
	usual := t.usual()
	slices.SortFunc(all, func(a, b string) int {
		foreign := func(s string) int {
			if usual != "" && t.masterOf(s) != usual {
				return 1
			}
			return 0
		}
		return cmp.Or(foreign(a)-foreign(b), len(a)-len(b), strings.Compare(a, b))
	})
	for l := range wanted {
		t.layout[l] = t.shapeOf(t.choose(Layout(l), all))
	}
	return nil
}

// choose gives the first layout of the best kind; the cover is what the template's own
// first slide lies on.
func (t *Template) choose(l Layout, all []string) string {
	if (l == Cover || l == Section) && len(t.used) > 1 && t.shapeOf(t.used[0]).title != "" {
		return t.used[0]
	}
	for _, kind := range wanted[l] {
		for _, name := range all {
			if k := kindText.FindSubmatch(t.parts[name]); k != nil && string(k[1]) == kind {
				return name
			}
		}
	}
	return all[0]
}

var (
	placeText = regexp.MustCompile(`(?s)<p:sp>.*?</p:sp>`)
	phText    = regexp.MustCompile(`<p:ph\b([^>]*?)/?>`)
	offText   = regexp.MustCompile(`<a:off x="(-?\d+)" y="(-?\d+)"/>\s*<a:ext cx="(\d+)" cy="(\d+)"/>`)
)

// shapeOf reads a layout's places; where its title stands may be said by its master.
func (t *Template) shapeOf(name string) (s shape) {
	s = shape{part: name, top: t.cy * 18 / 100, left: t.cx * 5 / 100}
	placed := false
	look := func(part string, fill bool) {
		for _, sp := range placeText.FindAll(t.parts[part], -1) {
			ph := phText.FindSubmatch(sp)
			if ph == nil {
				continue
			}
			attrs := strings.TrimSpace(string(ph[1]))
			switch kind := attrOf(attrs, "type"); {
			case kind == "title" || kind == "ctrTitle":
				if fill && s.title == "" {
					s.title = attrs
				}
				if m := offText.FindSubmatch(sp); m != nil && !placed {
					x, y, h := number(m[1]), number(m[2]), number(m[4])
					s.left, s.top, placed = x, y+h, true
				}
			case fill && s.under == "" && (kind == "subTitle" || kind == "body"):
				s.under = attrs
			case fill && kind == "ftr":
				s.foot = attrs
			case fill && kind == "sldNum":
				s.count = attrs
			}
		}
	}
	look(name, true)
	look(t.masterOf(name), false)
	s.left, s.top = max(0, min(s.left, t.cx/4)), max(0, min(s.top, t.cy/2))
	return s
}

func number(b []byte) int { n, _ := strconv.Atoi(string(b)); return n }

func attrOf(attrs, name string) string {
	m := regexp.MustCompile(`\b` + name + `="([^"]*)"`).FindStringSubmatch(attrs)
	if m == nil {
		return ""
	}
	return m[1]
}

// Fill begins a presentation on somebody's template. What stands in boxes is fitted below
// the template's title; colours are places in its theme.
func Fill(t *Template, m Meta) *Deck {
	d := New(m, Theme{})
	d.template = t
	return d
}

// Filled tells whether the deck is written into somebody's template, which has its own
// logo and ground.
func (d *Deck) Filled() bool { return d.template != nil }

// fit is how the slide's boxes come into the template's free area: times num over den, then moved.
type fit struct{ num, den, dx, dy int }

// The area in which slides of ours have their boxes, in points.
const (
	fromLeft, fromTop = 40, 92
	areaW, areaH      = 880, 404
)

func (t *Template) fit(l Layout) fit {
	s := t.layout[l]
	top, left := s.top+t.cy/60, s.left
	w, h := t.cx-2*left, t.cy-top-t.cy*9/100
	f := fit{num: w, den: areaW * emu}
	if w*areaH > h*areaW { // the height is what lacks
		f.num, f.den = h, areaH*emu
	}
	f.dx, f.dy = left-f.of(fromLeft*emu), top-f.of(fromTop*emu)
	return f
}

func (f fit) of(n int) int { return int(int64(n) * int64(f.num) / int64(f.den)) }

var boxed = regexp.MustCompile(`<a:off x="(-?\d+)" y="(-?\d+)"/><a:ext cx="(\d+)" cy="(\d+)"/>|<a:gridCol w="(\d+)"|<a:tr h="(\d+)"|\bsz="(\d+)"|\b([lrtb]Ins)="(\d+)"|\b(mar[LRTB])="(\d+)"`)

// place fits the boxes, words and columns of a slide.
func (f fit) place(body []byte) []byte {
	return boxed.ReplaceAllFunc(body, func(b []byte) []byte {
		m := boxed.FindSubmatch(b)
		switch {
		case m[1] != nil:
			return fmt.Appendf(nil, `<a:off x="%d" y="%d"/><a:ext cx="%d" cy="%d"/>`, f.of(number(m[1]))+f.dx, f.of(number(m[2]))+f.dy, f.of(number(m[3])), f.of(number(m[4])))
		case m[5] != nil:
			return fmt.Appendf(nil, `<a:gridCol w="%d"`, f.of(number(m[5])))
		case m[6] != nil:
			return fmt.Appendf(nil, `<a:tr h="%d"`, f.of(number(m[6])))
		case m[7] != nil:
			return fmt.Appendf(nil, `sz="%d"`, max(600, f.of(number(m[7]))/100*100))
		case m[8] != nil:
			return fmt.Appendf(nil, `%s="%d"`, m[8], f.of(number(m[9])))
		}
		return fmt.Appendf(nil, `%s="%d"`, m[10], f.of(number(m[11])))
	})
}

var (
	idList  = regexp.MustCompile(`(?s)<p:sldIdLst\b[^>]*/>|<p:sldIdLst\b.*?</p:sldIdLst>`)
	useless = regexp.MustCompile(`(?s)<p:(handoutMasterIdLst|custShowLst|extLst|photoAlbum)\b.*?</p:(handoutMasterIdLst|custShowLst|extLst|photoAlbum)>`)
	masters = regexp.MustCompile(`(?s)</p:sldMasterIdLst>(\s*<p:notesMasterIdLst>.*?</p:notesMasterIdLst>)?`)
)

// filledParts is the whole package in the template.
func (d *Deck) filledParts() []part {
	t := d.template
	var ids strings.Builder
	links := slices.Clone(t.links[presentation])
	for i := range d.slides {
		id := fmt.Sprintf("rIdKolega%d", i+1)
		fmt.Fprintf(&ids, `<p:sldId id="%d" r:id="%s"/>`, firstSlide+i, id)
		links = append(links, link2{ID: id, Type: relSlide, Target: fmt.Sprintf("slides/slide%d.xml", i+1)})
	}
	text := useless.ReplaceAll(idList.ReplaceAll(t.parts[presentation], nil), nil)
	text = masters.ReplaceAllFunc(text, func(b []byte) []byte { return append(slices.Clone(b), `<p:sldIdLst>`+ids.String()+`</p:sldIdLst>`...) })
	list := []part{
		{name: "_rels/.rels", text: rels([]rel{{"officeDocument", presentation, false}, {"core", "docProps/core.xml", false}})},
		{name: "docProps/core.xml", kind: coreKind, text: d.core()},
		{name: presentation, kind: slideKind + "presentation.main+xml", text: text}, {name: relsOf(presentation), text: relsText(links)},
	}
	var names []string
	for name := range t.parts {
		if name != presentation {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		list = append(list, part{name: name, kind: t.kinds[name], text: t.parts[name]})
		if own := t.links[name]; len(own) > 0 {
			list = append(list, part{name: relsOf(name), text: relsText(own)})
		}
	}
	for i, s := range d.slides {
		s.notes = ""
		list = append(list, s.parts(i)...)
	}
	list = d.extras(list)
	return append([]part{{name: "[Content_Types].xml", text: types(list, t.ends)}}, list...)
}

func relsText(list []link2) []byte {
	out := fmt.Appendf(nil, `%s<Relationships xmlns="%srelationships">`, xmlHead, packages)
	for _, l := range list {
		mode := ""
		if l.Mode != "" {
			mode = ` TargetMode="` + escape(l.Mode) + `"`
		}
		out = fmt.Appendf(out, `<Relationship Id="%s" Type="%s" Target="%s"%s/>`, escape(l.ID), escape(l.Type), escape(l.Target), mode)
	}
	return append(out, `</Relationships>`...)
}
