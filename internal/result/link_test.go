package result

import (
	"errors"
	"testing"
	"time"
)

func TestRecognise_ReadsEveryKnownForm(t *testing.T) {
	cases := []struct {
		url      string
		platform string
		kind     LinkKind
		id       string
		handle   string
		canon    string
	}{
		{"https://www.instagram.com/p/DAbCdEfGhIj/?img_index=1&igsh=abc", Instagram, KindPost, "DAbCdEfGhIj", "", "https://www.instagram.com/p/DAbCdEfGhIj/"},
		{"https://www.instagram.com/Nama.Kreator/reel/C9-xYz_12ab/", Instagram, KindReel, "C9-xYz_12ab", "nama.kreator", "https://www.instagram.com/reel/C9-xYz_12ab/"},
		{"https://instagram.com/reels/C9xYz12abcd", Instagram, KindReel, "C9xYz12abcd", "", "https://www.instagram.com/reel/C9xYz12abcd/"},
		{"https://www.instagram.com/stories/nama_kreator/3412345678901234567/?hl=id", Instagram, KindStory, "3412345678901234567", "nama_kreator", "https://www.instagram.com/stories/nama_kreator/3412345678901234567/"},
		{"https://www.instagram.com/share/reel/BAKx9Qw1er/", Instagram, KindRedirect, "BAKx9Qw1er", "", "https://www.instagram.com/share/BAKx9Qw1er/"},
		{"https://www.instagram.com/stories/highlights/17912345678901234/", Instagram, KindHighlight, "17912345678901234", "", ""},
		{"instagram.com/nama.kreator", Instagram, KindProfile, "", "nama.kreator", ""},
		{"https://www.tiktok.com/@nama.kreator/video/7412345678901234567?is_from_webapp=1", TikTok, KindVideo, "7412345678901234567", "nama.kreator", "https://www.tiktok.com/@nama.kreator/video/7412345678901234567"},
		{"https://vt.tiktok.com/ZSabc1234/", TikTok, KindRedirect, "ZSabc1234", "", "https://vt.tiktok.com/ZSabc1234/"},
		{"https://www.tiktok.com/t/ZTabc123/", TikTok, KindRedirect, "ZTabc123", "", "https://vt.tiktok.com/ZTabc123/"},
		{"https://m.tiktok.com/v/7412345678901234567.html", TikTok, KindVideo, "7412345678901234567", "", "https://www.tiktok.com/@/video/7412345678901234567"},
		{"https://www.tiktok.com/@a.b/photo/7412345678901234567", TikTok, KindPhoto, "7412345678901234567", "a.b", "https://www.tiktok.com/@a.b/photo/7412345678901234567"},
		{"https://youtu.be/dQw4w9WgXcQ?si=x", YouTube, KindVideo, "dQw4w9WgXcQ", "", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"},
		{"https://www.youtube.com/shorts/a12CpYea0i4?feature=share", YouTube, KindShort, "a12CpYea0i4", "", "https://www.youtube.com/shorts/a12CpYea0i4"},
		{"https://m.youtube.com/live/dQw4w9WgXcQ", YouTube, KindLive, "dQw4w9WgXcQ", "", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"},
		{"https://music.youtube.com/watch?v=dQw4w9WgXcQ", YouTube, KindVideo, "dQw4w9WgXcQ", "", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"},
		{"https://x.com/nama/status/1234567890123456789?s=20", X, KindPost, "1234567890123456789", "nama", "https://x.com/nama/status/1234567890123456789"},
		{"https://twitter.com/nama/statuses/20/photo/1", X, KindPost, "20", "nama", "https://x.com/nama/status/20"},
		{"https://x.com/i/web/status/1234567890123456789", X, KindPost, "1234567890123456789", "", "https://x.com/i/status/1234567890123456789"},
		{"https://www.threads.com/@nama_kreator/post/DAbCdEfGhIj", Threads, KindPost, "DAbCdEfGhIj", "nama_kreator", "https://www.threads.com/@nama_kreator/post/DAbCdEfGhIj"},
		{"https://www.threads.net/t/DAbCdEfGhIj", Threads, KindPost, "DAbCdEfGhIj", "", "https://www.threads.com/t/DAbCdEfGhIj"},
		{"https://www.facebook.com/reel/1234567890", Facebook, KindReel, "1234567890", "", "https://www.facebook.com/reel/1234567890"},
		{"  HTTPS://WWW.Instagram.com./reel/C9xYz12abcd  ", Instagram, KindReel, "C9xYz12abcd", "", "https://www.instagram.com/reel/C9xYz12abcd/"},
	}
	for _, c := range cases {
		t.Run(c.url, func(t *testing.T) {
			got, err := Recognise(c.url)
			if err != nil {
				t.Fatal(err)
			}
			want := Link{Platform: c.platform, Kind: c.kind, ID: c.id, Handle: c.handle, URL: c.canon}
			if got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestRecognise_RefusesWhatIsNoPost(t *testing.T) {
	for text, want := range map[string]error{
		"":                                       ErrLinkEmpty,
		"https://www.instagram.com/explore/":     ErrLinkUnknown,
		"https://x.com/home":                     ErrLinkUnknown,
		"https://evil.com/instagram.com/p/DAbCd": ErrLinkUnknown,
		"https://instagram.com.evil.com/p/DAbCdEfGhIj": ErrLinkUnknown,
		"https://notinstagram.com/p/DAbCdEfGhIj":       ErrLinkUnknown,
		"https://user@instagram.com/p/DAbCdEfGhIj":     ErrLinkWrong,
		"https://instagram.com:8443/p/DAbCdEfGhIj":     ErrLinkWrong,
		"javascript:alert(1)":                          ErrLinkWrong,
		"ftp://instagram.com/p/DAbCdEfGhIj":            ErrLinkWrong,
		"https://fb.watch/abcdef/":                     ErrLinkUnknown,
		"hari ini tayang kak":                          ErrLinkWrong,
	} {
		if _, err := Recognise(text); !errors.Is(err, want) {
			t.Errorf("%q: got %v, want %v", text, err, want)
		}
	}
	if _, err := RecognisePost("https://www.tiktok.com/@nama.kreator"); !errors.Is(err, ErrLinkProfile) {
		t.Errorf("a profile was taken for a post: %v", err)
	}
}

func TestRecognise_OnePostHasOneKeyUnderAllItsAddresses(t *testing.T) {
	for _, same := range [][]string{
		{"https://instagram.com/p/DAbCdEfGhIj", "https://instagram.com/reel/DAbCdEfGhIj", "https://www.instagram.com/a.b/p/DAbCdEfGhIj/"},
		{"https://youtu.be/dQw4w9WgXcQ", "https://youtube.com/watch?v=dQw4w9WgXcQ", "https://youtube.com/shorts/dQw4w9WgXcQ", "https://youtube.com/live/dQw4w9WgXcQ"},
	} {
		first, _ := Recognise(same[0])
		for _, other := range same[1:] {
			if l, err := Recognise(other); err != nil || l.Platform != first.Platform || l.ID != first.ID {
				t.Errorf("%s: %+v %v", other, l, err)
			}
		}
	}
}

func TestLink_MadeAtIsReadFromTheID(t *testing.T) {
	cases := map[string]time.Time{
		"https://www.tiktok.com/@a/video/7412345678901234567": time.Unix(7412345678901234567>>32, 0),
		"https://x.com/a/status/1234567890123456789":          time.UnixMilli(1234567890123456789>>22 + 1288834974657),
		"https://x.com/a/status/20":                           {},
		"https://youtu.be/dQw4w9WgXcQ":                        {},
	}
	for text, want := range cases {
		l, err := Recognise(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.MadeAt(); !got.Equal(want) {
			t.Errorf("%s: got %v, want %v", text, got, want)
		}
	}
	l, _ := Recognise("https://www.instagram.com/p/DAbCdEfGhIj/")
	if y := l.MadeAt().Year(); y < 2023 || y > 2026 {
		t.Errorf("shortcode DAb… reads as year %d", y)
	}
}
