package talent

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kolega/internal/fault"
	"kolega/internal/money"
)

func TestImport_Phone(t *testing.T) {
	for _, s := range []string{"0812-3456-7890", "+62 812 3456 7890", "6281234567890", "81234567890", "(0812) 3456 7890", "0062 812 3456 7890",
		"WA: 0812 3456 7890", "'081234567890", "0812.3456.7890", "6281234567890.0", "+62 0812 3456 7890"} {
		if got, err := PhoneOf(s, "ID"); err != nil || got != "+6281234567890" {
			t.Errorf("%q reads %q, %v", s, got, err)
		}
	}
	for _, s := range []string{"62-812", "12345", "6.28123E+11", "0812 3456 7890 / 0813", "hubungi admin", "4000000000000000000000000000000000000000"} {
		if got, err := PhoneOf(s, "ID"); err == nil {
			t.Errorf("%q reads %q", s, got)
		}
	}
	if got, err := PhoneOf("0917 123 4567", "PH"); err != nil || got != "+639171234567" {
		t.Errorf("a Manila number reads %q, %v", got, err)
	}
	if _, err := PhoneOf("+63 0000000000", "PH"); fault.CodeOf(err) != "talent.phone-wrong" {
		t.Errorf("ten wrong digits after +63: %v", err)
	}
}

func TestImport_Place(t *testing.T) {
	for _, c := range []struct {
		typed string
		on    Platform
		want  Place
	}{
		{"@Bea.Santillan", Instagram, Place{Instagram, "Bea.Santillan", "", "bea.santillan"}},
		{"https://www.instagram.com/bea.santillan/?hl=id", "", Place{Instagram, "bea.santillan", "", "bea.santillan"}},
		{"instagram.com/bea.santillan", Instagram, Place{Instagram, "bea.santillan", "", "bea.santillan"}},
		{"https://www.tiktok.com/@jolo.arcega?lang=en", "", Place{TikTok, "jolo.arcega", "", "jolo.arcega"}},
		{"https://youtube.com/@dapurnusantara", "", Place{YouTube, "dapurnusantara", "", "dapurnusantara"}},
		{"https://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaa1", "", Place{YouTube, "", "UCaaaaaaaaaaaaaaaaaaaaa1", "id:UCaaaaaaaaaaaaaaaaaaaaa1"}},
		{"UCaaaaaaaaaaaaaaaaaaaaa1", YouTube, Place{YouTube, "", "UCaaaaaaaaaaaaaaaaaaaaa1", "id:UCaaaaaaaaaaaaaaaaaaaaa1"}},
		{"https://twitter.com/kopi_selaras", "", Place{X, "kopi_selaras", "", "kopi_selaras"}},
		{"\u00a0sari ", Instagram, Place{Instagram, "sari", "", "sari"}},
	} {
		got, err := PlaceOf(c.typed, c.on)
		if err != nil || got != c.want {
			t.Errorf("%q reads %+v, %v", c.typed, got, err)
		}
	}
	for typed, on := range map[string]Platform{
		"@a / @b": Instagram, "dua kata": Instagram, "https://www.instagram.com/p/Cabc/": "", "https://www.tiktok.com/@a/video/7": "",
		"https://instagram.com/": "", "https://tiktok.com/@x": Instagram, "javascript:alert(1)": TikTok, "sari": "", "=cmd()": Instagram,
		"https://example.com/sari": "",
	} {
		if got, err := PlaceOf(typed, on); err == nil {
			t.Errorf("%q on %q reads %+v", typed, on, got)
		}
	}
}

func TestImport_Cells(t *testing.T) {
	for s, want := range map[string]int64{"1.2M": 1_200_000, "12,3 rb": 12_300, "1.500": 1_500, "nan": -1, "": -1, "-": -1, "477900000.00": 477_900_000,
		"477.9M": 477_900_000, "878": 878, "12,5rb": 12_500, "1,2 jt": 1_200_000, "145.6K": 145_600, "12.345": 12_345, "12,345": 12_345, "12\u00a0345": -2, "12.34": -2, "abc": -2, "-5": -2} {
		got, err := countCell(s)
		if err != nil {
			got = -2
		}
		if got != want {
			t.Errorf("count %q reads %d, %v; want %d", s, got, err, want)
		}
	}
	for s, want := range map[string]int64{"4,8%": 480, "4.8 %": 480, "4.8": 480, "3": 300, "0.5%": 50, "0.05": -2, "101%": -2, "nan": -1, "4,8,1": -2, "100%": 10_000} {
		got, err := rateCell(s, false)
		if err != nil {
			got = -2
		}
		if got != want {
			t.Errorf("rate %q reads %d, %v; want %d", s, got, err, want)
		}
	}
	for s, want := range map[string]int64{"0.05": 500, "0,0624": 624, "0.06245": 625, "4,8%": 480, "0.5%": 50, "1": 10_000, "4.8": -2, "-": -1} {
		got, err := rateCell(s, true)
		if err != nil {
			got = -2
		}
		if got != want {
			t.Errorf("share %q reads %d, %v; want %d", s, got, err, want)
		}
	}
	for s, want := range map[string]int64{"1.500.000": 1_500_000, "Rp 2jt": 2_000_000, "750rb": 750_000, "1,500,000": 1_500_000, "1500000.00": 1_500_000,
		"1,5 juta": 1_500_000, "1.5jt": 1_500_000, "5M": -1, "nego": -1, "-": 0, "USD 5": -1} {
		got, err := priceCell(s, money.CurrencyIDR, "id")
		if err != nil {
			got.Minor = -1
		}
		if got.Minor != want {
			t.Errorf("price %q reads %d, %v; want %d", s, got.Minor, err, want)
		}
	}
	for s, want := range map[string]string{"2026-11-23": "2026-11-23", "23/11/2026": "2026-11-23", "11/23/2026": "2026-11-23", "05/05/2026": "2026-05-05",
		"05/06/2026": "", "46349": "2026-11-23", "2027-02-29": "", "kemarin": ""} {
		got, _ := dateCell(s)
		if string(got) != want {
			t.Errorf("day %q reads %q, want %q", s, got, want)
		}
	}
}

