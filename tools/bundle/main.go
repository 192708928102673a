package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	root := flag.String("root", "", "the repository; found upwards from here when empty")
	flag.Parse()
	if err := run(*root); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

func run(root string) error {
	root, err := findRoot(root)
	if err != nil {
		return err
	}
	src := filepath.Join(root, "internal", "web", "src")
	if _, err := os.Stat(filepath.Join(src, "node_modules")); err != nil {
		return errors.New("internal/web/src/node_modules is missing; run: npm ci --ignore-scripts --prefix internal/web/src")
	}
	set := newOutput(filepath.Join(root, "internal", "web", "asset", "dist"))
	packages, err := buildCode(src, set)
	if err != nil {
		return err
	}
	if err := buildIcons(src, set); err != nil {
		return err
	}
	if err := buildNotices(src, packages, set); err != nil {
		return err
	}
	return set.write()
}

// findRoot walks up to the folder that holds internal/web/src.
func findRoot(given string) (string, error) {
	dir := given
	if dir == "" {
		var err error
		if dir, err = os.Getwd(); err != nil {
			return "", err
		}
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "internal", "web", "src", "package.json")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("no internal/web/src above this folder")
		}
		dir = up
	}
}
