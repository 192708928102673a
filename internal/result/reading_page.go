package result

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"slices"
)

// A page holds the readings of some posts, sorted, column by column. Each value is
// kept as its difference from the post's hour before, in blocks of blockLen values
// that share the number of bits the largest of them needs.

const (
	pageForm = 1   // the first byte of a page
	blockLen = 128 // values that share a width
	pageSize = 512 // readings after which the next post begins a new page
)

var errPage = errors.New("damaged page of readings")

// pages cuts sorted readings into pages; a post is never cut.
func pages(list []Reading) [][]Reading {
	var out [][]Reading
	for len(list) > 0 {
		n := min(pageSize, len(list))
		for n < len(list) && list[n].Post == list[n-1].Post {
			n++
		}
		out, list = append(out, list[:n]), list[n:]
	}
	return out
}

// packPage packs sorted readings.
func packPage(list []Reading) []byte {
	posts, sizes := postsOf(list)
	base, used := list[0].Hour, usedMetrics(list)
	out := append(make([]byte, 0, 64+len(list)*10), pageForm)
	for _, n := range []uint64{uint64(len(posts)), uint64(len(list)), uint64(base), used} {
		out = binary.AppendUvarint(out, n)
	}
	out = packColumn(packColumn(out, posts), sizes)
	column := make([]uint64, len(list))
	fill := func(first int64, value func(Reading) int64) {
		before := first
		for i, r := range list {
			if i > 0 && r.Post != list[i-1].Post {
				before = first
			}
			v := value(r)
			column[i], before = zigzag(v-before), v
		}
		out = packColumn(out, column)
	}
	fill(base, func(r Reading) int64 { return r.Hour })
	for n := range metricsN {
		if used>>n&1 == 1 {
			fill(noCount, func(r Reading) int64 { return r.counts[n] })
		}
	}
	return out
}

// unpackPage appends a page's readings to a list.
func unpackPage(list []Reading, page []byte) ([]Reading, error) {
	if len(page) == 0 || page[0] != pageForm {
		return nil, errPage
	}
	r := reader{rest: page[1:]}
	posts, count, base, used := r.number(), r.number(), int64(r.number()), r.number()
	if r.err != nil || posts > count || count > uint64(len(page))*blockLen {
		return nil, errPage
	}
	numbers, sizes := r.column(posts), r.column(posts)
	list = slices.Grow(list, int(min(count, 1<<14)))
	from, at := len(list), int64(0)
	for i := range numbers {
		at += int64(numbers[i])
		if r.err != nil || sizes[i] == 0 || sizes[i] > count-uint64(len(list)-from) {
			return nil, errPage
		}
		for range sizes[i] {
			list = append(list, Reading{Post: at, counts: unknownCounts})
		}
	}
	fresh := list[from:]
	if uint64(len(fresh)) != count {
		return nil, errPage
	}
	take := func(first int64, set func(*Reading, int64)) {
		before := first
		for i, d := range r.column(count) {
			if i > 0 && fresh[i].Post != fresh[i-1].Post {
				before = first
			}
			before += unzigzag(d)
			set(&fresh[i], before)
		}
	}
	take(base, func(r *Reading, v int64) { r.Hour = v })
	for n := range metricsN {
		if used>>n&1 == 1 {
			take(noCount, func(r *Reading, v int64) { r.counts[n] = v })
		}
	}
	if r.err != nil {
		return nil, fmt.Errorf("%w: %w", errPage, r.err)
	}
	return list, nil
}

var unknownCounts = func() (c [metricsN]int64) {
	for n := range c {
		c[n] = noCount
	}
	return c
}()

// postsOf gives the differences between the posts' numbers and how many readings
// each has.
func postsOf(list []Reading) (numbers, sizes []uint64) {
	before := int64(0)
	for i, r := range list {
		if i > 0 && r.Post == list[i-1].Post {
			sizes[len(sizes)-1]++
			continue
		}
		numbers, sizes = append(numbers, uint64(r.Post-before)), append(sizes, 1)
		before = r.Post
	}
	return numbers, sizes
}

func usedMetrics(list []Reading) (used uint64) {
	for _, r := range list {
		for n, v := range r.counts {
			if v != noCount {
				used |= 1 << n
			}
		}
	}
	return used
}

func zigzag(v int64) uint64   { return uint64(v)<<1 ^ uint64(v>>63) }
func unzigzag(u uint64) int64 { return int64(u>>1) ^ -int64(u&1) }

func packColumn(out []byte, values []uint64) []byte {
	for len(values) > 0 {
		block := values[:min(blockLen, len(values))]
		values = values[len(block):]
		var all uint64
		for _, v := range block {
			all |= v
		}
		out = packBlock(append(out, byte(bits.Len64(all))), block, bits.Len64(all))
	}
	return out
}

func packBlock(out []byte, block []uint64, width int) []byte {
	var word uint64
	have := 0
	for _, v := range block {
		word |= v << have
		if have+width < 64 {
			have += width
			continue
		}
		out = binary.LittleEndian.AppendUint64(out, word)
		word = v >> (64 - have)
		have += width - 64
	}
	for ; have > 0; have -= 8 {
		out, word = append(out, byte(word)), word>>8
	}
	return out
}

// reader reads a page; its first mishap stays.
type reader struct {
	rest []byte
	err  error
}

func (r *reader) number() uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.err = errPage
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

func (r *reader) column(count uint64) []uint64 {
	out := make([]uint64, count)
	for block := out; len(block) > 0 && r.err == nil; {
		n := min(blockLen, len(block))
		r.block(block[:n])
		block = block[n:]
	}
	return out
}

func (r *reader) block(into []uint64) {
	if len(r.rest) == 0 || r.rest[0] > 64 {
		r.err = errPage
		return
	}
	width := int(r.rest[0])
	size := (len(into)*width + 7) / 8
	if len(r.rest) < 1+size {
		r.err = errPage
		return
	}
	data := r.rest[1 : 1+size]
	r.rest = r.rest[1+size:]
	mask := ^uint64(0) >> (64 - width) // width 0: a shift by 64, all zero
	for i := range into {
		at := i * width
		into[i] = wordAt(data, at>>3)>>(at&7)&mask | spill(data, at, width)&mask
	}
}

func wordAt(data []byte, from int) uint64 {
	if from+8 <= len(data) {
		return binary.LittleEndian.Uint64(data[from:])
	}
	var tail [8]byte
	copy(tail[:], data[min(from, len(data)):])
	return binary.LittleEndian.Uint64(tail[:])
}

// spill gives the bits of a wide value that lie in its ninth byte.
func spill(data []byte, at, width int) uint64 {
	if at&7+width <= 64 {
		return 0
	}
	return uint64(data[at>>3+8]) << (64 - at&7)
}
