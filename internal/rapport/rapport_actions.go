package rapport

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/message"
	"kolega/internal/talent"
	"kolega/internal/task"
	"kolega/internal/worktime"
)

// Service holds the use cases of keeping clients warm.
type Service struct{ db *db.DB }

// New makes the use cases.
func New(d *db.DB) *Service { return &Service{d} }

// Card is a greeting as it is looked over.
type Card struct {
	Greeting
	Contact client.Contact
	Client  string
	Name    string // of the occasion, in the reader's language
}

// Tip is a prompt as it is shown.
type Tip struct {
	Prompt
	Contact client.Contact
	Client  string
	Talent  string
	Text    string // prepared for the contact; "" when a value is missing
}

// Due is something of which is asked what came of it.
type Due struct {
	ID     string
	Kind   string // "greeting", KindTalent or KindNext
	Client string
	What   string
	SentAt time.Time
}

// Board is all that waits.
type Board struct {
	Greetings []Card
	Talents   []Tip
	Next      []Tip
	Results   []Due
}

// Board lists what waits: of one person, or of all for those who lead.
func (s *Service) Board(ctx context.Context, actor access.Actor) (b Board, err error) {
	if err := actor.Require("rapport.see", access.Owner{}); err != nil {
		return b, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		b = Board{}
		ours := func(doer string) bool { return doer == actor.ID || task.Leads(actor) }
		if err := b.greetings(ctx, tx, actor, ours); err != nil {
			return err
		}
		if err := b.tips(ctx, tx, actor, ours); err != nil {
			return err
		}
		return b.results(ctx, tx, ours)
	})
	return b, err
}

func (b *Board) greetings(ctx context.Context, tx *db.Tx, actor access.Actor, ours func(string) bool) error {
	open, err := openGreetings(ctx, tx)
	if err != nil {
		return err
	}
	d := day{lists: map[string][]worktime.Holiday{}}
	for _, g := range open {
		if !ours(g.DoerID) {
			continue
		}
		if _, err := d.list(ctx, tx, g.Country, int(g.Year)); err != nil {
			return err
		}
		contact, err := client.LoadContact(ctx, tx, g.ContactID)
		if err != nil {
			return err
		}
		if !contact.LeftAt.IsZero() {
			continue
		}
		name, err := clientName(ctx, tx, g.ClientID)
		if err != nil {
			return err
		}
		b.Greetings = append(b.Greetings, Card{Greeting: g, Contact: contact, Client: name, Name: d.named(Choice{Country: g.Country, Occasion: g.Occasion}, actor.Lang, int(g.Year))})
	}
	return nil
}

func (b *Board) tips(ctx context.Context, tx *db.Tx, actor access.Actor, ours func(string) bool) error {
	open, err := promptsWhere(ctx, tx, `ended_at IS NULL`)
	if err != nil {
		return err
	}
	agency, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return err
	}
	for _, p := range open {
		if !ours(p.DoerID) {
			continue
		}
		t := Tip{Prompt: p}
		if t.Contact, err = client.LoadContact(ctx, tx, p.ContactID); err != nil {
			return err
		}
		if t.Client, err = clientName(ctx, tx, p.ClientID); err != nil {
			return err
		}
		if p.Kind == KindTalent {
			x, err := talent.LoadTalent(ctx, tx, p.TalentID)
			if err != nil {
				return err
			}
			t.Talent = x.Name
		}
		if t.Text, err = t.words(ctx, tx, actor, agency.Name); err != nil {
			return err
		}
		if p.Kind == KindTalent {
			b.Talents = append(b.Talents, t)
		} else {
			b.Next = append(b.Next, t)
		}
	}
	return nil
}

// words writes the message of a prompt in the contact's language.
func (t Tip) words(ctx context.Context, tx *db.Tx, actor access.Actor, agency string) (string, error) {
	kind := "next"
	if t.Kind == KindTalent {
		kind = "new-talent"
	}
	return message.Words(ctx, tx, kind, t.Contact.Lang, t.vars(actor.Name, agency))
}

func (t Tip) vars(sender, agency string) map[string]string {
	first, _, _ := strings.Cut(t.Contact.Name, " ")
	from, _, _ := strings.Cut(sender, " ")
	return map[string]string{"name": first, "agency": agency, "sender": from, "client": t.Client, "talent": t.Talent, "why": t.Why + ".", "campaign": t.Why}
}

func (b *Board) results(ctx context.Context, tx *db.Tx, ours func(string) bool) error {
	before := db.At(tx.Now().Add(-resultAfter * 24 * time.Hour))
	sent, err := greetingsWhere(ctx, tx, `sent_at <= $1 AND result = ''`, before)
	if err != nil {
		return err
	}
	for _, g := range sent {
		if !ours(g.DoerID) {
			continue
		}
		name, err := clientName(ctx, tx, g.ClientID)
		if err != nil {
			return err
		}
		b.Results = append(b.Results, Due{g.ID, "greeting", name, g.Occasion, g.SentAt})
	}
	told, err := promptsWhere(ctx, tx, `ended_at <= $1 AND outcome = 'sent' AND result = ''`, before)
	if err != nil {
		return err
	}
	for _, p := range told {
		if !ours(p.DoerID) {
			continue
		}
		name, err := clientName(ctx, tx, p.ClientID)
		if err != nil {
			return err
		}
		b.Results = append(b.Results, Due{p.ID, p.Kind, name, p.Why, p.EndedAt})
	}
	return nil
}

