package message

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/mail"
	"kolega/internal/secret"
)

// Cloud is what can be asked of one phone number at WhatsApp's Cloud API. Every call
// is bounded by who implements it. Send never fails: what cannot be understood is Unsure.
type Cloud interface {
	Send(ctx context.Context, p Parcel) Answer
	Upload(ctx context.Context, f File, data []byte) (id string, a Answer)
	Download(ctx context.Context, mediaID string) (data []byte, kind string, err error)
	Templates(ctx context.Context) ([]Approved, error)
	Propose(ctx context.Context, t Approved) (Approved, error)
	Try(ctx context.Context) Answer
}

// Ways are how messages leave the house.
type Ways struct {
	Box  *secret.Box
	Blob blob.Store
	// OpenWhatsApp gives the way to a phone number.
	OpenWhatsApp func(s Settings, token secret.Hidden) (Cloud, error)
	// ReadWhatsApp proves a call by its signature and reads it.
	ReadWhatsApp func(body []byte, signature string, secret secret.Hidden) (Event, error)
	Sandbox      bool // a stand-in is served, so that its mode may be chosen

	mu   sync.Mutex
	kept map[string]openedWay
}

type openedWay struct {
	version int64
	w       Cloud
}

// Connect gives the service its ways out; without them messages are sent by hand only.
func (s *Service) Connect(w *Ways) { s.ways = w }

// SandboxServed says whether the stand-in may be chosen.
func (s *Service) SandboxServed() bool { return s.ways != nil && s.ways.Sandbox }

func sealedFor(channel, what string) string { return "message-channel/" + channel + "/" + what }

// proofs are what calls of WhatsApp are proved by.
type proofs struct{ App, Verify string }

// EditChannel is a channel as typed. Empty secrets leave those that are kept.
type EditChannel struct {
	ID       string
	Settings Settings
	Secret   string // password or token
	Proof    string // the app's secret
	Active   bool
	Version  int64 // 0 for a new one
}

// SaveChannel keeps how a channel is reached, its secrets sealed. Faults: message.*,
// conflict.changed.
func (s *Service) SaveChannel(ctx context.Context, actor access.Actor, in EditChannel) error {
	if err := actor.Require("message.connect", access.Owner{}); err != nil {
		return err
	}
	if s.ways == nil || in.ID != ByEmail && in.ID != ByWhatsApp {
		return ErrChannelID
	}
	f := in.Settings.tidy(in.ID, s.ways.Sandbox)
	if in.ID == ByEmail && !mail.Valid(in.Settings.From) {
		f["from"] = ErrFrom.Code
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := loadChannel(ctx, tx, in.ID)
		if err != nil && !errors.Is(err, db.ErrNotFound) {
			return err
		}
		c.ID, c.Settings, c.Active, c.Version, c.ChangedAt, c.ChangedName = in.ID, in.Settings, in.Active, in.Version, tx.Now(), actor.Name
		if err := s.sealInto(&c, strings.TrimSpace(in.Secret), strings.TrimSpace(in.Proof)); err != nil {
			return err
		}
		if c.ID == ByWhatsApp && c.secretSealed == "" {
			f["secret"] = "message.secret"
		}
		if c.ID == ByWhatsApp && c.proofSealed == "" {
			f["proof"] = "message.secret"
		}
		if err := f.Err(); err != nil {
			return err
		}
		if err := putChannel(ctx, tx, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "message.connect", Subject: "message-channel", ID: c.ID,
			After: map[string]any{"active": c.Active, "host": c.Settings.Host, "number": c.Settings.NumberID, "new_secret": in.Secret != "", "new_proof": in.Proof != ""}})
	})
}

