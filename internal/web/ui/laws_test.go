package ui

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	rawColour = regexp.MustCompile(`oklch\(|rgba?\(|hsla?\(|#[0-9a-fA-F]{3,8}\b`)
	tinted    = regexp.MustCompile(`^\s*\.(av-\d|th-[a-f]|thumb)\b`) // avatars and posters have tints of their own
	blocked   = regexp.MustCompile(`\sstyle=|\shx-on[:-]|\son(click|submit|change|input|load)=|<style|hx-vals="js:|hx-vals='js:`)
)

// Only tokens.css holds raw colours, so that a colour cannot lose its meaning.
func TestCSS_ColoursComeFromTokens(t *testing.T) {
	files, err := filepath.Glob("../src/css/*.css")
	if err != nil || len(files) == 0 {
		t.Fatalf("no CSS found: %v", err)
	}
	for _, f := range files {
		if filepath.Base(f) == "tokens.css" {
			continue
		}
		for i, line := range strings.Split(read(t, f), "\n") {
			if rawColour.MatchString(line) && !tinted.MatchString(line) {
				t.Errorf("%s:%d has a raw colour: %s", filepath.Base(f), i+1, strings.TrimSpace(line))
			}
		}
	}
}

// What the content security policy blocks must not be written in any view.
func TestViews_NothingThePolicyBlocks(t *testing.T) {
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "node_modules" {
			return fs.SkipDir
		}
		if filepath.Ext(path) != ".templ" {
			return nil
		}
		for i, line := range strings.Split(read(t, path), "\n") {
			if blocked.MatchString(line) {
				t.Errorf("%s:%d: the policy blocks %s", path, i+1, strings.TrimSpace(line))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
