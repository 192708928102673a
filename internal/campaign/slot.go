package campaign

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Slot is a place for one talent in a campaign: what is made, for how much, by
// when, and whom the agency looks for (A28).
type Slot struct {
	ID           string
	CampaignID   string
	Number       int64 // 1, 2, 3 … in the campaign; never used twice
	Name         string
	Deliverables []Deliverable
	Budget       money.Amount // most that the talent may cost; never on a client's link
	Price        money.Amount // what the client pays; never on a talent's link
	DraftOn      worktime.Date
	PostOn       worktime.Date
	Conditions   Conditions
	Free         bool      // a replacement under the guarantee: the client pays nothing (R6)
	DroppedAt    time.Time // no longer wanted
	Version      int64
}

// Deliverable is what one talent makes, so many of one format.
type Deliverable struct {
	Platform string // "instagram", "tiktok", "youtube", …
	Format   string // "reels", "story", "video", …
	Count    int64
}

// Conditions say whom the slot is for; each hard one removes candidates (R18).
type Conditions struct {
	Country      string
	Lang         string
	Tier         string // "nano", "micro", "mid", "macro", "mega"
	MinFollowers int64
	MaxFollowers int64 // 0: no upper bound
	Tags         []string
	Categories   []string
	Excluded     []string // talent ids that the client does not want
	Note         string   // persona in words, for the specialist
}

// Formats are the formats of each platform, in the order of forms.
var Formats = map[string][]string{
	"instagram": {"reels", "story", "feed", "carousel", "live"},
	"tiktok":    {"video", "story", "live"},
	"youtube":   {"video", "shorts", "live"},
	"x":         {"post", "thread"},
	"facebook":  {"post", "reels", "story", "live"},
	"threads":   {"post"},
}

// Platforms in the order of forms.
var Platforms = []string{"instagram", "tiktok", "youtube", "x", "facebook", "threads"}

// Tiers from small to large.
var Tiers = []string{"nano", "micro", "mid", "macro", "mega"}

// Faults of slots.
var (
	ErrSlotDates   = fault.New(fault.Invalid, "slot.dates")  // posting before the draft
	ErrSlotWindow  = fault.New(fault.Invalid, "slot.window") // outside the campaign
	ErrSlotPast    = fault.New(fault.Invalid, "slot.past")   // a date before today
	ErrSlotDropped = fault.New(fault.Conflict, "slot.dropped")
	ErrSlotMargin  = fault.New(fault.Invalid, "slot.currency") // budget or price in another currency than the campaign's
)

// Total counts the pieces to be made.
func (s Slot) Total() int64 {
	var n int64
	for _, d := range s.Deliverables {
		n += d.Count
	}
	return n
}

// Open tells whether the slot is still wanted.
func (s Slot) Open() bool { return s.DroppedAt.IsZero() }

// tidy brings a slot into its one shape and gives what is wrong with it for a
// campaign, seen on the given day. A slot that was there before may keep a past date.
func (s *Slot) tidy(c Campaign, today worktime.Date, before Slot) error {
	f := fault.Fields{}
	s.Name = strings.Join(strings.Fields(s.Name), " ")
	s.Deliverables = tidyDeliverables(f, s.Deliverables)
	if len([]rune(s.Name)) > 120 {
		f["name"] = "slot.name"
	}
	for field, a := range map[string]*money.Amount{"budget": &s.Budget, "price": &s.Price} {
		if a.None() {
			a.Currency = c.Currency
		}
		switch {
		case a.Minor < 0:
			f[field] = "slot.amount"
		case field == "price" && a.Currency != c.Currency, !a.Currency.Known():
			f[field] = ErrSlotMargin.Code
		}
	}
	s.checkDates(f, c, today, before)
	s.Conditions.tidy(f)
	return f.Err()
}

func tidyDeliverables(f fault.Fields, list []Deliverable) []Deliverable {
	var out []Deliverable
	for _, d := range list {
		if d.Platform == "" && d.Format == "" {
			continue
		}
		if !in(Formats[d.Platform], d.Format) {
			f["deliverables"] = "slot.format"
		}
		if d.Count < 1 || d.Count > 50 {
			f["deliverables"] = "slot.count"
		}
		merged := false
		for i := range out {
			if out[i].Platform == d.Platform && out[i].Format == d.Format {
				out[i].Count, merged = out[i].Count+d.Count, true
			}
		}
		if !merged {
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		f["deliverables"] = "slot.no-deliverable"
	}
	return out
}

func (s *Slot) checkDates(f fault.Fields, c Campaign, today worktime.Date, before Slot) {
	for field, d := range map[string]worktime.Date{"draft_on": s.DraftOn, "post_on": s.PostOn} {
		was := before.DraftOn
		if field == "post_on" {
			was = before.PostOn
		}
		switch {
		case !d.Valid() || d.IsZero():
			f[field] = worktime.ErrDate.Code
		case d.Before(c.StartOn) || d.After(c.EndOn):
			f[field] = ErrSlotWindow.Code
		case d.Before(today) && d != was:
			f[field] = ErrSlotPast.Code
		}
	}
	if f["draft_on"] == "" && f["post_on"] == "" && s.PostOn.Before(s.DraftOn) {
		f["post_on"] = ErrSlotDates.Code
	}
}

func (c *Conditions) tidy(f fault.Fields) {
	c.Country = strings.ToUpper(strings.TrimSpace(c.Country))
	if c.Country != "" && len(c.Country) != 2 {
		f["country"] = "slot.country"
	}
	if c.Tier != "" && !in(Tiers, c.Tier) {
		f["tier"] = "slot.tier"
	}
	if c.MinFollowers < 0 || c.MaxFollowers < 0 || c.MaxFollowers > 0 && c.MaxFollowers < c.MinFollowers {
		f["min_followers"] = "slot.followers"
	}
	c.Tags, c.Categories = words(c.Tags), words(c.Categories)
}

// words trims a list and drops what is empty or there twice.
func words(list []string) []string {
	var out []string
	for _, w := range list {
		if w = strings.ToLower(strings.Join(strings.Fields(w), " ")); w != "" && !in(out, w) {
			out = append(out, w)
		}
	}
	return out
}
