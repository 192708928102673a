package result

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"kolega/internal/fault"
)

// The platforms that a posted link can be recognised of.
const (
	Instagram = "instagram"
	TikTok    = "tiktok"
	YouTube   = "youtube"
	X         = "x"
	Threads   = "threads"
	Facebook  = "facebook"
)

// LinkKind says what a link points at on its platform.
type LinkKind string

// The kinds of links. A profile or channel is no post; a share or short link
// leads to one and has to be resolved; a highlight collects stories.
const (
	KindPost      LinkKind = "post"
	KindReel      LinkKind = "reel"
	KindTV        LinkKind = "tv"
	KindStory     LinkKind = "story"
	KindHighlight LinkKind = "highlight"
	KindVideo     LinkKind = "video"
	KindPhoto     LinkKind = "photo"
	KindShort     LinkKind = "short" // YouTube Shorts
	KindLive      LinkKind = "live"
	KindProfile   LinkKind = "profile"
	KindChannel   LinkKind = "channel"
	KindRedirect  LinkKind = "redirect" // a share or short link
)

// Refusals of a link, at the form field "url".
var (
	ErrLinkEmpty   = fault.Field("url", "post.link-empty")
	ErrLinkWrong   = fault.Field("url", "post.link-wrong")   // not an address of the web
	ErrLinkUnknown = fault.Field("url", "post.link-unknown") // no known platform, or no post of it
	ErrLinkProfile = fault.Field("url", "post.link-profile") // an account, not a post
)

// Link is a recognised address. Platform and ID together are the post's key:
// the kind is no part of it, since one post has addresses of several kinds.
type Link struct {
	Platform string
	Kind     LinkKind
	ID       string // as the platform writes it, case kept
	Handle   string // lower case; empty when the address does not say
	URL      string // canonical, without tracking
}

// IsPost says whether the link itself names a post.
func (l Link) IsPost() bool {
	switch l.Kind {
	case KindProfile, KindChannel, KindRedirect, KindHighlight:
		return false
	}
	return l.ID != ""
}

// Redirects says whether the link has to be opened to learn its post.
func (l Link) Redirects() bool { return l.Kind == KindRedirect }

type linkRule struct {
	platform string
	kind     LinkKind
	hosts    []string
	path     *regexp.Regexp
	not      []string // words that are pages of the site, not handles
}

var (
	igHosts   = []string{"instagram.com", "instagr.am"}
	ytHosts   = []string{"youtube.com", "youtube-nocookie.com"}
	xHosts    = []string{"x.com", "twitter.com"}
	thHosts   = []string{"threads.com", "threads.net"}
	igPages   = []string{"p", "reel", "reels", "tv", "stories", "explore", "accounts", "direct", "share", "about", "developer", "legal", "web"}
	xPages    = []string{"i", "home", "search", "explore", "settings", "messages", "notifications", "hashtag", "intent", "share", "login", "compose"}
	youtubeID = regexp.MustCompile(`^[A-Za-z0-9_-]{11}$`)
)

