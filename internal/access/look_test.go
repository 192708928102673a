package access_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/testkit"
)

func TestLook_HoldsFromItsDayOn(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, p := agency(t, d)
		ctx, boss := context.Background(), p.Actor("web")
		before := d.Now()
		testkit.ClockOf(d).Advance(time.Hour)
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1200, 300))); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveAgencyLook(ctx, boss, access.NewLook{Color: " #0a5c5a", Logo: &b}); err != nil {
			t.Fatal(err)
		}
		l, err := s.AgencyLook(ctx)
		if err != nil || l.Color != "0A5C5A" || len(l.Logo) == 0 {
			t.Fatalf("%+v, %v", l, err)
		}
		testkit.ClockOf(d).Advance(time.Hour)
		if err := s.SaveAgencyLook(ctx, boss, access.NewLook{Color: "FF0000"}); err != nil {
			t.Fatal(err)
		}
		if l, _ = s.AgencyLook(ctx); l.Color != "FF0000" || len(l.Logo) == 0 {
			t.Error("a new colour took the logo away")
		}
		err = d.Read(ctx, func(tx *db.Tx) error {
			old, err := access.LoadLook(ctx, tx, access.OfAgency, before)
			if old.Color != "" || len(old.Logo) != 0 {
				t.Errorf("a paper of before has the look of after: %+v", old)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.SaveAgencyLook(ctx, boss, access.NewLook{Color: "teal"}); !errors.Is(err, access.ErrColor) {
			t.Errorf("a word for a colour: %v", err)
		}
		if err := s.SaveAgencyLook(ctx, boss, access.NewLook{Logo: bytes.NewReader([]byte("<svg>"))}); !errors.Is(err, access.ErrLogo) {
			t.Errorf("a logo that is none: %v", err)
		}
		other := boss
		other.Role = access.Designer
		if err := s.SaveAgencyLook(ctx, other, access.NewLook{}); err == nil {
			t.Error("a designer changes it")
		}
	})
}
