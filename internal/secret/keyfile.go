package secret

import (
	"bufio"
	"bytes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A key file has one key a line, "ID BASE64", oldest first; the last seals. Lines that
// begin with # are remarks.
const keyFileHead = "# Kolega keys. Without this file sealed data cannot be read: keep a copy apart from the database.\n"

// Open reads the key file, and makes one with a first key, readable by its owner only, if
// there is none yet. A file that others may read is refused.
func Open(keyFile string) (*Box, error) {
	data, err := os.ReadFile(keyFile)
	if errors.Is(err, fs.ErrNotExist) {
		if err := createKeyFile(keyFile); err != nil {
			return nil, fmt.Errorf("make key file: %w", err)
		}
		data, err = os.ReadFile(keyFile)
	}
	if err != nil {
		return nil, fmt.Errorf("read key file: %w", err)
	}
	info, err := os.Stat(keyFile)
	if err != nil {
		return nil, fmt.Errorf("read key file: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("key file %s may be read by others (mode %o): allow its owner only (600)", keyFile, info.Mode().Perm())
	}
	b, err := parseKeys(data)
	if err != nil {
		return nil, fmt.Errorf("key file %s: %w", keyFile, err)
	}
	b.file = keyFile
	return b, nil
}

func parseKeys(data []byte) (*Box, error) {
	b := &Box{keys: map[string]cipher.AEAD{}}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		id, text, _ := strings.Cut(line, " ")
		key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
		if err != nil || len(key) != keySize || strings.Contains(id, ".") {
			return nil, fmt.Errorf("line %d is no key", n)
		}
		if _, double := b.keys[id]; double {
			return nil, fmt.Errorf("line %d repeats key %s", n, id)
		}
		b.keys[id] = mustAEAD(key)
		b.current = id
	}
	if b.current == "" {
		return nil, errors.New("holds no key")
	}
	return b, nil
}

// createKeyFile writes a first key. If another process makes the file at the same
// moment, its keys win: the link below does not replace a file.
func createKeyFile(keyFile string) error {
	line, err := keyLine(1)
	if err != nil {
		return err
	}
	temp, err := writeTemp(keyFile, keyFileHead+line)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	if err := os.Link(temp, keyFile); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(filepath.Dir(keyFile))
}

// Rotate adds a new key to the file and seals with it from now on. Open boxes elsewhere
// see it after they are opened again.
func (b *Box) Rotate() (*Box, error) {
	data, err := os.ReadFile(b.file)
	if err != nil {
		return nil, fmt.Errorf("read key file: %w", err)
	}
	line, err := keyLine(len(b.keys) + 1)
	if err != nil {
		return nil, err
	}
	temp, err := writeTemp(b.file, strings.TrimRight(string(data), "\n")+"\n"+line)
	if err != nil {
		return nil, fmt.Errorf("write key file: %w", err)
	}
	if err := os.Rename(temp, b.file); err != nil {
		return nil, fmt.Errorf("write key file: %w", err)
	}
	if err := syncDir(filepath.Dir(b.file)); err != nil {
		return nil, fmt.Errorf("write key file: %w", err)
	}
	return Open(b.file)
}

func keyLine(n int) (string, error) {
	key, err := newKey()
	if err != nil {
		return "", err
	}
	return "k" + strconv.Itoa(n) + " " + base64.StdEncoding.EncodeToString(key) + "\n", nil
}

// writeTemp writes a durable file beside name, mode 0600, and gives its path.
func writeTemp(name, text string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".keys-*") // mode 0600
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(text)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