func clientName(ctx context.Context, tx *db.Tx, id string) (string, error) {
	c, err := client.LoadClient(ctx, tx, id)
	return c.Name, err
}

// Chosen gives the occasions that a contact can be greeted on, and those that are chosen.
func (s *Service) Chosen(ctx context.Context, actor access.Actor, contactID string) (c client.Contact, all []Named, chosen []Choice, err error) {
	if err := actor.Require("rapport.see", access.Owner{}); err != nil {
		return c, nil, nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if c, err = client.LoadContact(ctx, tx, contactID); err != nil {
			return err
		}
		if all, err = offered(ctx, tx, c); err != nil {
			return err
		}
		chosen, err = listChoices(ctx, tx, contactID)
		return err
	})
	return c, all, chosen, err
}

// offered are the occasions of the contact's country and of the client's, this year's
// and next year's.
func offered(ctx context.Context, tx *db.Tx, c client.Contact) (out []Named, err error) {
	of, err := client.LoadClient(ctx, tx, c.ClientID)
	if err != nil {
		return nil, err
	}
	year := tx.Now().Year()
	for _, code := range []string{of.Country, "ID", "PH"} {
		if slices.ContainsFunc(out, func(n Named) bool { return n.Country == code }) {
			continue
		}
		var list []worktime.Holiday
		for _, y := range []int{year, year + 1} {
			days, err := country.Holidays(ctx, tx, code, y)
			if err != nil {
				return nil, err
			}
			for _, h := range days {
				list = append(list, h.Holiday)
			}
		}
		out = append(out, Occasions(list)...)
	}
	return out, nil
}

// Choose keeps on which occasions a contact is greeted, "ID/Hari Raya Natal"; an empty
// list is none. Fault: rapport.occasion.
func (s *Service) Choose(ctx context.Context, actor access.Actor, contactID string, occasions []string) error {
	if err := actor.Require("rapport.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := client.LoadContact(ctx, tx, contactID)
		if err != nil {
			return err
		}
		all, err := offered(ctx, tx, c)
		if err != nil {
			return err
		}
		if err := dropChoices(ctx, tx, contactID); err != nil {
			return err
		}
		for _, o := range occasions {
			code, name, _ := strings.Cut(o, "/")
			if !slices.ContainsFunc(all, func(n Named) bool { return n.Country == code && n.Occasion == name }) {
				return ErrOccasion
			}
			if err := insertChoice(ctx, tx, Choice{contactID, code, name}, actor.Name); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "rapport.edit", Subject: "contact", ID: contactID, Client: c.ClientID, After: map[string]any{"occasions": len(occasions)}})
	})
}

// Text is a greeting with the words that it goes with.
type Text struct{ ID, Words string }

// SendGreetings sends the greetings that were looked over, each once; they can be taken
// back for ten seconds. It gives the batch. Faults: rapport.nobody, rapport.gone, those
// of message.Queue.
func (s *Service) SendGreetings(ctx context.Context, actor access.Actor, list []Text) (batch string, err error) {
	if err := actor.Require("rapport.edit", access.Owner{}); err != nil {
		return "", err
	}
	if len(list) == 0 {
		return "", ErrNobody
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		batch = tx.NewID()
		for _, t := range list {
			if err := send(ctx, tx, actor, t, batch); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "rapport.edit", Subject: "greetings", ID: batch, After: map[string]any{"sent": len(list)}})
	})
	return batch, err
}

func send(ctx context.Context, tx *db.Tx, actor access.Actor, t Text, batch string) error {
	g, err := loadGreeting(ctx, tx, t.ID)
	if err != nil {
		return err
	}
	if !g.SentAt.IsZero() || !g.EndedAt.IsZero() {
		return ErrGone
	}
	contact, err := client.LoadContact(ctx, tx, g.ContactID)
	if err != nil {
		return err
	}
	if !contact.LeftAt.IsZero() {
		return client.ErrLeft
	}
	agency, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return err
	}
	of, err := client.LoadClient(ctx, tx, g.ClientID)
	if err != nil {
		return err
	}
	day := g.On.In(zoneOf(contact.Zone))
	o, err := message.Queue(ctx, tx, actor, message.Letter{Origin: "greeting:" + g.ID + ":" + batch, To: contact.To(), Kind: "greeting", Subject: g.Occasion, Text: t.Words, Hold: message.HoldFor, Offer: true,
		Before: day.Add(20 * time.Hour), Vars: greetingVars(agency.Name, contact, of, actor.Name, g.Occasion)})
	if errors.Is(err, message.ErrStopped) { // meanwhile: the others go all the same
		g.EndedAt = tx.Now()
		return saveGreeting(ctx, tx, g)
	}
	if err != nil {
		return err
	}
	g.Text, g.OutID, g.BatchID, g.SentAt, g.SentBy = o.Text, o.ID, batch, tx.Now(), actor.Name
	return saveGreeting(ctx, tx, g)
}

