package review

import (
	"bytes"
	"io"
	"os"
	"testing"

	"kolega/internal/film"
)

func TestFilm_ADraftGetsACopyForPhones(t *testing.T) {
	tool, ok := film.Find()
	if !ok {
		if os.Getenv("CI") == "true" {
			t.Fatal("ffmpeg is needed under CI=true; run tools/install")
		}
		t.Skip("SKIPPED, no ffmpeg on this machine; run tools/install")
	}
	clip, err := os.ReadFile("../demo/media/draft.mp4")
	if err != nil {
		t.Fatal(err)
	}
	each2(t, func(st *stage) {
		st.s.UseFilm(tool)
		in := must(st.s.KeepFile(t.Context(), st.maya, st.reel.ID, "a.mp4", bytes.NewReader(clip)))
		v := must(st.s.UploadDraft(t.Context(), st.maya, UploadDraft{DeliverableID: st.reel.ID, UploadID: in.ID, Caption: "Halo"}))
		st.drain()
		if more, err := st.s.MakeFilm(t.Context()); !more || err != nil {
			t.Fatalf("nothing was made: %v %v", more, err)
		}
		if more, err := st.s.MakeFilm(t.Context()); more || err != nil {
			t.Errorf("made twice: %v %v", more, err)
		}
		r := must(st.s.DraftRoom(t.Context(), st.ae, v.DeliverableID, ""))
		if !r.Film.Copied() || r.Film.PosterSHA256 == "" || r.Film.DurationMS < 1000 || r.Film.Waiting() {
			t.Errorf("the film is %+v", r.Film)
		}
		p, f, err := st.s.OpenPlay(t.Context(), st.maya, v.ID, "play")
		if err != nil || p.Type != "video/mp4" {
			t.Fatalf("%v %s", err, p.Type)
		}
		small, err := io.ReadAll(f)
		if f.Close(); err != nil || bytes.Equal(small, clip) {
			t.Error("the copy is what was sent")
		}
		if p, f, err = st.s.OpenPlay(t.Context(), st.maya, v.ID, "poster"); err != nil || p.Type != "image/jpeg" {
			t.Fatalf("%v %s", err, p.Type)
		}
		f.Close()
		if _, _, err := st.s.OpenPlay(t.Context(), st.dewi, v.ID, "poster"); err == nil {
			t.Error("a client sees the poster of a version that was not shown")
		}
		_, f, err = st.s.OpenFile(t.Context(), st.maya, v.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(f); err != nil || !bytes.Equal(got, clip) {
			t.Errorf("what was sent changed: %v", err)
		}
		f.Close()
	})
}

func TestFilm_TooLongForThePlatform(t *testing.T) {
	for _, c := range []struct {
		max, ms, over int64
	}{{0, 9e9, 0}, {900, 900_000, 0}, {900, 900_001, 1}, {60, 95_500, 36}} {
		if got := (Limits{MaxSeconds: c.max}).TooLong(Film{DurationMS: c.ms}); got != c.over {
			t.Errorf("%d ms against %d s is %d over, want %d", c.ms, c.max, got, c.over)
		}
	}
}
