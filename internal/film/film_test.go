package film

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"kolega/internal/fault"
)

// tool gives the machine's ffmpeg, or skips aloud.
func tool(t *testing.T) Tool {
	t.Helper()
	f, ok := Find()
	if !ok {
		if os.Getenv("CI") == "true" {
			t.Fatal("ffmpeg is needed under CI=true; run tools/install")
		}
		t.Skip("SKIPPED, no ffmpeg on this machine; run tools/install")
	}
	return f
}

// take films a test picture of one second in the given size and codec.
func take(t *testing.T, size, codec string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "take.mov")
	out, err := exec.Command(tool(t).ffmpeg, "-v", "error", "-f", "lavfi", "-i", "testsrc=duration=1:size="+size+":rate=10", "-c:v", codec, "-pix_fmt", "yuv420p", to).CombinedOutput()
	if err != nil {
		t.Skipf("SKIPPED, this ffmpeg cannot film %s: %v %s", codec, err, out)
	}
	return to
}

func TestFilm_ACopyPlaysEverywhere(t *testing.T) {
	for size, want := range map[string][2]int64{"810x1440": {720, 1280}, "640x360": {640, 360}} {
		for _, codec := range []string{"libx265", "mpeg4"} {
			f, ctx := tool(t), t.Context()
			from, to := take(t, size, codec), filepath.Join(t.TempDir(), "copy.mp4")
			is, err := f.Probe(ctx, from)
			if err != nil || is.Duration < 900*time.Millisecond || is.Duration > 1100*time.Millisecond {
				t.Fatalf("%s %s: %+v %v", codec, size, is, err)
			}
			if err := f.Copy(ctx, from, to); err != nil {
				t.Fatal(err)
			}
			got, err := f.Probe(ctx, to)
			if err != nil || got.Width != want[0] || got.Height != want[1] {
				t.Errorf("%s %s: the copy is %+v %v, want %v", codec, size, got, err, want)
			}
			out, err := exec.Command(f.ffprobe, "-v", "error", "-show_entries", "stream=codec_name,pix_fmt", "-of", "csv=p=0", to).Output()
			if err != nil || string(out) != "h264,yuv420p\n" {
				t.Errorf("%s: the copy holds %q", codec, out)
			}
			poster := filepath.Join(t.TempDir(), "p.jpg")
			if err := f.Poster(ctx, from, poster, is); err != nil {
				t.Fatal(err)
			}
			if b, err := os.ReadFile(poster); err != nil || len(b) < 1000 || b[0] != 0xff || b[1] != 0xd8 {
				t.Errorf("no poster: %d bytes, %v", len(b), err)
			}
		}
	}
}

func TestFilm_WhatIsNoVideoIsRefused(t *testing.T) {
	f, ctx := tool(t), t.Context()
	for name, body := range map[string]string{
		"text":     "hello",
		"playlist": "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/secret\n#EXT-X-ENDLIST\n", // must not call out
		"empty":    "",
	} {
		file := filepath.Join(t.TempDir(), "x.mp4")
		if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		if is, err := f.Probe(ctx, file); fault.CodeOf(err) != ErrUnreadable.Code {
			t.Errorf("%s is %+v, %v", name, is, err)
		}
		if err := f.Copy(ctx, file, file+".out"); fault.CodeOf(err) != ErrUnreadable.Code {
			t.Errorf("%s was copied: %v", name, err)
		}
	}
}

func TestFilm_Durations(t *testing.T) {
	for text, want := range map[string]time.Duration{"12.345678": 12345 * time.Millisecond, "3": 3 * time.Second, "0.5": 500 * time.Millisecond, "N/A": 0, "": 0} {
		if got := durationOf(text); got != want {
			t.Errorf("%q is %v, want %v", text, got, want)
		}
	}
}
