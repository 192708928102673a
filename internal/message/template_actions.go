package message

import (
	"context"
	"errors"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/locale"
)

// Standard is the program's own text of a kind, with its variables in braces; "" for no
// kind.
func Standard(party access.Role, kind, lang string) string {
	key := "message." + string(party) + "." + kind
	if _, care := careKinds[kind]; care {
		key = "message.care." + kind
	}
	l := locale.For(lang, "")
	if !l.Has(key) {
		return ""
	}
	var braces []any
	for _, v := range Variables(party, kind) {
		braces = append(braces, v, "{"+v+"}")
	}
	return l.T(key, braces...)
}

// ownWords are the agency's own words for a kind; "" when it has none.
func ownWords(ctx context.Context, tx *db.Tx, party access.Role, kind, lang string) (string, error) {
	t, err := loadTemplate(ctx, tx, party, kind, lang)
	if errors.Is(err, db.ErrNotFound) {
		return "", nil
	}
	return t.Text, err
}

// Words writes a message of a kind that has no room link, in the agency's own words or
// the program's: a step in a change of a higher slice. Faults: message.kind,
// message.missing with the names of what is missing.
func Words(ctx context.Context, tx *db.Tx, kind, lang string, vars map[string]string) (string, error) {
	text, err := ownWords(ctx, tx, access.Client, kind, lang)
	if err != nil {
		return "", err
	}
	if text == "" {
		text = Standard(access.Client, kind, lang)
	}
	if text == "" {
		return "", ErrKind
	}
	return Fill(text, vars)
}

// Templates lists the texts of every kind for a party in a language: the agency's own,
// or the program's.
func (s *Service) Templates(ctx context.Context, actor access.Actor) (out []Template, err error) {
	if err := actor.Require("message.see", access.Owner{}); err != nil {
		return nil, err
	}
	own := map[string]Template{}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := listTemplates(ctx, tx)
		for _, t := range list {
			own[string(t.Party)+t.Kind+t.Lang] = t
		}
		return err
	})
	for _, party := range []access.Role{access.Client, access.Talent} {
		kinds := Kinds(party)
		if party == access.Client {
			kinds = append(kinds, CareKinds()...)
		}
		for _, kind := range kinds {
			for _, lang := range langs {
				t, ok := own[string(party)+kind+lang]
				if !ok {
					t = Template{Party: party, Kind: kind, Lang: lang, Text: Standard(party, kind, lang)}
				}
				out = append(out, t)
			}
		}
	}
	return out, err
}

// Template gives one text. Fault: message.kind.
func (s *Service) Template(ctx context.Context, actor access.Actor, party access.Role, kind, lang string) (Template, error) {
	all, err := s.Templates(ctx, actor)
	if err != nil {
		return Template{}, err
	}
	for _, t := range all {
		if t.Party == party && t.Kind == kind && t.Lang == lang {
			return t, nil
		}
	}
	return Template{}, ErrKind
}

// SaveTemplate keeps the agency's own words. Changed words are no longer what WhatsApp
// approved. Faults: message.kind, message.template-text, message.unknown-variable with
// the names, message.needs-link, message.wa-name, message.wa-shape, conflict.changed.
func (s *Service) SaveTemplate(ctx context.Context, actor access.Actor, t Template) error {
	if err := actor.Require("message.template", access.Owner{}); err != nil {
		return err
	}
	if err := t.check(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := loadTemplate(ctx, tx, t.Party, t.Kind, t.Lang)
		if err != nil && !errors.Is(err, db.ErrNotFound) {
			return err
		}
		if before.Text == t.Text && before.WAName == t.WAName {
			t.WAState, t.WAReason = before.WAState, before.WAReason
		}
		t.ChangedAt, t.ChangedName = tx.Now(), actor.Name
		if err := putTemplate(ctx, tx, t); err != nil {
			return err
		}
		if t.WAName != "" && t.WAState == "" {
			if err := job.Enqueue(ctx, tx, templatesDue{}); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "message.template", Subject: "template", ID: string(t.Party) + "." + t.Kind + "." + t.Lang,
			Before: before.Text, After: t.Text})
	})
}

// RestoreTemplate goes back to the program's own words. Fault: conflict.changed.
func (s *Service) RestoreTemplate(ctx context.Context, actor access.Actor, t Template) error {
	if err := actor.Require("message.template", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := dropTemplate(ctx, tx, t); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "message.template", Subject: "template", ID: string(t.Party) + "." + t.Kind + "." + t.Lang, Reason: "restored"})
	})
}

// Propose gives a template to WhatsApp for approval. Faults: message.wa-name without a
// name for it, message.wa-shape, message.no-channel.
func (s *Service) Propose(ctx context.Context, actor access.Actor, party access.Role, kind, lang string) error {
	if err := actor.Require("message.template", access.Owner{}); err != nil {
		return err
	}
	var t Template
	var c Channel
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if t, err = loadTemplate(ctx, tx, party, kind, lang); err != nil {
			return err
		}
		c, err = loadChannel(ctx, tx, ByWhatsApp)
		return err
	})
	switch {
	case errors.Is(err, db.ErrNotFound) || err == nil && !c.Works():
		return ErrNoChannel
	case err != nil:
		return err
	case t.WAName == "":
		return ErrWAName
	}
	w, err := s.open(c)
	if err != nil {
		return err
	}
	said, err := w.Propose(ctx, Approved{Name: t.WAName, Lang: t.Lang, Body: t.Numbered(), Count: len(t.WAVars), State: categoryOf(kind)})
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := keepTemplateState(ctx, tx, TemplateNews{t.WAName, t.Lang, said.State, said.Reason}); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "message.template", Subject: "template", ID: string(party) + "." + kind + "." + lang, After: map[string]string{"whatsapp": said.State}})
	})
}

// categoryOf is WhatsApp's category of a kind: greetings and prompts are advertising.
func categoryOf(kind string) string {
	if _, care := careKinds[kind]; care {
		return "MARKETING"
	}
	return "UTILITY"
}
