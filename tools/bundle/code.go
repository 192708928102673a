package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"sort"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// entries are the files a page may name; everything else is reached from them.
var entries = []string{
	"css/app.css", "css/outside.css",
	"js/app.js", "js/outside.js",
}

// buildCode bundles the entries and returns the npm packages whose code went in.
func buildCode(src string, set *output) ([]string, error) {
	points := make([]api.EntryPoint, 0, len(entries))
	for _, e := range entries {
		name := filepath.Base(e)
		points = append(points, api.EntryPoint{
			InputPath:  filepath.Join(src, filepath.FromSlash(e)),
			OutputPath: strings.TrimSuffix(name, filepath.Ext(name)),
		})
	}
	res := api.Build(api.BuildOptions{
		EntryPointsAdvanced: points,
		AbsWorkingDir:       src,
		Outdir:              set.dir,
		EntryNames:          "[name]-[hash]",
		ChunkNames:          "[name]-[hash]",
		AssetNames:          "[name]-[hash]",
		Bundle:              true,
		Splitting:           true,
		Format:              api.FormatESModule,
		Platform:            api.PlatformBrowser,
		Target:              api.ES2021,
		Engines: []api.Engine{
			{Name: api.EngineSafari, Version: "16.4"}, {Name: api.EngineIOS, Version: "16.4"},
			{Name: api.EngineChrome, Version: "111"}, {Name: api.EngineFirefox, Version: "113"},
		},
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		LegalComments: api.LegalCommentsNone, // licences are in THIRD_PARTY.txt
		Charset:       api.CharsetUTF8,
		Loader:        map[string]api.Loader{".woff2": api.LoaderFile, ".svg": api.LoaderFile},
		Metafile:      true,
		Write:         false,
	})
	if len(res.Errors) > 0 {
		return nil, errors.New(strings.Join(api.FormatMessages(res.Errors, api.FormatMessagesOptions{}), "\n"))
	}
	for _, f := range res.OutputFiles {
		set.add(filepath.Base(f.Path), f.Contents)
	}
	return readMeta(res.Metafile, set)
}

// readMeta notes the stable name of each entry and of each font, and lists the packages used.
func readMeta(text string, set *output) ([]string, error) {
	var meta struct {
		Inputs  map[string]struct{}
		Outputs map[string]struct {
			EntryPoint string
			Inputs     map[string]struct{}
		}
	}
	if err := json.Unmarshal([]byte(text), &meta); err != nil {
		return nil, fmt.Errorf("read esbuild's metafile: %w", err)
	}
	for path, out := range meta.Outputs {
		file := filepath.Base(path)
		if out.EntryPoint != "" {
			set.name(filepath.Base(out.EntryPoint), file)
		} else if filepath.Ext(file) == ".woff2" {
			for in := range out.Inputs {
				set.name(filepath.Base(in), file)
			}
		}
	}
	seen := map[string]bool{}
	for in := range meta.Inputs {
		if p := packageOf(in); p != "" {
			seen[p] = true
		}
	}
	list := make([]string, 0, len(seen))
	for p := range seen {
		list = append(list, p)
	}
	sort.Strings(list)
	return list, nil
}

// packageOf reads the npm package out of a path, or "" for our own files.
func packageOf(path string) string {
	_, rest, ok := strings.Cut(filepath.ToSlash(path), "node_modules/")
	if !ok {
		return ""
	}
	parts := strings.SplitN(rest, "/", 3)
	if strings.HasPrefix(rest, "@") && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}