// TakeBack stops the greetings of a batch that did not go yet. It tells how many.
// Fault: rapport.late when all went.
func (s *Service) TakeBack(ctx context.Context, actor access.Actor, batch string) (n int, err error) {
	if err := actor.Require("rapport.edit", access.Owner{}); err != nil {
		return 0, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		n = 0
		list, err := greetingsWhere(ctx, tx, `batch_id = $1 AND batch_id <> ''`, batch)
		if err != nil {
			return err
		}
		for _, g := range list {
			stopped, err := message.Recall(ctx, tx, actor, g.OutID)
			if err != nil {
				return err
			}
			if !stopped {
				continue
			}
			n++
			g.SentAt, g.SentBy, g.OutID, g.BatchID = time.Time{}, "", "", ""
			if err := saveGreeting(ctx, tx, g); err != nil {
				return err
			}
		}
		if n == 0 {
			return ErrLate
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "rapport.edit", Subject: "greetings", ID: batch, Reason: "taken back", After: map[string]any{"back": strconv.Itoa(n)}})
	})
	return n, err
}

// DropGreeting ends a greeting that is not to go this year. Fault: rapport.gone.
func (s *Service) DropGreeting(ctx context.Context, actor access.Actor, id string) error {
	if err := actor.Require("rapport.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		g, err := loadGreeting(ctx, tx, id)
		if err != nil {
			return err
		}
		if !g.SentAt.IsZero() || !g.EndedAt.IsZero() {
			return ErrGone
		}
		g.EndedAt = tx.Now()
		if err := saveGreeting(ctx, tx, g); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "rapport.edit", Subject: "greeting", ID: id, Client: g.ClientID, Reason: "dropped"})
	})
}

// SendPrompt sends the words of a prompt, looked over. Faults: rapport.gone, those of
// message.Queue.
func (s *Service) SendPrompt(ctx context.Context, actor access.Actor, id, words string) (outID string, err error) {
	err = s.endPrompt(ctx, actor, id, "sent", func(tx *db.Tx, p *Prompt) error {
		contact, err := client.LoadContact(ctx, tx, p.ContactID)
		if err != nil {
			return err
		}
		o, err := message.Queue(ctx, tx, actor, message.Letter{Origin: "prompt:" + p.ID, To: contact.To(), Kind: map[string]string{KindTalent: "new-talent", KindNext: "next"}[p.Kind], Text: words, Hold: message.HoldFor, Offer: true})
		p.OutID, outID = o.ID, o.ID
		return err
	})
	return outID, err
}

// Dismiss ends a prompt; it does not come back for the pair. Fault: rapport.gone.
func (s *Service) Dismiss(ctx context.Context, actor access.Actor, id string) error {
	return s.endPrompt(ctx, actor, id, "dismissed", func(*db.Tx, *Prompt) error { return nil })
}

func (s *Service) endPrompt(ctx context.Context, actor access.Actor, id, outcome string, do func(*db.Tx, *Prompt) error) error {
	if err := actor.Require("rapport.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := loadPrompt(ctx, tx, id)
		if err != nil {
			return err
		}
		if !p.EndedAt.IsZero() {
			return ErrGone
		}
		if err := do(tx, &p); err != nil {
			return err
		}
		p.EndedAt, p.Outcome, p.EndedBy = tx.Now(), outcome, actor.Name
		if err := savePrompt(ctx, tx, p); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "rapport.edit", Subject: "prompt", ID: id, Client: p.ClientID, After: map[string]string{"kind": p.Kind, "outcome": outcome}})
	})
}

// Say keeps what came of a greeting or a prompt, a month later. Faults: rapport.result,
// rapport.gone.
func (s *Service) Say(ctx context.Context, actor access.Actor, kind, id, result string) error {
	if err := actor.Require("rapport.edit", access.Owner{}); err != nil {
		return err
	}
	if !slices.Contains(Results(), result) {
		return ErrResult
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		var clientID string
		if kind == "greeting" {
			g, err := loadGreeting(ctx, tx, id)
			if err != nil {
				return err
			}
			if g.Result != "" || !ResultDue(g.SentAt, tx.Now()) {
				return ErrGone
			}
			g.Result, g.ResultAt, clientID = result, tx.Now(), g.ClientID
			if err := saveGreeting(ctx, tx, g); err != nil {
				return err
			}
		} else {
			p, err := loadPrompt(ctx, tx, id)
			if err != nil {
				return err
			}
			if p.Result != "" || p.Outcome != "sent" || !ResultDue(p.EndedAt, tx.Now()) {
				return ErrGone
			}
			p.Result, p.ResultAt, clientID = result, tx.Now(), p.ClientID
			if err := savePrompt(ctx, tx, p); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "rapport.edit", Subject: kind, ID: id, Client: clientID, After: map[string]string{"result": result}})
	})
}
