package app

import (
	"os"
	"testing"
)

var tempDirs []string

// tempDir is a folder that goes when all tests of the package have run.
func tempDir() (string, error) {
	dir, err := os.MkdirTemp("", "kolega-app-")
	tempDirs = append(tempDirs, dir)
	return dir, err
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, d := range tempDirs {
		_ = os.RemoveAll(d)
	}
	os.Exit(code)
}
