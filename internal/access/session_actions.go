package access

import (
	"context"
	"errors"
	"sync"
	"time"

	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/secret"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// SignIn is what the sign-in form sends. Code is asked for when the person has
// a second factor.
type SignIn struct{ Email, Password, Code, Agent, Address string }

// decoy is checked when there is no such person, so that both answers take the
// same time.
var decoy = sync.OnceValues(func() (string, error) {
	return secret.HashPassword(context.Background(), "nobody has this password")
})

// SignIn opens a session and gives its secret. Wrong e-mail and wrong password
// are one answer (signin.wrong); a missing or wrong second factor is signin.code;
// after eight failures the person is locked for a quarter of an hour.
func (s *Service) SignIn(ctx context.Context, in SignIn) (token string, p Person, err error) {
	email := foldEmail(in.Email)
	err = s.db.Read(ctx, func(tx *db.Tx) error { p, err = loadPersonByEmail(ctx, tx, email); return err })
	if errors.Is(err, db.ErrNotFound) {
		if hash, err := decoy(); err == nil {
			_, _ = secret.CheckPassword(ctx, hash, in.Password)
		}
		return "", p, ErrSignIn
	}
	if err != nil {
		return "", p, err
	}
	verdict := s.judge(ctx, p, in)
	token, hash := secret.NewToken()
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if p, err = LoadPerson(ctx, tx, p.ID); err != nil {
			return err
		}
		if !p.lockedUntil.IsZero() && p.lockedUntil.After(tx.Now()) {
			verdict = ErrLocked
			return nil
		}
		if verdict != nil {
			p.afterFailure(tx.Now())
			return savePerson(ctx, tx, p)
		}
		if p.failedTries > 0 {
			p.failedTries = 0
			if err := savePerson(ctx, tx, p); err != nil {
				return err
			}
		}
		n := Session{ID: tx.NewID(), PersonID: p.ID, MadeAt: tx.Now(), ExpiresAt: tx.Now().Add(sessionFor), Agent: in.Agent, Address: in.Address}
		if err := insertSession(ctx, tx, hash, n); err != nil {
			return err
		}
		return audit.Record(ctx, tx, p.Actor("web").Who, audit.Entry{Verb: "access.self", Subject: "session", ID: n.ID})
	})
	if err == nil {
		err = verdict
	}
	if err != nil {
		return "", p, err
	}
	return token, p, nil
}

// judge checks password, second factor and standing, outside any transaction
// because the password hash is slow by design.
func (s *Service) judge(ctx context.Context, p Person, in SignIn) error {
	right, err := secret.CheckPassword(ctx, p.password, in.Password)
	if err != nil {
		return err
	}
	if !right || !p.Active() {
		return ErrSignIn
	}
	if p.totp == "" {
		return nil
	}
	key, err := s.box.Unseal(p.totp, p.ID)
	if err != nil {
		return err
	}
	if !s.validCode(in.Code, key) {
		return ErrCode
	}
	return nil
}

func (s *Service) validCode(code, key string) bool {
	ok, err := totp.ValidateCustom(code, key, s.db.Now(), totp.ValidateOpts{Period: 30, Skew: 1, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	return err == nil && ok
}

// Recognise gives the person whose session the secret opens.
func (s *Service) Recognise(ctx context.Context, token string) (Actor, string, error) {
	hash := secret.Hash(token)
	in, err := s.sessions.get(hash, func() (in signedIn, err error) {
		err = s.db.Read(ctx, func(tx *db.Tx) error { in.session, in.person, err = loadSession(ctx, tx, hash); return err })
		return in, err
	})
	if err == nil && !in.session.ExpiresAt.After(s.db.Now()) {
		err = ErrUnauthenticated
	}
	if err != nil {
		return Actor{}, "", err
	}
	if stale(in.session, s.db.Now()) {
		_ = s.db.Write(ctx, func(tx *db.Tx) error { return touchSession(ctx, tx, in.session.ID) })
		s.sessions.forget(hash)
	}
	return in.person.Actor("web"), in.session.ID, nil
}

// signedIn is a live session and its person.
type signedIn struct {
	session Session
	person  Person
}

// bearer is whom an API secret belongs to, and until when; always when zero.
type bearer struct {
	actor Actor
	until time.Time
}

// RecogniseToken gives the person, or the outsider, whom an API bearer secret
// belongs to.
func (s *Service) RecogniseToken(ctx context.Context, token string) (Actor, error) {
	hash := secret.Hash(token)
	b, err := s.tokens.get(hash, func() (bearer, error) { return s.loadBearer(ctx, hash) })
	if err == nil && !b.until.IsZero() && !b.until.After(s.db.Now()) {
		err = ErrUnauthenticated
	}
	if err != nil {
		return Actor{}, err
	}
	return b.actor, nil
}

func (s *Service) loadBearer(ctx context.Context, hash string) (b bearer, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		t, p, err := loadToken(ctx, tx, hash)
		if err == nil {
			b = bearer{p.Actor("api:" + t.ID), t.ExpiresAt}
			b.actor.Scopes = t.Scopes
			return nil
		}
		l, lerr := loadLiveLink(ctx, tx, hash)
		if lerr != nil {
			return ErrUnauthenticated
		}
		b = bearer{l.Actor(), l.ExpiresAt}
		return nil
	})
	return b, err
}

