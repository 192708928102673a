package message

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/secret"
)

// eventCame says that WhatsApp called.
type eventCame struct{ Key string }

// Kind names the job.
func (eventCame) Kind() string { return "message.event-came" }

// mediaDue says that a file of a line is to be fetched.
type mediaDue struct{ LineID string }

// Kind names the job.
func (mediaDue) Kind() string { return "message.media-due" }

// templatesDue says that the states of templates are to be asked for.
type templatesDue struct{}

// Kind names the job.
func (templatesDue) Kind() string { return "message.templates-due" }

// Callback takes a call of WhatsApp's: proved by its signature over the raw body, kept
// once, worked off later. Faults: message.signature, message.event, not-found without a
// channel.
func (s *Service) Callback(ctx context.Context, body []byte, signature string) error {
	c, p, err := s.channelProofs(ctx)
	if err != nil {
		return err
	}
	event, err := s.ways.ReadWhatsApp(body, signature, secret.Hide(p.App))
	if err != nil {
		return err
	}
	if !c.Active {
		return nil // switched off: known to be theirs, and not wanted
	}
	text, err := json.Marshal(event)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	key := hex.EncodeToString(sum[:])
	return s.db.Write(ctx, func(tx *db.Tx) error {
		fresh, err := keepEvent(ctx, tx, key, string(text))
		if err != nil || !fresh {
			return err
		}
		return job.Enqueue(ctx, tx, eventCame{key})
	})
}

// Subscribe answers WhatsApp's question whether the address is ours: the challenge, when
// the token is the one we gave it. Fault: message.signature.
func (s *Service) Subscribe(ctx context.Context, token, challenge string) (string, error) {
	_, p, err := s.channelProofs(ctx)
	if err != nil {
		return "", err
	}
	if p.Verify == "" || !same(token, p.Verify) {
		return "", ErrSignature
	}
	return challenge, nil
}

func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return bytes.Equal(x[:], y[:]) // of digests: its time tells nothing of the token
}

func (s *Service) channelProofs(ctx context.Context) (c Channel, p proofs, err error) {
	if s.ways == nil || s.ways.ReadWhatsApp == nil {
		return c, p, ErrChannelID
	}
	if err := s.db.Read(ctx, func(tx *db.Tx) error { c, err = loadChannel(ctx, tx, ByWhatsApp); return err }); err != nil {
		return c, p, err
	}
	p, err = s.proofs(c)
	return c, p, err
}

// eventCame works a call off: statuses move messages on, what came in is kept once.
func (s *Service) eventCame(ctx context.Context, e eventCame) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		text, done, err := loadEvent(ctx, tx, e.Key)
		if err != nil || done {
			return err
		}
		var event Event
		if err := json.Unmarshal([]byte(text), &event); err != nil {
			return err
		}
		event.place(tx.Now())
		for _, in := range event.Incoming {
			if err := s.takeIn(ctx, tx, in); err != nil {
				return err
			}
		}
		for _, st := range event.Statuses {
			if err := takeStatus(ctx, tx, st); err != nil {
				return err
			}
		}
		for _, n := range event.Templates {
			if err := keepTemplateState(ctx, tx, n); err != nil {
				return err
			}
		}
		if len(event.Statuses) > 0 {
			if err := keepTold(ctx, tx); err != nil {
				return err
			}
		}
		if err := dropEvents(ctx, tx, tx.Now().Add(-eventKept)); err != nil {
			return err
		}
		return endEvent(ctx, tx, e.Key)
	})
}

// takeStatus moves a message on: the one with WhatsApp's id or with ours. One that no
// message has yet is kept until its own answer comes.
func takeStatus(ctx context.Context, tx *db.Tx, st Status) error {
	if fresh, err := keepStatus(ctx, tx, st); err != nil || !fresh {
		return err
	}
	o, err := outByRef(ctx, tx, st.Ref)
	if errors.Is(err, db.ErrNotFound) && st.OutID != "" {
		o, err = LoadOutgoing(ctx, tx, st.OutID)
		if err == nil && o.Ref != "" && o.Ref != st.Ref {
			return nil // of an earlier attempt: the newer one speaks for the message
		}
	}
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	before := o.State
	if !o.hear(st) {
		return nil
	}
	return settleFailure(ctx, tx, o, before, st)
}

// settleFailure saves a message after a status; a failure that only says that the
// window is closed lets it go again as a template, and one that says that the person
// wants no more ends the conversation's messages.
func settleFailure(ctx context.Context, tx *db.Tx, o Outgoing, before OutState, st Status) error {
	var e Effect
	if o.State == Failed {
		o.State = before
		verdict := Refused
		switch st.Code {
		case "window":
			verdict = NoWindow
		case "opted-out":
			verdict = OptedOut
		case "no-whatsapp":
			verdict = BadAddress
		}
		t, err := LoadThread(ctx, tx, o.ThreadID)
		if err != nil {
			return err
		}
		ref, err := templateFor(ctx, tx, access.Role(t.Party), o)
		if err != nil {
			return err
		}
		e = o.Take(Answer{Verdict: verdict, Reason: st.Code, Detail: st.Detail}, st.At, ref != nil)
		if e.Retry {
			o.Ref, o.DueAt = "", tx.Now()
		}
	}
	if err := saveOut(ctx, tx, o); err != nil {
		return err
	}
	return effect(ctx, tx, o, e)
}

