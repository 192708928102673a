package column

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"unsafe"
)

// magic is the beginning of a file; it changes with the layout.
const magic = "columns1"

// ErrFile is given for a file that is not whole or of another layout.
var ErrFile = errors.New("column file: not whole or of another layout")

// section is where a part lies in the file.
type section struct {
	Name   string
	At, Of int64
}

type contents struct {
	Layout   string
	Sections []section
}

// Part is a named piece of a file.
type Part struct {
	Name string
	Data []byte
}

// WriteFile keeps parts in a file, whole or not at all. layout names what the
// parts mean; a reader asks for the same.
func WriteFile(path, layout string, parts []Part) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	err = write(f, layout, parts)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

func write(f *os.File, layout string, parts []Part) error {
	c := contents{Layout: layout}
	at := int64(0)
	for _, p := range parts {
		c.Sections = append(c.Sections, section{p.Name, at, int64(len(p.Data))})
		at += (int64(len(p.Data)) + 7) &^ 7
	}
	head, err := json.Marshal(c)
	if err != nil {
		return err
	}
	for (len(head)+len(magic)+4)%8 != 0 {
		head = append(head, ' ')
	}
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	buf := bufio.NewWriterSize(f, 1<<18)
	w := io.MultiWriter(buf, sum)
	_, err = io.WriteString(w, magic)
	put := func(b []byte) {
		if err == nil {
			_, err = w.Write(b)
		}
	}
	put(binary.NativeEndian.AppendUint32(nil, uint32(len(head)))) // columns are in the order of the machine: another one refuses
	put(head)
	for _, p := range parts {
		put(p.Data)
		put(make([]byte, (8-len(p.Data)%8)%8))
	}
	if err == nil {
		_, err = buf.Write(binary.LittleEndian.AppendUint32(nil, sum.Sum32()))
	}
	if err == nil {
		err = buf.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	return err
}

// File is an open file of parts. The parts are valid until Close.
type File struct {
	parts map[string][]byte
	close func() error
}

// Open checks a file to its end and maps it. ErrFile for one that is not whole.
func Open(path, layout string) (*File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size, err := check(f)
	if err != nil {
		return nil, err
	}
	data, unmap, err := mapped(f, size)
	if err != nil {
		return nil, err
	}
	out := &File{parts: map[string][]byte{}, close: unmap}
	if err := out.read(data, layout); err != nil {
		_ = out.Close()
		return nil, err
	}
	return out, nil
}

// check reads the file once, through the page cache and not through the map, so
// that checking does not make all of it resident.
func check(f *os.File) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	size := info.Size()
	if size < int64(len(magic))+8 {
		return 0, ErrFile
	}
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	if _, err := io.CopyBuffer(sum, io.LimitReader(f, size-4), make([]byte, 1<<18)); err != nil {
		return 0, err
	}
	var tail [4]byte
	if _, err := io.ReadFull(f, tail[:]); err != nil {
		return 0, err
	}
	if binary.LittleEndian.Uint32(tail[:]) != sum.Sum32() {
		return 0, ErrFile
	}
	return size, nil
}

func (f *File) read(data []byte, layout string) error {
	if string(data[:len(magic)]) != magic {
		return ErrFile
	}
	n := int64(binary.NativeEndian.Uint32(data[len(magic):]))
	from := int64(len(magic)) + 4 + n
	if from > int64(len(data)) {
		return ErrFile
	}
	var c contents
	if err := json.Unmarshal(data[len(magic)+4:from], &c); err != nil {
		return fmt.Errorf("%w: %w", ErrFile, err)
	}
	if c.Layout != layout {
		return ErrFile
	}
	for _, s := range c.Sections {
		if from+s.At+s.Of > int64(len(data)) {
			return ErrFile
		}
		f.parts[s.Name] = data[from+s.At : from+s.At+s.Of : from+s.At+s.Of]
	}
	return nil
}

// Part gives a part's bytes, nil for one that is not there.
func (f *File) Part(name string) []byte { return f.parts[name] }

// Close lets go of the map; the parts must not be looked at again.
func (f *File) Close() error { return f.close() }

// number is a column's element.
type number interface {
	~uint8 | ~uint16 | ~uint32 | ~int32 | ~uint64 | ~int64
}

// Of reads bytes as a column of numbers without copying them. The bytes begin
// at a multiple of eight, as File's parts do.
func Of[T number](b []byte) []T {
	var one T
	n := len(b) / int(unsafe.Sizeof(one))
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), n)
}

// Bytes reads a column of numbers as bytes without copying them.
func Bytes[T number](c []T) []byte {
	if len(c) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(c))), len(c)*int(unsafe.Sizeof(c[0])))
}
