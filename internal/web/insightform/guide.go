package insightform

import (
	"context"

	"kolega/internal/result"
)

// screen is what a small drawing of a phone shows.
type screen string

// The drawings: where to tap first, then which figures to take a picture of.
const (
	tapBelow screen = "below" // a button under the post
	tapDots  screen = "dots"  // the three dots beside it
	tapGrid  screen = "grid"  // one of many in a grid
	tapIcon  screen = "icon"  // the small chart under the text
	swipeUp  screen = "swipe"
	overview screen = "overview"
	actions  screen = "actions"
)

// step is one drawing with its words.
type step struct {
	Screen screen
	Key    string // of the words, below "insight.guide."
}

var guides = map[string][3]step{
	result.Instagram + ".story": {{tapGrid, "ig-archive"}, {swipeUp, "ig-swipe"}, {overview, "ig-frame"}},
	result.Instagram:            {{tapBelow, "ig-open"}, {overview, "overview"}, {actions, "actions"}},
	result.TikTok:               {{tapDots, "tt-open"}, {overview, "tt-overview"}, {actions, "tt-viewers"}},
	result.YouTube:              {{tapGrid, "yt-open"}, {overview, "yt-overview"}, {actions, "yt-reach"}},
	result.X:                    {{tapIcon, "x-open"}, {overview, "overview"}, {actions, "actions"}},
}

// steps are the drawings for a kind of content on a platform.
func steps(platform string, story bool) [3]step {
	if g, ok := guides[platform+".story"]; ok && story {
		return g
	}
	if g, ok := guides[platform]; ok {
		return g
	}
	return [3]step{{tapDots, "open"}, {overview, "overview"}, {actions, "actions"}}
}

func (s step) text(ctx context.Context) string { return tr(ctx, "guide."+s.Key) }
