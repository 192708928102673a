package xlsx

import (
	"bytes"
	"compress/flate"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"sync"
)

const (
	piece  = 256 << 10 // bytes of rows that wait before they are compressed
	inRAM  = 8 << 20   // compressed bytes of a sheet kept in memory; what is more goes to a file
	faster = flate.BestSpeed
)

// deflaters are kept for the next book: making one costs more than a small sheet.
var deflaters = sync.Pool{New: func() any {
	d, err := flate.NewWriter(io.Discard, faster)
	if err != nil {
		panic(err) // the level is a constant
	}
	return d
}}

// spool is a part of the archive in the making, compressed as it grows.
type spool struct {
	waiting []byte
	deflate *flate.Writer
	mem     bytes.Buffer
	file    *os.File
	crc     uint32
	size    uint64 // before compression
	packed  uint64
	err     error
}

// Write takes compressed bytes; it is what deflate writes to.
func (s *spool) Write(p []byte) (int, error) {
	s.packed += uint64(len(p))
	if s.file == nil && s.mem.Len()+len(p) > inRAM {
		f, err := os.CreateTemp("", "kolega-sheet-")
		if err != nil {
			return 0, err
		}
		_ = os.Remove(f.Name()) // it lives until it is closed
		s.file = f
		if _, err := s.mem.WriteTo(f); err != nil {
			return 0, err
		}
		s.mem = bytes.Buffer{}
	}
	if s.file != nil {
		return s.file.Write(p)
	}
	return s.mem.Write(p)
}

// press compresses what waits once there is enough of it.
func (s *spool) press(least int) {
	if len(s.waiting) < least || s.err != nil {
		return
	}
	if s.deflate == nil {
		s.deflate, _ = deflaters.Get().(*flate.Writer)
		s.deflate.Reset(s)
	}
	s.crc = crc32.Update(s.crc, crc32.IEEETable, s.waiting)
	s.size += uint64(len(s.waiting))
	_, s.err = s.deflate.Write(s.waiting)
	s.waiting = s.waiting[:0]
}

// finish compresses the rest; then the counts are true.
func (s *spool) finish() error {
	s.press(0)
	if s.deflate != nil && s.err == nil {
		s.err = s.deflate.Close()
		deflaters.Put(s.deflate)
		s.deflate = nil
	}
	return s.err
}

func (s *spool) copyTo(w io.Writer) error {
	if s.file != nil {
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		_, err := io.Copy(w, s.file)
		return err
	}
	_, err := w.Write(s.mem.Bytes())
	return err
}

func (s *spool) close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	s.file = nil
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}
