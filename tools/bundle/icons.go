package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

var (
	lucideBody = regexp.MustCompile(`(?s)<svg[^>]*>(.*)</svg>`)
	spaces     = regexp.MustCompile(`\s+`)
)

// buildIcons makes one sprite: the symbols drawn for Kolega (icons.svg) and those cut from Lucide (icons.txt,
// "our-name lucide-name" a line).
func buildIcons(src string, set *output) error {
	own, err := os.ReadFile(filepath.Join(src, "icons.svg"))
	if err != nil {
		return err
	}
	var sprite bytes.Buffer
	sprite.WriteString(`<svg xmlns="http://www.w3.org/2000/svg">`)
	for _, line := range strings.Split(string(own), "\n") {
		if strings.HasPrefix(line, "<symbol ") {
			sprite.WriteString(line)
		}
	}
	list, err := os.ReadFile(filepath.Join(src, "icons.txt"))
	if err != nil {
		return err
	}
	scan := bufio.NewScanner(bytes.NewReader(list))
	for scan.Scan() {
		line := strings.TrimSpace(scan.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, from, ok := strings.Cut(line, " ")
		if !ok {
			from = name
		}
		body, err := lucide(src, strings.TrimSpace(from))
		if err != nil {
			return err
		}
		fmt.Fprintf(&sprite, `<symbol id="%s" viewBox="0 0 24 24">%s</symbol>`, name, body)
	}
	sprite.WriteString(`</svg>`)
	set.addHashed("icons.svg", sprite.Bytes())
	mark, err := os.ReadFile(filepath.Join(src, "favicon.svg"))
	if err != nil {
		return err
	}
	set.addHashed("favicon.svg", mark)
	return nil
}

func lucide(src, name string) (string, error) {
	b, err := os.ReadFile(filepath.Join(src, "node_modules", "lucide-static", "icons", name+".svg"))
	if err != nil {
		return "", fmt.Errorf("icons.txt names %q: %w", name, err)
	}
	m := lucideBody.FindSubmatch(b)
	if m == nil {
		return "", fmt.Errorf("icon %q has no svg body", name)
	}
	body := spaces.ReplaceAllString(strings.TrimSpace(string(m[1])), " ")
	return strings.ReplaceAll(strings.ReplaceAll(body, "> <", "><"), " />", "/>"), nil
}
