package rapport

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/locale"
	"kolega/internal/message"
	"kolega/internal/task"
	"kolega/internal/worktime"
)

// dayBegan prepares what is due on a day.
type dayBegan struct{ Day worktime.Date }

// Kind names the job.
func (dayBegan) Kind() string { return "rapport.day-began" }

// Work registers the daily preparation.
func (s *Service) Work(reg *job.Registry) { job.On(reg, "rapport", s.dayBegan) }

// KeepPreparing plans today's preparation. It is called at start; each plans the next.
func (s *Service) KeepPreparing(ctx context.Context) error {
	return s.db.Write(ctx, func(tx *db.Tx) error { return plan(ctx, tx, worktime.DateOf(tx.Now(), time.UTC)) })
}

// plan keeps one preparation for a day, before people in Jakarta and Manila come to work.
func plan(ctx context.Context, tx *db.Tx, day worktime.Date) error {
	return job.Enqueue(ctx, tx, dayBegan{day}, job.After(day.At(0, 5, time.UTC)), job.Unique(string(day)))
}

func (s *Service) dayBegan(ctx context.Context, _ dayBegan) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := s.prepare(ctx, tx); err != nil {
			return err
		}
		return plan(ctx, tx, worktime.DateOf(tx.Now(), time.UTC).AddDays(1))
	})
}

// Prepare does the daily preparation now; a second one changes nothing.
func (s *Service) Prepare(ctx context.Context, actor access.Actor) error {
	if err := actor.Require("rapport.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error { return s.prepare(ctx, tx) })
}

func (s *Service) prepare(ctx context.Context, tx *db.Tx) error {
	agency, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return err
	}
	zone, err := worktime.Zone(agency.Zone)
	if err != nil {
		return err
	}
	d := day{agency: agency, today: worktime.DateOf(tx.Now(), zone), lists: map[string][]worktime.Holiday{}, batches: map[string]int{}}
	if err := d.greetings(ctx, tx); err != nil {
		return err
	}
	if err := d.endOld(ctx, tx); err != nil {
		return err
	}
	if err := d.newTalents(ctx, tx); err != nil {
		return err
	}
	return d.nextTalks(ctx, tx)
}

// day is one day's preparation.
type day struct {
	agency  access.Agency
	today   worktime.Date
	lists   map[string][]worktime.Holiday
	batches map[string]int // doer and occasion to how many greetings
}

// list is a country's days of a year.
func (d day) list(ctx context.Context, tx *db.Tx, code string, year int) ([]worktime.Holiday, error) {
	key := code + strconv.Itoa(year)
	if l, ok := d.lists[key]; ok {
		return l, nil
	}
	days, err := country.Holidays(ctx, tx, code, year)
	for _, h := range days {
		d.lists[key] = append(d.lists[key], h.Holiday)
	}
	return d.lists[key], err
}

func (d day) year() int { n, _ := strconv.Atoi(string(d.today)[:4]); return n }

// greetings prepares the texts of the occasions of these days, and one task for each
// account executive and occasion.
func (d day) greetings(ctx context.Context, tx *db.Tx) error {
	choices, err := listChoices(ctx, tx, "")
	if err != nil {
		return err
	}
	for _, c := range choices {
		if err := d.greet(ctx, tx, c); err != nil {
			return err
		}
	}
	return nil
}

func (d day) greet(ctx context.Context, tx *db.Tx, c Choice) error {
	for _, year := range []int{d.year(), d.year() + 1} { // New Year's greeting is prepared in December
		list, err := d.list(ctx, tx, c.Country, year)
		if err != nil {
			return err
		}
		on := DayOf(list, c)
		if on == "" {
			if err := d.missing(ctx, tx, c, year); err != nil {
				return err
			}
			continue
		}
		if !Asks(on, d.today) {
			continue
		}
		if err := d.make(ctx, tx, c, on, year); err != nil {
			return err
		}
	}
	return nil
}

// missing asks once for the date of an occasion in a year: of this one, and of the next
// from December on.
func (d day) missing(ctx context.Context, tx *db.Tx, c Choice, year int) error {
	if year > d.year() && string(d.today)[5:7] != "12" {
		return nil
	}
	doer, err := leader(ctx, tx)
	if err != nil || doer == "" {
		return err
	}
	l := locale.For("id", d.agency.Zone)
	_, _, err = task.Give(ctx, tx, access.System(), task.NewTask{Title: l.T("rapport.task.date", "occasion", c.Occasion, "country", c.Country, "year", strconv.Itoa(year)), DoerID: doer, Minutes: 10,
		DueAt: tx.Now().Add(7 * 24 * time.Hour), Origin: "occasion:" + c.Country + ":" + c.Occasion + ":" + strconv.Itoa(year)})
	return unlessAway(err)
}