func fieldsOf(cols []Column) []Field {
	var out []Field
	for _, c := range cols {
		out = append(out, c.Field)
	}
	return out
}

func TestImport_Guess(t *testing.T) {
	t.Run("line breaks, repeated names and full numbers", func(t *testing.T) {
		got := Guess([]string{"S.no", "Instagram name", " Name", "Subscribers", "Subscribers", "Audience country", "Authentic engagement\n", "Engagement average\r\n", "Engagement average Values \n", "Category_1"},
			[][]string{{"1.00", "bea.santillan", "Bea Santillan", "412.3K", "412300.00", "Indonesia", "5K", "20.1K", "20100.00", "Beauty"}})
		want := []Field{"", FieldHandle, FieldName, "", FieldFollowers, FieldAudience, "", "", FieldEngagements, FieldCategory}
		if d := cmp.Diff(want, fieldsOf(got)); d != "" {
			t.Error(d)
		}
		if got[1].Platform != Instagram || got[3].Why != "twin" {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("of two columns about a name, the one with handles is the handle", func(t *testing.T) {
		got := Guess([]string{"Tiktoker name", "Tiktok name", "\nFollowers", "Views (Avg.)"}, [][]string{{"jolo.arcega", "Jolo Arcega", "97.4K", "1M"}, {"sam", "Sam!", "1K", "2K"}})
		if d := cmp.Diff([]Field{FieldHandle, FieldName, FieldFollowers, FieldViews}, fieldsOf(got)); d != "" {
			t.Error(d)
		}
	})
	t.Run("Indonesian words, two platforms and a rate card", func(t *testing.T) {
		got := Guess([]string{"Nama Talent", "Username IG", "Pengikut IG", "Link TikTok", "Followers TikTok", "No. WA", "Domisili", "Kategori", "Rate IG Reels", "ER IG (%)", "TikTok VT", "Catatan"},
			[][]string{{"Sari", "@sari", "12,3 rb", "https://www.tiktok.com/@sari", "1 jt", "0812-3456-7890", "Bandung", "Beauty", "1.500.000", "4,8%", "2jt", "ramah"}})
		want := []Field{FieldName, FieldHandle, FieldFollowers, FieldHandle, FieldFollowers, FieldPhone, FieldCity, FieldCategory, FieldPrice, FieldER, FieldPrice, FieldNote}
		if d := cmp.Diff(want, fieldsOf(got)); d != "" {
			t.Error(d)
		}
		if got[8].Format != FormatReels || got[8].Platform != Instagram || got[10].Format != FormatVideo || got[4].Platform != TikTok {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("a table of posts yields who published and no figures", func(t *testing.T) {
		got := Guess([]string{"video_id", "title", "channelId", "channelTitle", "categoryId", "tags", "view_count", "likes", "description", "thumbnail_link"},
			[][]string{{"x", "y", "UCaaaaaaaaaaaaaaaaaaaaa1", "Dapur", "10", "a|b", "10", "1", "z", "https://i.example/a.jpg"}})
		want := []Field{"", "", FieldPlatformID, FieldName, "", "", "", "", "", ""}
		if d := cmp.Diff(want, fieldsOf(got)); d != "" {
			t.Error(d)
		}
	})
	t.Run("a column named Instagram that is full of counts holds followers", func(t *testing.T) {
		got := Guess([]string{"Nama", "Instagram"}, [][]string{{"Sari", "12,3 rb"}, {"Dewi", "1.500"}})
		if got[1].Field != FieldFollowers {
			t.Errorf("got %+v", got[1])
		}
	})
	t.Run("the head may stand below a title", func(t *testing.T) {
		if got := HeadRow([][]string{{"Daftar KOL Agensi", "", ""}, {"", "", ""}, {"Nama", "Username IG", "Followers"}, {"Sari", "@sari", "1.500"}}); got != 2 {
			t.Errorf("head in row %d", got)
		}
	})
	t.Run("pasted rows may have no head", func(t *testing.T) {
		rows := [][]string{{"https://www.instagram.com/sari", "081234567890", "sari@example.com"}}
		if got := HeadRow(rows); got != -1 {
			t.Errorf("head in row %d", got)
		}
		if d := cmp.Diff([]Field{FieldHandle, FieldPhone, FieldEmail}, fieldsOf(GuessWithoutHead(rows))); d != "" {
			t.Error(d)
		}
	})
}
