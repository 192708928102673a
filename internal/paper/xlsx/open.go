package xlsx

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// Bounds of a workbook that is read: parts, unpacked bytes, and how many times its size it may
// grow when unpacked.
const (
	MaxParts = 1_000
	MaxBytes = 100 << 20
	MaxRatio = 100
	keptText = 48 << 20 // bytes of shared texts, which have to stay in memory
)

// Why a file is refused.
var (
	ErrDamaged     = errors.New("the workbook cannot be read")
	ErrBomb        = errors.New("the workbook unpacks to too much")
	ErrEntry       = errors.New("the archive has a part that no workbook has")
	ErrNotWorkbook = errors.New("the archive is no workbook")
	ErrRow         = errors.New("a row is too long")
)

// Entry is an ErrEntry that names the part.
type Entry struct{ Name string }

// Error names the part.
func (e *Entry) Error() string { return ErrEntry.Error() + ": " + e.Name }

// Is makes every Entry an ErrEntry.
func (e *Entry) Is(target error) bool { return target == ErrEntry }

// Page is one worksheet of a File.
type Page struct {
	Name   string
	Hidden bool
	part   string
}

// File is a workbook being read.
type File struct {
	Pages  []Page
	parts  map[string]*zip.File
	main   string
	shared *texts
	looks  []Look
	from04 bool // days are counted from 1904, as on old Macintoshes
}

// Open checks the archive, before anything is unpacked, and reads what the workbook is made of.
// Errors: ErrDamaged, ErrBomb, ErrEntry, ErrNotWorkbook.
func Open(r io.ReaderAt, size int64) (*File, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, errors.Join(ErrDamaged, err)
	}
	f := &File{parts: map[string]*zip.File{}}
	if err := f.check(archive, uint64(size)); err != nil {
		return nil, err
	}
	links, err := f.links("_rels/.rels", "")
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		if strings.HasSuffix(l.kind, "/officeDocument") {
			f.main = l.target
		}
	}
	if f.main == "" {
		return nil, fmt.Errorf("%w: no document", ErrDamaged)
	}
	return f, f.workbook()
}

// check refuses names that leave the archive, parts that come twice, and archives that unpack
// to too much. A declared size that lies is found when the part is read.
func (f *File) check(archive *zip.Reader, size uint64) error {
	if len(archive.File) > MaxParts {
		return ErrBomb
	}
	workbook := false
	var total uint64
	for _, e := range archive.File {
		name := strings.ToLower(strings.ReplaceAll(e.Name, `\`, "/"))
		if f.parts[name] != nil || !safe(e, name) {
			return &Entry{e.Name}
		}
		f.parts[name] = e
		workbook = workbook || strings.HasPrefix(name, "xl/")
		total += min(e.UncompressedSize64, MaxBytes+1)
	}
	if total > MaxBytes || total > 1<<20 && total > size*MaxRatio {
		return ErrBomb
	}
	if !workbook {
		return ErrNotWorkbook
	}
	return nil
}

func safe(e *zip.File, name string) bool {
	clean := path.Clean(name)
	return e.Mode().Type()&^fs.ModeDir == 0 && name != "" && !path.IsAbs(name) && clean != ".." && !strings.HasPrefix(clean, "../") && !strings.Contains(name, ":")
}

// open opens a part. It gives at most as many bytes as the part declares; more is a bomb.
func (f *File) open(name string) (io.ReadCloser, error) {
	e := f.parts[strings.ToLower(name)]
	if e == nil {
		return nil, fmt.Errorf("%w: no %s", ErrDamaged, name)
	}
	r, err := e.Open()
	if err != nil {
		return nil, errors.Join(ErrDamaged, err)
	}
	return &bounded{r, int64(e.UncompressedSize64)}, nil
}

type bounded struct {
	io.ReadCloser
	left int64
}

// Read stops at the first byte that was not declared.
func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, ErrBomb
	}
	if err != nil && err != io.EOF { //nolint:errorlint // a reader gives the value itself
		err = errors.Join(ErrDamaged, err)
	}
	return n, err
}

// each visits the start tags of a part.
func (f *File) each(name string, visit func(t token) error) error {
	r, err := f.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	s := newScanner(r)
	for {
		t, err := s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && t.kind == startTag {
			err = visit(t)
		}
		if err != nil {
			return damaged(err)
		}
	}
}

// damaged makes an error of reading one that says so.
func damaged(err error) error {
	for _, known := range []error{ErrBomb, ErrDamaged, ErrRow} {
		if errors.Is(err, known) {
			return err
		}
	}
	return errors.Join(ErrDamaged, err)
}

type link struct{ id, kind, target string }

// links reads the relationships of a part that stands in the folder dir.
func (f *File) links(name, dir string) (out []link, err error) {
	err = f.each(name, func(t token) error {
		if string(t.name) != "Relationship" {
			return nil
		}
		var l link
		l.id = t.word("Id")
		l.kind = t.word("Type")
		to := t.word("Target")
		if mode := t.word("TargetMode"); mode == "External" {
			return nil
		}
		if l.target = strings.TrimPrefix(to, "/"); !strings.HasPrefix(to, "/") {
			l.target = path.Join(dir, to)
		}
		out = append(out, l)
		return nil
	})
	return out, err
}

// workbook finds the sheets, the shared texts and the styles.
func (f *File) workbook() error {
	dir := path.Dir(f.main)
	links, err := f.links(path.Join(dir, "_rels", path.Base(f.main)+".rels"), dir)
	if err != nil {
		return err
	}
	byID := map[string]link{}
	for _, l := range links {
		byID[l.id] = l
	}
	err = f.each(f.main, func(t token) error {
		switch string(t.name) {
		case "workbookPr":
			v := t.word("date1904")
			f.from04 = v == "1" || v == "true"
		case "sheet":
			p := Page{}
			p.Name = t.word("name")
			state := t.word("state")
			p.Hidden = state == "hidden" || state == "veryHidden"
			id := t.word("id")
			if l := byID[id]; strings.HasSuffix(l.kind, "/worksheet") {
				p.part = l.target
			}
			f.Pages = append(f.Pages, p)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, l := range links {
		switch {
		case strings.HasSuffix(l.kind, "/sharedStrings"):
			f.shared = &texts{part: l.target}
		case strings.HasSuffix(l.kind, "/styles") && f.parts[strings.ToLower(l.target)] != nil:
			if f.looks, err = f.readLooks(l.target); err != nil {
				return err
			}
		}
	}
	return nil
}
