package sandbox

import (
	"encoding/json"
	"hash/fnv"
	"net/http"
	"strings"
	"sync"
	"time"
)

// The stand-ins of platforms.
const (
	Instagram Provider = "instagram"
	TikTok    Provider = "tiktok"
	YouTube   Provider = "youtube"
)

// Content is a post as its platform has it.
type Content struct {
	ID    string // as in its address
	URL   string
	Story bool
	At    time.Time
	Views int64 // after a week; zero: as the id says
}

// Mishap is one way in which a platform misbehaves.
type Mishap string

// The mishaps. A token carries one behind its handle: "sandbox~nama~quota".
const (
	OutOfQuota  Mishap = "quota"   // spent for now
	Expired     Mishap = "expired" // the access token; a fresh one works
	Lapsed      Mishap = "lapsed"  // the consent itself: nothing renews it
	NoScope     Mishap = "scope"   // a permission was not given
	HiddenLikes Mishap = "hidden"  // the owner hides them
	LacksMetric Mishap = "missing" // one metric is not had
	Delayed     Mishap = "delayed" // the numbers are not there yet
	Removed     Mishap = "removed" // the post is gone
	Hangs       Mishap = "late"    // nobody answers
	Breaks      Mishap = "500"
	BadJSON     Mishap = "garbage"
)

// Social stands in for Instagram, TikTok and YouTube. Make one with NewSocial.
type Social struct {
	now func() time.Time
	// Posts gives what an account has published; nil: only what was told by Publish.
	// Whoever asks YouTube and TikTok for an id is believed that there is such a video.
	Posts func(platform Provider, handle string) []Content

	mu     sync.Mutex
	told   map[string][]Content // platform/handle
	mishap map[string]Mishap    // by token, "*" for all
	left   map[string]int
	spent  map[string]bool // refresh tokens that gave their pair
	calls  int
}

// NewSocial makes platforms on which nothing is published yet.
func NewSocial(now func() time.Time) *Social {
	return &Social{now: now, told: map[string][]Content{}, mishap: map[string]Mishap{}, left: map[string]int{}, spent: map[string]bool{}}
}

// Publish puts a post on a platform.
func (s *Social) Publish(p Provider, handle string, c Content) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := string(p) + "/" + handle
	s.told[key] = append(s.told[key], c)
}

// Ail makes the calls of a token ("*" for all) misbehave so many times, 0 for ever;
// an empty mishap ends it.
func (s *Social) Ail(token string, t Mishap, times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.left, token)
	if s.mishap[token] = t; times > 0 {
		s.left[token] = times
	}
}

// Calls counts the calls that were made so far.
func (s *Social) Calls() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls
}

// TokenOf is a token of the account with a handle, with a mishap or none.
func TokenOf(handle string, t Mishap) string {
	if t == "" {
		return "sandbox~" + handle
	}
	return "sandbox~" + handle + "~" + string(t)
}

// reader is who a token lets in, and what ails it.
func (s *Social) reader(token string) (handle string, t Mishap, ok bool) {
	parts := strings.Split(token, "~")
	if len(parts) < 2 || parts[0] != "sandbox" {
		return "", "", false
	}
	if len(parts) > 2 {
		t = Mishap(parts[2])
	}
	for _, match := range []string{"*", token} {
		if asked, found := s.mishap[match]; found {
			t = asked
			if n, limited := s.left[match]; limited {
				if s.left[match]--; n <= 1 {
					delete(s.mishap, match)
					delete(s.left, match)
				}
			}
		}
	}
	return parts[1], t, true
}

// of gives what an account has published, the newest first.
func (s *Social) of(p Provider, handle string) []Content {
	list := append([]Content{}, s.told[string(p)+"/"+handle]...)
	if s.Posts != nil {
		list = append(list, s.Posts(p, handle)...)
	}
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && list[j].At.After(list[j-1].At); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
	return list
}

// counts are those of a post at an instant: quick at first, then slower, and never less.
type counts struct{ views, reach, likes, comments, saves, shares int64 }

func (s *Social) countsOf(c Content) counts {
	week := c.Views
	if week == 0 {
		h := fnv.New32a()
		_, _ = h.Write([]byte(c.ID))
		week = 20_000 + int64(h.Sum32()%90_000)
	}
	age := max(int64(s.now().Sub(c.At)/time.Minute), 0)
	const half = 30 * 60                                        // minutes
	full := (week*(7*24*60+half) + 7*24*60 - 1) / (7 * 24 * 60) // so that it is reached after a week
	views := full * age / (age + half)
	return counts{views: views, reach: views * 10 / 13, likes: views * 41 / 1000, comments: views * 3 / 1000, saves: views * 7 / 1000, shares: views * 4 / 1000}
}

// serve answers one call.
func (s *Social) serve(p Provider, a ask) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if p == TikTok && a.path == "/v2/oauth/token/" {
		return s.renewTikTok(a)
	}
	token := a.query.Get("access_token")
	switch p {
	case TikTok:
		token = strings.TrimPrefix(a.header.Get("Authorization"), "Bearer ")
	case YouTube:
		token = a.header.Get("X-Goog-Api-Key")
	}
	handle, t, ok := s.reader(token)
	switch t {
	case Hangs:
		return reply{how: hangs}
	case Breaks:
		return text(http.StatusInternalServerError, "upstream error")
	case BadJSON:
		return garbage(s.calls)
	}
	switch p {
	case Instagram:
		return s.instagram(a, handle, t, ok)
	case TikTok:
		return s.tiktok(a, handle, t, ok)
	}
	return s.youtube(a, t, ok)
}

// Handler serves the stand-ins below /instagram, /tiktok and /youtube, and the control
// endpoint POST /control/social: {"token": "sandbox~nama" or "*", "mishap": "quota",
// "times": 1}, or {"platform": "instagram", "handle": "nama", "id": …, "url": …, "at": …}.
func (s *Social) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, p := range []Provider{Instagram, TikTok, YouTube} {
		prefix := "/" + string(p)
		mux.HandleFunc(prefix+"/", func(w http.ResponseWriter, r *http.Request) {
			a, err := read(r, strings.TrimPrefix(r.URL.Path, prefix))
			if err != nil {
				send(w, text(http.StatusBadRequest, "{}"))
				return
			}
			carryOut(w, r, s.serve(p, a))
		})
	}
	mux.HandleFunc("POST /control/social", s.control)
	return mux
}

func (s *Social) control(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Token    string
		Mishap   Mishap
		Times    int
		Platform Provider
		Handle   string
		ID       string
		URL      string
		At       time.Time
		Views    int64
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostBody)).Decode(&in); err != nil {
		send(w, text(http.StatusBadRequest, "{}"))
		return
	}
	switch {
	case in.ID != "":
		s.Publish(in.Platform, in.Handle, Content{ID: in.ID, URL: in.URL, At: in.At, Views: in.Views})
	case in.Token != "":
		s.Ail(in.Token, in.Mishap, in.Times)
	default:
		send(w, text(http.StatusUnprocessableEntity, "{}"))
		return
	}
	send(w, doc(http.StatusOK, map[string]any{"ok": true}))
}