// unlessAway lets a task that cannot be given now be given on another day: the doer is on
// leave then.
func unlessAway(err error) error {
	if err != nil && isAway(err) {
		return nil
	}
	return err
}

// make writes a greeting unless there is one for the year, and gives the task of its
// occasion. A contact who left, or who wants no messages, gets none.
func (d day) make(ctx context.Context, tx *db.Tx, c Choice, on worktime.Date, year int) error {
	contact, err := client.LoadContact(ctx, tx, c.ContactID)
	if err != nil || !contact.LeftAt.IsZero() {
		return err
	}
	if stopped, err := message.Unwanted(ctx, tx, contact.To()); err != nil || stopped {
		return err
	}
	of, err := client.LoadClient(ctx, tx, contact.ClientID)
	if err != nil {
		return err
	}
	doer, err := servedBy(ctx, tx, contact.ClientID)
	if err != nil || doer.ID == "" {
		return err
	}
	asked, err := complains(ctx, tx, contact.ClientID)
	if err != nil {
		return err
	}
	text, err := message.Words(ctx, tx, "greeting", contact.Lang, greetingVars(d.agency.Name, contact, of, doer.Name, d.named(c, contact.Lang, year)))
	if err != nil {
		return err
	}
	g := Greeting{ID: tx.NewID(), ContactID: contact.ID, ClientID: of.ID, Country: c.Country, Occasion: c.Occasion, Year: int64(year), On: on, DoerID: doer.ID, Lang: contact.Lang, Text: text, Asked: asked, MadeAt: tx.Now()}
	if _, err := insertGreeting(ctx, tx, g); err != nil || asked {
		return err
	}
	l := locale.For(doer.Lang, doer.Zone)
	_, _, err = task.Give(ctx, tx, access.System(), task.NewTask{Title: l.T("rapport.task.greet", "occasion", d.named(c, doer.Lang, year)), DoneMeans: l.T("rapport.task.greet.done"), DoerID: doer.ID, Minutes: 5,
		DueAt: on.In(zoneOf(doer.Zone)).Add(-time.Minute), About: task.About{Kind: "rapport", ID: "greetings"}, Origin: "greeting:" + c.Country + ":" + c.Occasion + ":" + strconv.Itoa(year) + ":" + doer.ID})
	return unlessAway(err)
}

func greetingVars(agency string, c client.Contact, of client.Client, sender, occasion string) map[string]string {
	first, _, _ := strings.Cut(c.Name, " ")
	from, _, _ := strings.Cut(sender, " ")
	return map[string]string{"name": first, "agency": agency, "sender": from, "occasion": occasion, "client": of.Name}
}

// named is an occasion in the reader's language.
func (d day) named(c Choice, lang string, year int) string {
	for _, n := range Occasions(d.lists[c.Country+strconv.Itoa(year)]) {
		if n.Occasion == c.Occasion && lang != "id" && n.NameEN != "" {
			return n.NameEN
		}
	}
	return c.Occasion
}

func zoneOf(name string) *time.Location {
	if z, err := worktime.Zone(name); err == nil {
		return z
	}
	return time.UTC
}

// endOld ends greetings whose day is over, and moves those whose day moved.
func (d day) endOld(ctx context.Context, tx *db.Tx) error {
	open, err := openGreetings(ctx, tx)
	for _, g := range open {
		list, err := d.list(ctx, tx, g.Country, int(g.Year))
		if err != nil {
			return err
		}
		on := DayOf(list, Choice{Country: g.Country, Occasion: g.Occasion})
		if on == g.On && !d.today.After(g.On) {
			continue
		}
		if on != "" {
			g.On = on
		}
		if d.today.After(g.On) || on == "" {
			g.EndedAt = tx.Now()
		}
		if err := saveGreeting(ctx, tx, g); err != nil {
			return err
		}
	}
	return err
}

// complains tells whether a complaint of a client is open and young.
func complains(ctx context.Context, tx *db.Tx, clientID string) (bool, error) {
	issues, err := client.ListIssues(ctx, tx, clientID)
	for _, i := range issues {
		if i.Open() && Young(i.OpenedAt, tx.Now()) {
			return true, nil
		}
	}
	return false, err
}

// servedBy is the one account executive of a client: of its newest campaign that still
// has one, or else of nobody.
func servedBy(ctx context.Context, tx *db.Tx, clientID string) (access.Person, error) {
	list, err := campaign.ListCampaigns(ctx, tx, campaign.Filter{ClientID: clientID, Limit: 20})
	if err != nil {
		return access.Person{}, err
	}
	for _, c := range list {
		p, err := access.LoadPerson(ctx, tx, c.AEID)
		if err == nil && p.Active() {
			return p, nil
		}
	}
	return access.Person{}, nil
}
