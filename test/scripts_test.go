package test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"kolega/internal/testkit"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScripts plays each script on SQLite and again on PostgreSQL. In a script,
// DATABASE holds the address of the second; it is empty on the first.
func TestScripts(t *testing.T) {
	bin := testkit.Program(t)
	t.Run("sqlite", func(t *testing.T) { play(t, bin, func() string { return "" }) })
	if os.Getenv("KOLEGA_TEST_DB") == "sqlite" {
		return
	}
	t.Run("postgres", func(t *testing.T) {
		first := testkit.PostgresAddress(t)
		play(t, bin, func() string {
			address := first
			if first = ""; address == "" {
				address = testkit.PostgresAddress(t)
			}
			return address
		})
	})
}

func play(t *testing.T, bin string, database func() string) {
	testscript.Run(t, testscript.Params{
		Dir: "scripts",
		Setup: func(env *testscript.Env) error {
			c := &caller{bin: bin, database: database(), data: env.WorkDir + "/data"}
			env.Values["caller"] = c
			env.Defer(c.stop)
			env.Setenv("KOLEGA_DATA", c.data)
			env.Setenv("KOLEGA_DATABASE_URL", c.database)
			return props(env.WorkDir)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"serve": serve, "api": api, "until": until, "code": code, "kolega": kolega},
	})
}

// props are files that scripts send: a clip of a few seconds, the same clip with other
// bytes, and two pictures.
func props(dir string) error {
	clip, err := os.ReadFile("../internal/demo/media/draft.mp4")
	if err != nil {
		return err
	}
	second := append(bytes.Clone(clip), "\x00\x00\x00\x0efree second"...)
	files := map[string][]byte{"draft-1.mp4": clip, "draft-2.mp4": second, "insight.png": picture(3), "slip.png": picture(5)}
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func picture(seed uint8) []byte {
	img := image.NewGray(image.Rect(0, 0, 90, 160))
	for i := range img.Pix {
		img.Pix[i] = uint8(i) * seed
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}