// takeIn keeps a message that came in. One that is kept already changes nothing.
func (s *Service) takeIn(ctx context.Context, tx *db.Tx, in Incoming) error {
	t, err := s.threadOf(ctx, tx, in)
	if err != nil {
		return err
	}
	l := Line{ID: tx.NewID(), ThreadID: t.ID, At: in.At, KeptAt: tx.Now(), Text: in.Text, ByName: t.Name, Ref: in.Ref, Answers: in.Answers, Media: in.Media}
	fresh, err := insertLine(ctx, tx, l)
	if err != nil || !fresh {
		return err
	}
	t.heard(in)
	if in.NewID != "" {
		t.Phone = in.NewID
	}
	if answered, err := answeredAfter(ctx, tx, t.ID, in.At); err != nil {
		return err
	} else if answered {
		t.WaitingSince = time.Time{} // it came late: we wrote since
	}
	if err := saveThread(ctx, tx, t); err != nil {
		return err
	}
	if in.Media != nil && in.Media.ID != "" {
		return job.Enqueue(ctx, tx, mediaDue{l.ID})
	}
	return nil
}

// threadOf finds the conversation of who wrote: by WhatsApp's id of the person first,
// then by the phone; or begins it.
func (s *Service) threadOf(ctx context.Context, tx *db.Tx, in Incoming) (t Thread, err error) {
	if in.BSUID != "" {
		if t, err = threadAt(ctx, tx, "bsuid", in.BSUID); !errors.Is(err, db.ErrNotFound) {
			return t, err
		}
	}
	if in.Phone != "" {
		t, err = threadAt(ctx, tx, "phone", in.Phone)
		if err == nil && in.BSUID != "" {
			t.BSUID = in.BSUID // saved with the message
		}
		if !errors.Is(err, db.ErrNotFound) {
			return t, err
		}
	}
	agency, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return t, err
	}
	token, _ := secret.NewToken()
	t = Thread{ID: tx.NewID(), Channel: ByWhatsApp, Phone: in.Phone, BSUID: in.BSUID, Name: in.Name, Lang: "id", Zone: agency.Zone, LastAt: in.At, stopToken: token, Version: 1}
	for _, know := range s.who {
		who, known, err := know(ctx, tx, in.Phone)
		if err != nil {
			return t, err
		}
		if known && in.Phone != "" {
			t.Party, t.PersonID, t.ClientID, t.Name, t.Lang, t.Zone = string(who.Party), who.ID, who.ClientID, who.Name, who.Lang, who.Zone
			break
		}
	}
	return t, insertThread(ctx, tx, t)
}

// mediaDue fetches a file that came with a message into the file store.
func (s *Service) mediaDue(ctx context.Context, e mediaDue) error {
	var l Line
	var c Channel
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if l, err = loadLine(ctx, tx, e.LineID); err != nil {
			return err
		}
		c, err = loadChannel(ctx, tx, ByWhatsApp)
		return err
	})
	if errors.Is(err, db.ErrNotFound) || err == nil && (l.Media == nil || l.Media.SHA != "") {
		return nil
	}
	if err != nil {
		return err
	}
	m, err := s.fetch(ctx, c, *l.Media, s.db.Now().Sub(l.KeptAt))
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error { return saveMedia(ctx, tx, l.ID, &m) })
}

// mediaLives is how long WhatsApp keeps a file that came in.
const mediaLives = 7 * 24 * time.Hour

// fetch gets a file. One that is not there any more, or is too large, says so.
func (s *Service) fetch(ctx context.Context, c Channel, m Media, age time.Duration) (Media, error) {
	w, err := s.open(c)
	if err != nil {
		return m, err
	}
	data, kind, err := w.Download(ctx, m.ID)
	if err != nil {
		if age < mediaLives && !errors.Is(err, ErrMediaGone) {
			return m, err
		}
		m.Code = "media"
		return m, nil
	}
	ref, err := s.ways.Blob.Put(ctx, bytes.NewReader(data))
	m.SHA, m.Size = ref.SHA256, ref.Size
	if m.Type == "" {
		m.Type = kind
	}
	return m, err
}

// templatesDue asks WhatsApp for the states of the agency's templates.
func (s *Service) templatesDue(ctx context.Context, _ templatesDue) error {
	var c Channel
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) { c, err = loadChannel(ctx, tx, ByWhatsApp); return err })
	if errors.Is(err, db.ErrNotFound) || err == nil && !c.Works() {
		return nil
	}
	if err != nil {
		return err
	}
	w, err := s.open(c)
	if err != nil {
		return err
	}
	all, err := w.Templates(ctx)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		for _, a := range all {
			if err := keepTemplateState(ctx, tx, TemplateNews{a.Name, a.Lang, a.State, a.Reason}); err != nil {
				return err
			}
		}
		return nil
	})
}
