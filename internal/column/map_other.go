//go:build !unix

package column

import (
	"io"
	"os"
)

// mapped reads the whole file, where the system's way of mapping is not known.
func mapped(f *os.File, size int64) ([]byte, func() error, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, nil, err
	}
	words := make([]uint64, (size+7)/8) // begins at a multiple of eight
	b := Bytes(words)[:size]
	_, err := io.ReadFull(f, b)
	return b, func() error { return nil }, err
}