// linkRules are tried in order, first match wins: a share before a post, or its
// first word would be read as a handle.
// They are made at the first link: a start does not wait for thirty expressions.
var linkRules = sync.OnceValue(func() []linkRule {
	return []linkRule{
		rule(Instagram, KindRedirect, igHosts, `^/share/(?:p/|reel/)?(?P<id>[A-Za-z0-9_-]{5,64})/?$`),
		rule(Instagram, KindPost, igHosts, `^/(?:(?P<handle>[A-Za-z0-9._]{1,30})/)?p/(?P<id>[A-Za-z0-9_-]{5,64})/?$`),
		rule(Instagram, KindReel, igHosts, `^/(?:(?P<handle>[A-Za-z0-9._]{1,30})/)?reels?/(?P<id>[A-Za-z0-9_-]{5,64})/?$`),
		rule(Instagram, KindTV, igHosts, `^/(?:(?P<handle>[A-Za-z0-9._]{1,30})/)?tv/(?P<id>[A-Za-z0-9_-]{5,64})/?$`),
		rule(Instagram, KindHighlight, igHosts, `^/stories/highlights/(?P<id>[0-9]{5,25})/?$`),
		rule(Instagram, KindStory, igHosts, `^/stories/(?P<handle>[A-Za-z0-9._]{1,30})/(?P<id>[0-9]{5,25})/?$`),
		rule(Instagram, KindProfile, igHosts, `^/(?P<handle>[A-Za-z0-9._]{1,30})/?$`, igPages...),
		rule(TikTok, KindVideo, []string{"tiktok.com"}, `^/@(?P<handle>[A-Za-z0-9._]{0,32})/video/(?P<id>[0-9]{8,25})/?$`),
		rule(TikTok, KindPhoto, []string{"tiktok.com"}, `^/@(?P<handle>[A-Za-z0-9._]{0,32})/photo/(?P<id>[0-9]{8,25})/?$`),
		rule(TikTok, KindVideo, []string{"tiktok.com"}, `^/(?:v|embed(?:/v2)?|player/v1)/(?P<id>[0-9]{8,25})(?:\.html)?/?$`),
		rule(TikTok, KindRedirect, []string{"tiktok.com"}, `^/t/(?P<id>[A-Za-z0-9]{5,20})/?$`),
		rule(TikTok, KindRedirect, []string{"vm.tiktok.com", "vt.tiktok.com"}, `^/(?P<id>[A-Za-z0-9]{5,20})/?$`),
		rule(TikTok, KindProfile, []string{"tiktok.com"}, `^/@(?P<handle>[A-Za-z0-9._]{1,32})/?$`),
		rule(YouTube, KindShort, ytHosts, `^/shorts/(?P<id>[A-Za-z0-9_-]{11})/?$`),
		rule(YouTube, KindLive, ytHosts, `^/live/(?P<id>[A-Za-z0-9_-]{11})/?$`),
		rule(YouTube, KindVideo, ytHosts, `^/(?:embed|v|e)/(?P<id>[A-Za-z0-9_-]{11})/?$`),
		rule(YouTube, KindVideo, []string{"youtu.be"}, `^/(?P<id>[A-Za-z0-9_-]{11})/?$`),
		rule(YouTube, KindPost, []string{"youtube.com"}, `^/post/(?P<id>Ug[A-Za-z0-9_-]{10,64})/?$`),
		rule(YouTube, KindProfile, []string{"youtube.com"}, `^/@(?P<handle>[\p{L}\p{N}._·-]{3,30})(?:/(?:videos|shorts|streams|featured))?/?$`),
		rule(YouTube, KindChannel, []string{"youtube.com"}, `^/channel/(?P<id>UC[A-Za-z0-9_-]{22})(?:/.*)?$`),
		rule(X, KindPost, xHosts, `^/i/(?:web/)?status/(?P<id>[0-9]{1,20})/?$`),
		rule(X, KindPost, xHosts, `^/(?P<handle>[A-Za-z0-9_]{1,15})/status(?:es)?/(?P<id>[0-9]{1,20})(?:/(?:photo|video)/[0-9]+)?/?$`),
		rule(X, KindProfile, xHosts, `^/(?P<handle>[A-Za-z0-9_]{1,15})/?$`, xPages...),
		rule(Threads, KindPost, thHosts, `^/@(?P<handle>[A-Za-z0-9._]{1,30})/post/(?P<id>[A-Za-z0-9_-]{5,64})/?$`),
		rule(Threads, KindPost, thHosts, `^/t/(?P<id>[A-Za-z0-9_-]{5,64})/?$`),
		rule(Threads, KindProfile, thHosts, `^/@(?P<handle>[A-Za-z0-9._]{1,30})/?$`),
		rule(Facebook, KindReel, []string{"facebook.com"}, `^/reel/(?P<id>[0-9]{5,25})/?$`),
		rule(Facebook, KindPost, []string{"facebook.com"}, `^/(?P<handle>[A-Za-z0-9.]{1,80})/(?:posts|videos)/(?:[^/]+/)?(?P<id>[A-Za-z0-9]{5,120})/?$`),
	}
})

func rule(platform string, kind LinkKind, hosts []string, path string, not ...string) linkRule {
	return linkRule{platform, kind, hosts, regexp.MustCompile(path), not}
}

// Recognise reads a pasted address: platform, kind, id, and the handle where the
// address says it. It opens nothing. Hosts are compared whole, so an address that
// merely contains a platform's name is unknown. Faults: post.link-empty,
// post.link-wrong, post.link-unknown.
func Recognise(text string) (Link, error) {
	u, err := parseLink(text)
	if err != nil {
		return Link{}, err
	}
	host := plainHost(u.Hostname())
	if id := u.Query().Get("v"); slices.Contains(ytHosts, host) && u.Path == "/watch" && youtubeID.MatchString(id) {
		return canonical(Link{Platform: YouTube, Kind: KindVideo, ID: id}), nil
	}
	for _, r := range linkRules() {
		if l, ok := r.match(host, u.Path); ok {
			return canonical(l), nil
		}
	}
	return Link{}, ErrLinkUnknown
}

// RecognisePost is Recognise for a field that wants a post: a profile, channel or
// highlight is refused (post.link-profile); a short link is let through, to be resolved.
func RecognisePost(text string) (Link, error) {
	l, err := Recognise(text)
	if err == nil && !l.IsPost() && !l.Redirects() {
		return Link{}, ErrLinkProfile
	}
	return l, err
}

