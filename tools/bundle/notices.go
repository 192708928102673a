package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// buildNotices writes THIRD_PARTY.txt: name, version and full licence of every package that reaches a browser.
func buildNotices(src string, packages []string, set *output) error {
	packages = append(packages, "lucide-static")
	sort.Strings(packages)
	var out bytes.Buffer
	out.WriteString("Kolega's browser files contain work of others. With thanks, under these licences:\n")
	last := ""
	for _, name := range packages {
		if name == last {
			continue
		}
		last = name
		dir := filepath.Join(src, "node_modules", filepath.FromSlash(name))
		var about struct{ Version, License, Homepage string }
		b, err := os.ReadFile(filepath.Join(dir, "package.json"))
		if err != nil {
			return err
		}
		if err := json.Unmarshal(b, &about); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		text, err := licenceText(dir)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Fprintf(&out, "\n%s\n%s %s (%s) %s\n\n%s\n", strings.Repeat("=", 78), name, about.Version, about.License, about.Homepage, text)
	}
	set.add("THIRD_PARTY.txt", out.Bytes())
	set.name("THIRD_PARTY.txt", "THIRD_PARTY.txt")
	return nil
}

func licenceText(dir string) (string, error) {
	for _, n := range []string{"LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "license"} {
		if b, err := os.ReadFile(filepath.Join(dir, n)); err == nil {
			return strings.TrimSpace(strings.ReplaceAll(string(b), "\r\n", "\n")), nil
		}
	}
	return "", fmt.Errorf("no licence file in %s", dir)
}
