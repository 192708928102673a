package paper

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// The PDF library makes a compressor for every page, a megabyte each, which took more
// than half of a long report's time. So its pages are left as they are, and the finished
// file is gone through once with one compressor.

// press compresses the streams of a PDF that are not, as fpdf writes them, and writes the
// file with the places of its objects anew.
func press(pdf []byte, w io.Writer) (int64, error) {
	places, table, err := placesOf(pdf)
	if err != nil {
		return 0, err
	}
	out := &counted{w: w}
	order := make([]int, 0, len(places))
	for n, at := range places {
		if at > 0 {
			order = append(order, n)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return places[a] - places[b] })
	if len(order) == 0 {
		return 0, fmt.Errorf("press pdf: no objects")
	}
	out.put(pdf[:places[order[0]]])
	small := bytes.Buffer{}
	z, err := zlib.NewWriterLevel(&small, zlib.BestSpeed)
	if err != nil {
		return 0, err
	}
	moved := make([]int64, len(places))
	for i, n := range order {
		end := table
		if i+1 < len(order) {
			end = places[order[i+1]]
		}
		object := pdf[places[n]:end]
		moved[n] = out.n
		head, stream, tail, plain := plainStream(object)
		if !plain {
			out.put(object)
			continue
		}
		small.Reset()
		z.Reset(&small)
		if _, err := z.Write(stream); err != nil {
			return out.n, err
		}
		if err := z.Close(); err != nil {
			return out.n, err
		}
		out.put(fmt.Appendf(nil, "%s<</Filter /FlateDecode /Length %d>>\nstream\n", head, small.Len()))
		out.put(small.Bytes())
		out.put(tail)
	}
	err = out.end(moved, pdf[table:])
	return out.n, err
}

// end writes the table of the objects' places, and what follows it in the file before.
func (c *counted) end(places []int64, before []byte) error {
	at := c.n
	b := fmt.Appendf(nil, "xref\n0 %d\n0000000000 65535 f \n", len(places))
	for _, o := range places[1:] {
		b = fmt.Appendf(b, "%010d 00000 n \n", o)
	}
	trailer, last := bytes.Index(before, []byte("trailer\n")), bytes.LastIndex(before, []byte("startxref\n"))
	if trailer < 0 || last < trailer {
		return fmt.Errorf("press pdf: no trailer")
	}
	b = append(b, before[trailer:last]...)
	c.put(fmt.Appendf(b, "startxref\n%d\n%%%%EOF\n", at))
	return c.err
}

// placesOf reads where each object begins, by number, and where their table does.
func placesOf(pdf []byte) (places []int, table int, err error) {
	broken := func(what string) ([]int, int, error) { return nil, 0, fmt.Errorf("press pdf: %s", what) }
	_, end, ok := bytes.Cut(pdf[max(0, len(pdf)-64):], []byte("startxref\n"))
	if !ok {
		return broken("no startxref")
	}
	number, _, _ := bytes.Cut(end, []byte("\n"))
	if table, err = strconv.Atoi(string(number)); err != nil || table >= len(pdf) {
		return broken("startxref")
	}
	var n int
	line, rows, ok := bytes.Cut(bytes.TrimPrefix(pdf[table:], []byte("xref\n0 ")), []byte("\n"))
	if n, err = strconv.Atoi(string(line)); !ok || err != nil {
		return broken("xref")
	}
	const row = len("0000000000 65535 f \n")
	if n < 1 || len(rows) < n*row {
		return broken("xref is short")
	}
	places = make([]int, n)
	for i := 1; i < n; i++ {
		if places[i], err = strconv.Atoi(string(rows[i*row : i*row+10])); err != nil || places[i] >= table {
			return broken("a place")
		}
	}
	return places, table, nil
}

// plainStream takes an object apart that is nothing but a stream without a filter.
func plainStream(object []byte) (head, stream, tail []byte, ok bool) {
	head, rest, ok := bytes.Cut(object, []byte("<</Length "))
	if !ok || !bytes.HasSuffix(head, []byte(" obj\n")) || len(head) > 20 {
		return nil, nil, nil, false
	}
	number, rest, ok := bytes.Cut(rest, []byte(">>\nstream\n"))
	n, err := strconv.Atoi(string(number))
	if !ok || err != nil || n > len(rest) {
		return nil, nil, nil, false
	}
	return head, rest[:n], rest[n:], true
}

// counted counts what is written, and keeps the first error.
type counted struct {
	w   io.Writer
	n   int64
	err error
}

func (c *counted) put(b []byte) {
	if c.err != nil {
		return
	}
	n, err := c.w.Write(b)
	c.n, c.err = c.n+int64(n), err
}