func parseLink(text string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, ErrLinkEmpty
	}
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || len(text) > 2000, u.Scheme != "http" && u.Scheme != "https", u.User != nil, u.Hostname() == "":
		return nil, ErrLinkWrong
	case u.Port() != "" && u.Port() != "80" && u.Port() != "443":
		return nil, ErrLinkWrong
	}
	return u, nil
}

// plainHost is the host in lower case without a closing dot and the usual first label.
func plainHost(host string) string {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	for _, prefix := range []string{"www.", "m.", "mobile.", "web.", "music."} {
		if rest, ok := strings.CutPrefix(host, prefix); ok {
			return rest
		}
	}
	return host
}

func (r linkRule) match(host, path string) (Link, bool) {
	if !slices.Contains(r.hosts, host) {
		return Link{}, false
	}
	m := r.path.FindStringSubmatch(path)
	if m == nil {
		return Link{}, false
	}
	l := Link{Platform: r.platform, Kind: r.kind}
	for i, name := range r.path.SubexpNames() {
		switch name {
		case "id":
			l.ID = m[i]
		case "handle":
			l.Handle = strings.ToLower(m[i])
		}
	}
	return l, !slices.Contains(r.not, l.Handle)
}

// canonical writes the address that is kept and shown.
func canonical(l Link) Link {
	switch {
	case l.Redirects() && l.Platform == TikTok:
		l.URL = "https://vt.tiktok.com/" + l.ID + "/"
	case l.Redirects():
		l.URL = "https://www.instagram.com/share/" + l.ID + "/"
	case !l.IsPost():
		l.URL = ""
	case l.Platform == Instagram:
		l.URL = instagramURL(l)
	case l.Platform == TikTok:
		kind := "video"
		if l.Kind == KindPhoto {
			kind = "photo"
		}
		l.URL = "https://www.tiktok.com/@" + l.Handle + "/" + kind + "/" + l.ID
	case l.Platform == YouTube:
		l.URL = youtubeURL(l)
	case l.Platform == X:
		l.URL = "https://x.com/" + orWord(l.Handle, "i") + "/status/" + l.ID
	case l.Platform == Threads:
		l.URL = "https://www.threads.com/t/" + l.ID
		if l.Handle != "" {
			l.URL = "https://www.threads.com/@" + l.Handle + "/post/" + l.ID
		}
	case l.Kind == KindReel:
		l.URL = "https://www.facebook.com/reel/" + l.ID
	default:
		l.URL = "https://www.facebook.com/" + l.Handle + "/posts/" + l.ID
	}
	return l
}

func instagramURL(l Link) string {
	switch l.Kind {
	case KindStory:
		return "https://www.instagram.com/stories/" + l.Handle + "/" + l.ID + "/"
	case KindReel:
		return "https://www.instagram.com/reel/" + l.ID + "/"
	}
	return "https://www.instagram.com/p/" + l.ID + "/"
}

func youtubeURL(l Link) string {
	switch l.Kind {
	case KindShort:
		return "https://www.youtube.com/shorts/" + l.ID
	case KindPost:
		return "https://www.youtube.com/post/" + l.ID
	}
	return "https://www.youtube.com/watch?v=" + l.ID
}

func orWord(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// MadeAt reads the instant that some ids carry: TikTok, X since 2010, Instagram.
// It is a check of plausibility, not proof; the zero time means the id does not say.
func (l Link) MadeAt() time.Time {
	switch {
	case !l.IsPost():
		return time.Time{}
	case l.Platform == TikTok:
		if id, err := strconv.ParseUint(l.ID, 10, 64); err == nil {
			return plausible(time.Unix(int64(id>>32), 0))
		}
	case l.Platform == X:
		if id, err := strconv.ParseUint(l.ID, 10, 64); err == nil && id > 1<<35 {
			return plausible(time.UnixMilli(int64(id>>22) + 1288834974657))
		}
	case l.Platform == Instagram:
		return plausible(instagramTime(l))
	}
	return time.Time{}
}

func instagramTime(l Link) time.Time {
	if l.Kind == KindStory {
		if id, err := strconv.ParseUint(l.ID, 10, 64); err == nil {
			return time.UnixMilli(int64(id>>23) + 1314220021721)
		}
		return time.Time{}
	}
	if len(l.ID) > 11 {
		return time.Time{} // a private shortcode carries a secret after its id
	}
	b, err := base64.RawURLEncoding.DecodeString(strings.Repeat("A", 12-len(l.ID)) + l.ID)
	if err != nil || len(b) != 9 || b[0] != 0 {
		return time.Time{}
	}
	var id uint64
	for _, c := range b[1:] {
		id = id<<8 | uint64(c)
	}
	return time.UnixMilli(int64(id>>23) + 1314220021721)
}

// plausible drops instants that no post of these platforms can have.
func plausible(t time.Time) time.Time {
	if t.Year() < 2010 || t.Year() > 2100 {
		return time.Time{}
	}
	return t.UTC()
}
