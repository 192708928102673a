package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/andybalholm/brotli"
)

// output gathers the files of dist before any of them is written, so a failed build leaves the old folder whole.
type output struct {
	dir   string
	files map[string][]byte
	names map[string]string // stable name -> hashed file
}

func newOutput(dir string) *output {
	return &output{dir: dir, files: map[string][]byte{}, names: map[string]string{}}
}

func (o *output) add(file string, b []byte)    { o.files[file] = b }
func (o *output) name(stable, hashed string)   { o.names[stable] = hashed }
func (o *output) addHashed(n string, b []byte) { h := hashed(n, b); o.add(h, b); o.name(n, h) }

func hashed(name string, b []byte) string {
	sum := sha256.Sum256(b)
	ext := filepath.Ext(name)
	return strings.TrimSuffix(name, ext) + "-" + base32.StdEncoding.EncodeToString(sum[:])[:8] + ext
}

// write replaces dist with the gathered files, the compressed ones beside them, and prints their sizes.
func (o *output) write() error {
	manifest, err := json.MarshalIndent(o.names, "", "  ")
	if err != nil {
		return err
	}
	if err := os.RemoveAll(o.dir); err != nil {
		return err
	}
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return err
	}
	list := make([]string, 0, len(o.files))
	for f := range o.files {
		list = append(list, f)
	}
	sort.Strings(list)
	for _, f := range list {
		if err := o.writeOne(f, o.files[f]); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(o.dir, "manifest.json"), append(manifest, '\n'), 0o644)
}

func (o *output) writeOne(file string, b []byte) error {
	path := filepath.Join(o.dir, file)
	if err := os.WriteFile(path, b, 0o644); err != nil {
		return err
	}
	if filepath.Ext(file) == ".woff2" {
		fmt.Printf("%-60s %8d\n", file, len(b))
		return nil
	}
	var gz, br bytes.Buffer
	zw, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := zw.Write(b); err != nil {
		return err
	}
	if err := zw.Close(); err != nil {
		return err
	}
	bw := brotli.NewWriterLevel(&br, brotli.BestCompression)
	if _, err := bw.Write(b); err != nil {
		return err
	}
	if err := bw.Close(); err != nil {
		return err
	}
	fmt.Printf("%-60s %8d  gzip %7d  br %7d\n", file, len(b), gz.Len(), br.Len())
	if err := os.WriteFile(path+".gz", gz.Bytes(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(path+".br", br.Bytes(), 0o644)
}
