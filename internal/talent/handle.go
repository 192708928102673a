package talent

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// Place is an account's address as read from a handle or a profile link.
type Place struct {
	Platform   Platform
	Handle     string // without @, as written
	PlatformID string // a YouTube channel id
	Key        string // equal keys on one platform are one account
}

// hosts maps the hosts of profile links to their platform.
var hosts = map[string]Platform{
	"instagram.com": Instagram, "instagr.am": Instagram, "ig.me": Instagram,
	"tiktok.com": TikTok, "youtube.com": YouTube, "youtu.be": YouTube,
	"x.com": X, "twitter.com": X, "facebook.com": Facebook, "fb.com": Facebook,
	"threads.net": Threads, "threads.com": Threads,
}

// notProfiles are first parts of a path that name content, not a person.
var notProfiles = map[string]bool{
	"p": true, "reel": true, "reels": true, "stories": true, "explore": true, "tv": true, "watch": true, "shorts": true, "playlist": true,
	"video": true, "hashtag": true, "search": true, "i": true, "home": true, "groups": true, "events": true, "share": true, "discover": true, "tag": true, "t": true,
}

// PlaceOf reads a handle ("@bea.santillan", "bea.santillan"), a profile link, or a
// YouTube channel id. p is the platform of a bare handle, or ""; a link says its
// own and must not contradict p. Two handles in one cell, links to a single post and
// characters that the platform does not allow are talent.handle-wrong; a bare handle
// without platform is talent.platform-unknown.
func PlaceOf(typed string, p Platform) (Place, error) {
	s := strings.TrimSpace(strings.ReplaceAll(typed, "\u00a0", " "))
	if s == "" {
		return Place{}, FaultHandleMissing
	}
	if isLink(s) {
		return placeOfLink(s, p)
	}
	if !p.Known() {
		return Place{}, FaultPlatform
	}
	return placeOn(p, strings.TrimPrefix(s, "@"))
}

func isLink(s string) bool {
	low := strings.ToLower(s)
	if strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://") {
		return true
	}
	host, _, ok := strings.Cut(low, "/")
	return ok && hosts[bareHost(host)] != ""
}

func bareHost(host string) string {
	for _, prefix := range []string{"www.", "m.", "vt.", "id-id.", "web.", "mobile."} {
		host = strings.TrimPrefix(host, prefix)
	}
	return host
}

func placeOfLink(s string, p Platform) (Place, error) {
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil {
		return Place{}, FaultHandle
	}
	on := hosts[bareHost(strings.ToLower(u.Hostname()))]
	if on == "" || p != "" && p != on {
		return Place{}, FaultHandle
	}
	parts := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	switch {
	case len(parts) == 0 && on == Facebook && u.Query().Get("id") != "":
		return placeOn(on, u.Query().Get("id"))
	case len(parts) == 0:
		return Place{}, FaultHandle
	case on == Facebook && parts[0] == "profile.php":
		return placeOn(on, u.Query().Get("id"))
	case on == YouTube && len(parts) > 1 && (parts[0] == "channel" || parts[0] == "c" || parts[0] == "user"):
		return placeOn(on, parts[1])
	case notProfiles[strings.ToLower(parts[0])], on == TikTok && !strings.HasPrefix(parts[0], "@"), len(parts) > 1 && on == TikTok:
		return Place{}, FaultHandle
	}
	return placeOn(on, strings.TrimPrefix(parts[0], "@"))
}

// placeOn checks a handle against the platform's own alphabet.
func placeOn(p Platform, handle string) (Place, error) {
	if p == YouTube && isChannelID(handle) {
		return Place{Platform: p, PlatformID: handle, Key: "id:" + handle}, nil
	}
	n := utf8.RuneCountInString(handle)
	ok := true
	for _, r := range handle {
		word := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_'
		switch p {
		case X:
			ok = ok && word
		case Facebook:
			ok = ok && (word || r == '.' || r == '-')
		case YouTube:
			ok = ok && (word || r == '.' || r == '-' || r == '·' || r > 127 && r != '\u00a0')
		default:
			ok = ok && (word || r == '.')
		}
	}
	longest := map[Platform]int{Instagram: 30, Threads: 30, TikTok: 30, YouTube: 60, X: 15, Facebook: 60}[p]
	if !ok || n < 1 || n > longest {
		return Place{}, FaultHandle
	}
	return Place{Platform: p, Handle: handle, Key: strings.ToLower(handle)}, nil
}

// isChannelID says whether s is a YouTube channel id: UC and 22 characters.
func isChannelID(s string) bool {
	if len(s) != 24 || !strings.HasPrefix(s, "UC") {
		return false
	}
	for _, r := range s {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-') {
			return false
		}
	}
	return true
}