// SignOut ends a session of the actor; all of them when id is empty.
func (s *Service) SignOut(ctx context.Context, actor Actor, id string) error {
	if err := actor.Require("access.self", Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := endSessions(ctx, tx, actor.ID, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.self", Subject: "session", ID: id, Reason: "signed out"})
	})
}

// Sessions lists the actor's live sign-ins.
func (s *Service) Sessions(ctx context.Context, actor Actor) (out []Session, err error) {
	if err := actor.Require("access.self", Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = listSessions(ctx, tx, actor.ID); return err })
	return out, err
}

// NewTOTP proposes a second factor: its secret and its otpauth address. Nothing
// is kept until ConfirmTOTP.
func (s *Service) NewTOTP(actor Actor, account string) (key, address string, err error) {
	k, err := totp.Generate(totp.GenerateOpts{Issuer: "Kolega", AccountName: account})
	if err != nil {
		return "", "", err
	}
	return k.Secret(), k.URL(), nil
}

// ConfirmTOTP keeps the second factor once a right code shows that the
// actor's device has it. An empty key takes the factor away.
func (s *Service) ConfirmTOTP(ctx context.Context, actor Actor, key, code string) error {
	if err := actor.Require("access.self", Owner{}); err != nil {
		return err
	}
	if key != "" && !s.validCode(code, key) {
		return ErrCode.At("code")
	}
	sealed := ""
	if key != "" {
		var err error
		if sealed, err = s.box.Seal(key, actor.ID); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := LoadPerson(ctx, tx, actor.ID)
		if err != nil {
			return err
		}
		p.totp, p.HasTOTP = sealed, sealed != ""
		if err := savePerson(ctx, tx, p); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.self", Subject: "person", ID: p.ID, After: summary(p)})
	})
}

// NewToken makes a key to the API in the actor's name; the secret is shown once.
// Scopes are verbs, "area.*" or "*".
func (s *Service) NewToken(ctx context.Context, actor Actor, name string, scopes []string, until time.Time) (string, Token, error) {
	if err := actor.Require("access.self", Owner{}); err != nil {
		return "", Token{}, err
	}
	f := fault.Fields{}
	if name == "" || len(name) > 120 {
		f["name"] = "token.name"
	}
	if len(scopes) == 0 {
		f["scopes"] = "token.scopes"
	}
	if err := f.Err(); err != nil {
		return "", Token{}, err
	}
	token, hash := secret.NewToken()
	var t Token
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		t = Token{ID: tx.NewID(), PersonID: actor.ID, Name: name, Scopes: scopes, MadeAt: tx.Now(), ExpiresAt: until}
		if err := insertToken(ctx, tx, hash, t); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.self", Subject: "token", ID: t.ID, After: map[string]any{"name": name, "scopes": scopes}})
	})
	return token, t, err
}

// Tokens lists the actor's keys to the API.
func (s *Service) Tokens(ctx context.Context, actor Actor) (out []Token, err error) {
	if err := actor.Require("access.self", Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = listTokens(ctx, tx, actor.ID); return err })
	return out, err
}

// RevokeToken withdraws a key of the actor at once.
func (s *Service) RevokeToken(ctx context.Context, actor Actor, id string) error {
	if err := actor.Require("access.self", Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := revokeToken(ctx, tx, actor.ID, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.self", Subject: "token", ID: id, Reason: "withdrawn"})
	})
}

// IsCode tells that a second factor's code was wrong or missing.
func IsCode(err error) bool { return errors.Is(err, ErrCode) }
