package message

import (
	"context"
	"io"
	"strings"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/mail"
)

// carry makes the call of an attempt. It never fails: what went wrong is in the answer.
func (s *Service) carry(ctx context.Context, a attempt) Answer {
	text, err := s.whole(a.out)
	if err != nil {
		return Answer{Verdict: PutOff, Reason: "key", Detail: err.Error()}
	}
	a.out.Text = text
	var data []byte
	if a.out.File != nil {
		if data, err = s.file(ctx, a.out.File.SHA); err != nil {
			return Answer{Verdict: Refused, Reason: "file", Detail: err.Error()}
		}
	}
	if a.out.Channel == ByEmail {
		return s.carryMail(ctx, a, data)
	}
	return s.carryWhatsApp(ctx, a, data)
}

func (s *Service) file(ctx context.Context, sha string) ([]byte, error) {
	if s.ways == nil || s.ways.Blob == nil {
		return nil, ErrNoChannel
	}
	f, err := s.ways.Blob.Open(ctx, sha)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, mostFile))
}

// mostFile bounds a file that goes along: what mail servers commonly take.
const mostFile = 20 << 20

func (s *Service) carryMail(ctx context.Context, a attempt, data []byte) Answer {
	server, err := s.server(a.channel)
	if err != nil {
		return Answer{Verdict: Shut, Reason: "key"}
	}
	var agency access.Agency
	if err := s.db.Read(ctx, func(tx *db.Tx) (err error) { agency, err = access.LoadAgency(ctx, tx); return err }); err != nil {
		return Answer{Verdict: Unheard, Detail: err.Error()}
	}
	c, o := a.channel.Settings, a.out
	from := c.FromName
	if from == "" {
		from = agency.Name
	}
	l := mail.Letter{From: mail.Address{Name: from, Email: c.From}, To: mail.Address{Name: a.thread.Name, Email: o.Place}, Subject: subjectOf(o, agency.Name), Text: o.Text,
		ID: mailID(o, c.From), At: o.MadeAt, Auto: o.ByID == ""}
	if o.Offer && c.Base != "" {
		l.StopURL, l.StopWords = c.Base+"/stop/"+a.thread.stopToken, stopWordsIn(o.Lang)
	}
	if o.File != nil {
		l.Files = []mail.File{{Name: o.File.Name, Type: o.File.Type, Data: data}}
	}
	return mailAnswer(server.Send(ctx, l))
}

// mailAnswer reads what a mail server said.
func mailAnswer(out mail.Outcome) Answer {
	a := Answer{Detail: out.Text}
	switch out.State {
	case mail.Taken:
		return Answer{Verdict: Took}
	case mail.Refused:
		a.Verdict, a.Reason = Refused, "refused"
		if strings.HasPrefix(out.Text, "5.1.") || out.Code == 550 && !strings.HasPrefix(out.Text, "5.7") {
			a.Verdict, a.Reason = BadAddress, "no-mailbox"
		}
	case mail.SignIn:
		a.Verdict, a.Reason = Shut, "sign-in"
	case mail.Unknown:
		a.Verdict, a.Reason = Unsure, "no-answer"
	default:
		a.Verdict, a.Reason = Unheard, "unreached"
		if out.Code != 0 {
			a.Verdict, a.Reason = PutOff, "later"
		}
	}
	return a
}

func (s *Service) carryWhatsApp(ctx context.Context, a attempt, data []byte) Answer {
	w, err := s.open(a.channel)
	if err != nil {
		return Answer{Verdict: Shut, Reason: "key", Detail: err.Error()}
	}
	p := Parcel{ID: a.out.ID, Text: a.out.Text, Template: a.out.Template, File: a.out.File}
	if id, hidden := strings.CutPrefix(a.out.Place, bsuidPrefix); hidden {
		p.BSUID = id
	} else {
		p.Phone = a.out.Place
	}
	if p.File != nil && p.Template == nil {
		id, answer := w.Upload(ctx, *p.File, data)
		if answer.Verdict != Took {
			if answer.Verdict == Unsure {
				answer.Verdict = Unheard // a file alone reaches nobody
			}
			return answer
		}
		p.MediaID = id
	}
	return w.Send(ctx, p)
}
