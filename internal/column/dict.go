package column

import (
	"bytes"
	"encoding/binary"
)

// perBlock is how many entries share a beginning that is written in full.
const perBlock = 16

// Dict is a sorted list of distinct strings, each with a number.
type Dict struct {
	N     int
	Heads []uint32 // where each block begins in Data
	Data  []byte
}

// DictWriter makes a Dict from entries that come sorted.
type DictWriter struct {
	d    Dict
	last []byte
}

// Add appends an entry, which must come after all others.
func (w *DictWriter) Add(key []byte, ref uint64) {
	shared := 0
	if w.d.N%perBlock == 0 {
		w.d.Heads = append(w.d.Heads, uint32(len(w.d.Data)))
	} else {
		for shared < len(key) && shared < len(w.last) && key[shared] == w.last[shared] {
			shared++
		}
	}
	b := binary.AppendUvarint(w.d.Data, uint64(shared))
	b = binary.AppendUvarint(b, uint64(len(key)-shared))
	b = append(b, key[shared:]...)
	w.d.Data = binary.AppendUvarint(b, ref)
	w.last = append(w.last[:0], key...)
	w.d.N++
}

// Done gives the list.
func (w *DictWriter) Done() Dict { return w.d }

// Cursor walks a Dict. It stands on an entry while OK.
type Cursor struct {
	d    *Dict
	Key  []byte // valid until the next step
	Ref  uint64
	Ord  int
	OK   bool
	next int
}

// At stands on the entry with a number from 0.
func (d *Dict) At(ord int) Cursor {
	c := Cursor{d: d, Ord: ord - ord%perBlock - 1}
	if ord < 0 || ord >= d.N {
		return Cursor{d: d}
	}
	c.next = int(d.Heads[ord/perBlock])
	for c.Ord < ord {
		c.Next()
	}
	return c
}

// Seek stands on the first entry that is not before key.
func (d *Dict) Seek(key []byte) Cursor {
	lo, hi := 0, len(d.Heads) // the first block whose head is after key
	for lo < hi {
		m := (lo + hi) >> 1
		if bytes.Compare(d.head(m), key) <= 0 {
			lo = m + 1
		} else {
			hi = m
		}
	}
	block := max(lo-1, 0)
	c := d.At(block * perBlock)
	for c.OK && bytes.Compare(c.Key, key) < 0 {
		c.Next()
	}
	return c
}

func (d *Dict) head(block int) []byte {
	b := d.Data[d.Heads[block]:]
	_, n := binary.Uvarint(b)
	l, m := binary.Uvarint(b[n:])
	return b[n+m : n+m+int(l)]
}

// Next goes on to the following entry.
func (c *Cursor) Next() {
	if c.Ord++; c.Ord >= c.d.N {
		c.OK = false
		return
	}
	b := c.d.Data[c.next:]
	shared, n := binary.Uvarint(b)
	rest, m := binary.Uvarint(b[n:])
	at := n + m
	c.Key = append(c.Key[:shared], b[at:at+int(rest)]...)
	at += int(rest)
	ref, k := binary.Uvarint(b[at:])
	c.Ref, c.OK = ref, true
	c.next += at + k
}

// Prefix calls f with every entry that begins with p, until f says false.
func (d *Dict) Prefix(p []byte, f func(c *Cursor) bool) {
	for c := d.Seek(p); c.OK && bytes.HasPrefix(c.Key, p); c.Next() {
		if !f(&c) {
			return
		}
	}
}

// AppendRows appends a compressed sorted list of rows.
func AppendRows(b []byte, rows []uint32) []byte {
	b = binary.AppendUvarint(b, uint64(len(rows)))
	last := uint32(0)
	for _, r := range rows {
		b = binary.AppendUvarint(b, uint64(r-last))
		last = r
	}
	return b
}

// EachRow calls f with the rows of a compressed list.
func EachRow(b []byte, f func(row uint32)) {
	n, at := binary.Uvarint(b)
	row := uint32(0)
	for ; n > 0; n-- {
		gap := uint32(b[at])
		if at++; gap >= 0x80 {
			v, k := binary.Uvarint(b[at-1:])
			gap = uint32(v)
			at += k - 1
		}
		row += gap
		f(row)
	}
}

// AddRows puts the rows of a compressed list into a set.
func AddRows(b []byte, into Bits) {
	n, at := binary.Uvarint(b)
	row := uint32(0)
	for ; n > 0; n-- {
		gap := uint32(b[at])
		if at++; gap >= 0x80 {
			v, k := binary.Uvarint(b[at-1:])
			gap = uint32(v)
			at += k - 1
		}
		row += gap
		into[row>>6] |= 1 << (row & 63)
	}
}

// Len is how many entries were added.
func (w *DictWriter) Len() int { return w.d.N }
