//go:build unix

package column

import (
	"os"
	"syscall"
)

// mapped shows a file as bytes that the system reads when they are looked at.
func mapped(f *os.File, size int64) ([]byte, func() error, error) {
	b, err := syscall.Mmap(int(f.Fd()), 0, int(size), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, nil, err
	}
	return b, func() error { return syscall.Munmap(b) }, nil
}