func (s *Service) sealInto(c *Channel, key, proof string) (err error) {
	if key != "" {
		if c.secretSealed, err = s.ways.Box.Seal(key, sealedFor(c.ID, "secret")); err != nil {
			return err
		}
		c.SecretEnd = strings.TrimLeft(secret.Hide(key).Tail(4), "*")
	}
	if proof == "" {
		return nil
	}
	p, err := s.proofs(*c)
	if err != nil {
		return err
	}
	if p.App = proof; p.Verify == "" {
		p.Verify, _ = secret.NewToken()
	}
	b, err := json.Marshal(p)
	if err != nil {
		return err
	}
	c.proofSealed, err = s.ways.Box.Seal(string(b), sealedFor(c.ID, "proof"))
	return err
}

func (s *Service) proofs(c Channel) (p proofs, err error) {
	if c.proofSealed == "" {
		return p, nil
	}
	text, err := s.ways.Box.Unseal(c.proofSealed, sealedFor(c.ID, "proof"))
	if err == nil {
		err = json.Unmarshal([]byte(text), &p)
	}
	return p, err
}

// Channels lists the ways out and what the app has to be told, for who connects them.
func (s *Service) Channels(ctx context.Context, actor access.Actor) (list []Channel, verify string, err error) {
	if err := actor.Require("message.connect", access.Owner{}); err != nil {
		return nil, "", err
	}
	if err := s.db.Read(ctx, func(tx *db.Tx) error { list, err = listChannels(ctx, tx); return err }); err != nil {
		return nil, "", err
	}
	for _, c := range list {
		if c.ID == ByWhatsApp && s.ways != nil {
			p, err := s.proofs(c)
			if err != nil {
				return nil, "", err
			}
			verify = p.Verify
		}
	}
	return list, verify, nil
}

// TestChannel signs in and sends nothing; what came of it is kept.
func (s *Service) TestChannel(ctx context.Context, actor access.Actor, id string) (code string, err error) {
	if err := actor.Require("message.connect", access.Owner{}); err != nil {
		return "", err
	}
	var c Channel
	if err := s.db.Read(ctx, func(tx *db.Tx) error { c, err = loadChannel(ctx, tx, id); return err }); err != nil {
		return "", err
	}
	if id == ByEmail {
		server, err := s.server(c)
		if err != nil {
			return "", err
		}
		if out := server.Try(ctx); out.State != mail.Taken {
			code = map[mail.State]string{mail.SignIn: "sign-in"}[out.State]
			if code == "" {
				code = "unreached"
			}
		}
	} else {
		w, err := s.open(c)
		if err != nil {
			return "", err
		}
		code = w.Try(ctx).Reason
	}
	return code, s.db.Write(ctx, func(tx *db.Tx) error {
		if err := keepTest(ctx, tx, id, code); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "message.connect", Subject: "message-channel", ID: id, After: map[string]any{"tested": code == "", "code": code}})
	})
}

// open gives the way to WhatsApp; one is kept for as long as the channel is not changed.
func (s *Service) open(c Channel) (Cloud, error) {
	w := s.ways
	if w == nil || w.OpenWhatsApp == nil {
		return nil, ErrNoChannel
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if k, ok := w.kept[c.ID]; ok && k.version == c.Version {
		return k.w, nil
	}
	token, err := w.Box.Unseal(c.secretSealed, sealedFor(c.ID, "secret"))
	if err != nil {
		return nil, err
	}
	way, err := w.OpenWhatsApp(c.Settings, secret.Hide(token))
	if err != nil {
		return nil, err
	}
	if w.kept == nil {
		w.kept = map[string]openedWay{}
	}
	w.kept[c.ID] = openedWay{c.Version, way}
	return way, nil
}

// server gives the mail server of a channel.
func (s *Service) server(c Channel) (mail.Server, error) {
	out := mail.Server{Host: c.Settings.Host, Port: c.Settings.Port, User: c.Settings.User}
	if s.ways == nil {
		return out, ErrNoChannel
	}
	if c.secretSealed == "" {
		return out, nil
	}
	password, err := s.ways.Box.Unseal(c.secretSealed, sealedFor(c.ID, "secret"))
	out.Password = secret.Hide(password)
	return out, err
}
