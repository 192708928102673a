package campaign

import (
	"context"
	"slices"
	"time"

	"kolega/internal/access"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// TimelineFilter picks what a timeline shows. Empty fields do not restrict.
type TimelineFilter struct {
	CampaignID string
	IDs        []string // these campaigns alone; nil for all
	ClientID   string
	PersonID   string        // AE or specialist of the campaign
	From       worktime.Date // campaigns and works that touch the days From to To
	To         worktime.Date
	Closed     bool   // with closed campaigns too; a single campaign is shown either way
	After      string // the campaign after which to go on, as Next of what came before
	Limit      int    // how many campaigns at most; 0 for all
}

// TimelineOf gives planned against actual, the campaigns in the order of their
// starts (A2). Without From and To it spans the works shown, at most two years.
func TimelineOf(ctx context.Context, tx *db.Tx, f TimelineFilter) (t Timeline, err error) {
	list, err := timelineCampaigns(ctx, tx, f)
	if err != nil {
		return t, err
	}
	names := namesOf{ctx: ctx, tx: tx, clients: map[string]string{}, brands: map[string]string{}, people: map[string]access.Person{}}
	days := calendarCache{ctx: ctx, tx: tx, known: map[string]worktime.Calendar{}}
	t.From, t.To, t.Today = f.From, f.To, worktime.DateOf(tx.Now(), days.home())
	list = list[slices.IndexFunc(list, func(c Campaign) bool { return c.ID == f.After })+1:]
	for _, c := range list {
		g, err := groupOf(c, tx.Now(), &names, &days)
		if err != nil {
			return t, err
		}
		if g.Lines = touching(g.Lines, f.From, f.To); len(g.Lines) == 0 && f.CampaignID == "" {
			continue
		}
		if n := len(t.Groups); f.Limit > 0 && n == f.Limit {
			t.Next = t.Groups[n-1].Campaign.ID
			break
		}
		t.Groups = append(t.Groups, g)
	}
	t.span()
	return t, nil
}

func timelineCampaigns(ctx context.Context, tx *db.Tx, f TimelineFilter) ([]Campaign, error) {
	if f.CampaignID != "" {
		c, err := LoadCampaign(ctx, tx, f.CampaignID)
		return []Campaign{c}, err
	}
	if f.IDs != nil {
		return loadAll(ctx, tx, f.IDs)
	}
	list, err := ListCampaigns(ctx, tx, Filter{ClientID: f.ClientID, PersonID: f.PersonID, Open: !f.Closed, Limit: 500})
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	return list, err
}

func loadAll(ctx context.Context, tx *db.Tx, ids []string) ([]Campaign, error) {
	out := make([]Campaign, 0, len(ids))
	for _, id := range ids {
		c, err := LoadCampaign(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// groupOf reads one campaign's works and the facts behind them.
func groupOf(c Campaign, now time.Time, names *namesOf, days *calendarCache) (g Group, err error) {
	ctx, tx := names.ctx, names.tx
	g = Group{Campaign: c}
	if g.ClientName, g.BrandName, g.AEName, err = names.of(c); err != nil {
		return g, err
	}
	ae := names.people[c.AEID]
	g.Zone = ae.Zone
	works, err := ListWorks(ctx, tx, c.ID)
	if err != nil {
		return g, err
	}
	acts, err := factsOf(ctx, tx, c.ID)
	if err != nil {
		return g, err
	}
	slots, pieces, err := wanted(ctx, tx, c.ID)
	if err != nil {
		return g, err
	}
	cals, err := days.of(c, ae.Zone)
	if err != nil {
		return g, err
	}
	for _, w := range works {
		g.Lines = append(g.Lines, lineOf(w, c, acts, slots, pieces, cals, now))
	}
	return g, nil
}

func lineOf(w Work, c Campaign, acts map[string]Facts, slots, pieces int64, cals calendars, now time.Time) Line {
	cal := cals.of(w.Role)
	began, ended := w.Actual(acts, slots, pieces)
	l := Line{Work: w, Began: dayIn(began, cal), Ended: dayIn(ended, cal), Warnings: w.Warnings(c, cal)}
	today := worktime.DateOf(now, cal.Zone)
	if !c.Open() {
		today = worktime.DateOf(c.ClosedAt, cal.Zone)
	}
	l.State = w.StateOf(l.Began, l.Ended, today)
	if until := l.Ended; w.PlannedEnd != "" && (l.State == Late || l.State == DoneLate) {
		if until == "" {
			until = today
		}
		l.Behind = int64(cal.WorkdaysBetween(w.PlannedEnd, until))
	}
	return l
}

func dayIn(t time.Time, cal worktime.Calendar) worktime.Date {
	if t.IsZero() {
		return ""
	}
	return worktime.DateOf(t, cal.Zone)
}

// wanted counts a campaign's open slots and the pieces to be made in them.
func wanted(ctx context.Context, tx *db.Tx, campaignID string) (slots, pieces int64, err error) {
	list, err := ListSlots(ctx, tx, campaignID)
	for _, s := range list {
		if s.Open() {
			slots, pieces = slots+1, pieces+s.Total()
		}
	}
	return slots, pieces, err
}

// touching keeps the lines of which plan or facts touch the days from a to b.
func touching(lines []Line, a, b worktime.Date) []Line {
	if a == "" && b == "" {
		return lines
	}
	w := Week{From: a, To: b}
	if b == "" {
		w.To = "9999-12-31"
	}
	kept := lines[:0]
	for _, l := range lines {
		if w.Covers(l.PlannedStart, l.PlannedEnd) || w.Covers(l.Began, l.Ended) {
			kept = append(kept, l)
		}
	}
	return kept
}

// span sets the days the timeline shows when none were asked for: whole weeks
// around everything planned and done.
func (t *Timeline) span() {
	var first, last worktime.Date
	for _, g := range t.Groups {
		for _, l := range g.Lines {
			for _, d := range []worktime.Date{l.PlannedStart, l.PlannedEnd, l.Began, l.Ended} {
				if d != "" && (first == "" || d.Before(first)) {
					first = d
				}
				if d.After(last) {
					last = d
				}
			}
		}
	}
	if t.From == "" {
		t.From = first
	}
	if t.To == "" {
		t.To = last
	}
	if t.From == "" || t.To == "" {
		t.From, t.To = t.Today, t.Today
	}
	if t.From == "" {
		return
	}
	if t.To.Before(t.From) {
		t.To = t.From
	}
	if t.From.DaysUntil(t.To) > maxDays {
		t.To = t.From.AddDays(maxDays)
	}
	t.From, t.To = WeekOf(t.From).From, WeekOf(t.To).To
}

// namesOf looks up names once each.
type namesOf struct {
	ctx             context.Context
	tx              *db.Tx
	clients, brands map[string]string
	people          map[string]access.Person
}

func (n *namesOf) of(c Campaign) (clientName, brandName, aeName string, err error) {
	if _, ok := n.clients[c.ClientID]; !ok {
		k, err := client.LoadClient(n.ctx, n.tx, c.ClientID)
		if err != nil {
			return "", "", "", err
		}
		n.clients[c.ClientID] = k.Name
	}
	if _, ok := n.brands[c.BrandID]; !ok {
		b, err := client.LoadBrand(n.ctx, n.tx, c.BrandID)
		if err != nil {
			return "", "", "", err
		}
		n.brands[c.BrandID] = b.Name
	}
	if _, ok := n.people[c.AEID]; !ok {
		p, err := access.LoadPerson(n.ctx, n.tx, c.AEID)
		if err != nil {
			return "", "", "", err
		}
		n.people[c.AEID] = p
	}
	return n.clients[c.ClientID], n.brands[c.BrandID], n.people[c.AEID].Name, nil
}

// calendarCache reads each calendar once.
type calendarCache struct {
	ctx   context.Context
	tx    *db.Tx
	known map[string]worktime.Calendar
}

func (k *calendarCache) of(c Campaign, aeZone string) (cals calendars, err error) {
	if cals.agency, err = k.get("zone "+aeZone, func() (worktime.Calendar, error) { return country.CalendarIn(k.ctx, k.tx, aeZone) }); err != nil {
		return cals, err
	}
	cals.client, err = k.get("client "+c.ClientID, func() (worktime.Calendar, error) {
		of, err := client.LoadClient(k.ctx, k.tx, c.ClientID)
		if err != nil {
			return worktime.Calendar{}, err
		}
		return k.place(of.Country, of.Zone)
	})
	if err != nil {
		return cals, err
	}
	cals.talent, err = k.place(c.Market, "")
	return cals, err
}

// place is the calendar of a country in a zone; many clients share one.
func (k *calendarCache) place(code, zone string) (worktime.Calendar, error) {
	return k.get("place "+code+" "+zone, func() (worktime.Calendar, error) { return country.Calendar(k.ctx, k.tx, code, zone) })
}

func (k *calendarCache) get(key string, read func() (worktime.Calendar, error)) (worktime.Calendar, error) {
	if cal, ok := k.known[key]; ok {
		return cal, nil
	}
	cal, err := read()
	if err == nil {
		k.known[key] = cal
	}
	return cal, err
}

// home is the zone of the agency's own country.
func (k *calendarCache) home() *time.Location {
	cal, err := k.place("ID", "")
	if err != nil {
		return time.UTC
	}
	return cal.Zone
}
