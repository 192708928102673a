package match

import (
	"encoding/json"
	"fmt"

	"kolega/internal/column"
	"kolega/internal/worktime"
)

// layout names what a snapshot's parts mean; a snapshot of another is built anew.
const layout = "talents 2"

// notes is what a snapshot says beside its columns.
type notes struct {
	Mark              string // of the database it is a copy of
	Seq               int64
	N, Talents, Names int
	Words, Groups     int
	Odd               map[uint32]string
	Away              map[uint32][][2]worktime.Date
	Facts             map[uint32][]fact
	Heard             map[uint32]*audience
	Tariffs           []tariff
	Values            [dims][]noted
}

// noted is a value with the length of its list of rows; -1 for bits.
type noted struct {
	Key, Label string
	Rows       int
}

// parts gives a segment as the parts of a file.
func (s *segment) parts(n notes) ([]column.Part, error) {
	n.N, n.Talents, n.Names, n.Words, n.Groups = s.n, s.talents, s.names.N, s.words.N, s.groups
	n.Odd, n.Away, n.Facts, n.Heard, n.Tariffs = s.odd, s.away, s.facts, s.heard, s.tariffs
	var out []column.Part
	put := func(name string, b []byte) { out = append(out, column.Part{Name: name, Data: b}) }
	for dim := range s.vals {
		d := &s.vals[dim]
		var bits, lists []byte
		for i, v := range d.values {
			set := &d.sets[i]
			rows := len(set.List)
			if set.Bits != nil {
				rows = -1
			}
			n.Values[dim] = append(n.Values[dim], noted{v.key, v.label, rows})
			bits, lists = append(bits, column.Bytes(set.Bits)...), append(lists, column.Bytes(set.List)...)
		}
		put(fmt.Sprint("bits", dim), bits)
		put(fmt.Sprint("lists", dim), lists)
	}
	head, err := json.Marshal(n)
	put("notes", head)
	for _, c := range s.columns() {
		put(c.name, c.get())
	}
	return out, err
}

// columnOf is a column by its name in the file.
type columnOf struct {
	name string
	get  func() []byte
	set  func(b []byte)
}

func columnAs[T uint8 | uint32 | int32 | int64 | uint64](name string, c *[]T) columnOf {
	return columnOf{name, func() []byte { return column.Bytes(*c) }, func(b []byte) { *c = column.Of[T](b) }}
}

func bitsAs(name string, c *column.Bits) columnOf {
	return columnOf{name, func() []byte { return column.Bytes(*c) }, func(b []byte) { *c = column.Of[uint64](b) }}
}

func (s *segment) columns() []columnOf {
	return []columnOf{
		columnAs("followers", &s.fol), columnAs("er", &s.er), columnAs("made", &s.made), columnAs("name", &s.name), columnAs("city", &s.city), columnAs("platform", &s.platform),
		columnAs("ids", &s.ids), columnAs("by id", &s.byID), columnAs("price at", &s.priceAt), columnAs("price", &s.priceMinor), columnAs("price terms", &s.priceTerms),
		columnAs("name heads", &s.names.Heads), columnAs("names", &s.names.Data), columnAs("word heads", &s.words.Heads), columnAs("words", &s.words.Data),
		columnAs("list at", &s.listAt), columnAs("lists", &s.lists), columnAs("rank", &s.rank), columnAs("group", &s.group), columnAs("account", &s.acct),
		bitsAs("primary", &s.primary), bitsAs("on platform", &s.onPlat), bitsAs("on tier", &s.onTier), bitsAs("multi", &s.multi),
	}
}

// segmentOf reads a segment from an open file.
func segmentOf(f *column.File) (s *segment, n notes, err error) {
	if err := json.Unmarshal(f.Part("notes"), &n); err != nil {
		return nil, n, fmt.Errorf("%w: %w", column.ErrFile, err)
	}
	s = &segment{n: n.N, talents: n.Talents, groups: n.Groups, odd: n.Odd, away: n.Away, facts: n.Facts, heard: n.Heard, tariffs: n.Tariffs, file: f}
	s.names.N, s.words.N = n.Names, n.Words
	for _, c := range s.columns() {
		c.set(f.Part(c.name))
	}
	if len(s.fol) != s.n || len(s.ids) != 16*s.n || len(s.byID) != s.n || len(s.priceAt) != s.n+1 {
		return nil, n, column.ErrFile
	}
	words := (s.n + 63) / 64
	for dim := range s.vals {
		d := &s.vals[dim]
		bits, lists := column.Of[uint64](f.Part(fmt.Sprint("bits", dim))), column.Of[uint32](f.Part(fmt.Sprint("lists", dim)))
		for _, v := range n.Values[dim] {
			d.values = append(d.values, value{v.Key, v.Label})
			if v.Rows < 0 {
				d.sets, bits = append(d.sets, column.Set{Bits: bits[:words:words]}), bits[words:]
			} else {
				d.sets, lists = append(d.sets, column.Set{List: lists[:v.Rows:v.Rows]}), lists[v.Rows:]
			}
		}
	}
	s.ready()
	return s, n, nil
}
