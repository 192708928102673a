package proof

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/report"
	"kolega/internal/worktime"
)

// Service holds the use cases of proofs and service sheets.
type Service struct {
	db   *db.DB
	blob blob.Store
}

// New makes the service. Files of sheets are kept in the store.
func New(d *db.DB, files blob.Store) *Service { return &Service{d, files} }

// Proofs lists proofs as Filter picks them. Right: proof.see.
func (s *Service) Proofs(ctx context.Context, actor access.Actor, f Filter) (out []Proof, err error) {
	if err := actor.Require("proof.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListProofs(ctx, tx, f); return err })
	return out, err
}

// Proof gives one proof. Right: proof.see. Fault: not-found.
func (s *Service) Proof(ctx context.Context, actor access.Actor, id string) (p Proof, err error) {
	if err := actor.Require("proof.see", access.Owner{}); err != nil {
		return p, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { p, err = LoadProof(ctx, tx, id); return err })
	return p, err
}

// Today is the day at the agency.
func Today(ctx context.Context, tx *db.Tx) (worktime.Date, error) {
	agency, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return "", err
	}
	loc, err := worktime.Zone(agency.Zone)
	return worktime.DateOf(tx.Now(), loc), err
}

// checkProof asks what needs the database: the client, and that an anonymised proof
// names nobody.
func checkProof(ctx context.Context, tx *db.Tx, p *Proof) error {
	today, err := Today(ctx, tx)
	if err != nil {
		return err
	}
	if err := p.tidy(today); err != nil {
		return err
	}
	if p.ClientID != "" {
		if _, err := client.LoadClient(ctx, tx, p.ClientID); err != nil {
			return ErrClient
		}
	}
	if p.Permission != Anonymised {
		return nil
	}
	names, err := NamesOf(ctx, tx, *p)
	if err != nil {
		return err
	}
	_, err = p.Show(names)
	return err
}

// KeepProof takes a proof into the library. Right: proof.edit. Faults: proof.*.
func (s *Service) KeepProof(ctx context.Context, actor access.Actor, p Proof) (Proof, error) {
	if err := actor.Require("proof.edit", access.Owner{}); err != nil {
		return p, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		p.ID, p.MadeAt, p.By, p.Version, p.CampaignID = tx.NewID(), tx.Now(), actor.Name, 1, ""
		if err := checkProof(ctx, tx, &p); err != nil {
			return err
		}
		if err := insertProof(ctx, tx, p); err != nil {
			return err
		}
		return recordProof(ctx, tx, actor, p)
	})
	return p, err
}

// CorrectProof changes a proof; its kind and its campaign stay. Right: proof.edit.
// Faults: proof.*, conflict.changed.
func (s *Service) CorrectProof(ctx context.Context, actor access.Actor, e Proof) error {
	return s.onProof(ctx, actor, e.ID, func(tx *db.Tx, p *Proof) error {
		e.Kind, e.CampaignID, e.MadeAt, e.By, e.RetiredAt = p.Kind, p.CampaignID, p.MadeAt, p.By, p.RetiredAt
		if p.Kind == CaseStudy {
			e.ClientID, e.Figures = p.ClientID, p.Figures
		}
		*p = e
		return checkProof(ctx, tx, p)
	})
}

// RetireProof puts a proof away, or brings it back. Right: proof.edit.
func (s *Service) RetireProof(ctx context.Context, actor access.Actor, id string, away bool) error {
	return s.onProof(ctx, actor, id, func(tx *db.Tx, p *Proof) error {
		if p.RetiredAt = tx.Now(); !away {
			p.RetiredAt = db.Time{}.Time
		}
		return nil
	})
}

func (s *Service) onProof(ctx context.Context, actor access.Actor, id string, do func(tx *db.Tx, p *Proof) error) error {
	if err := actor.Require("proof.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := LoadProof(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := do(tx, &p); err != nil {
			return err
		}
		if err := saveProof(ctx, tx, p); err != nil {
			return err
		}
		return recordProof(ctx, tx, actor, p)
	})
}

func recordProof(ctx context.Context, tx *db.Tx, actor access.Actor, p Proof) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "proof.edit", Subject: "proof", ID: p.ID, Client: p.ClientID, Campaign: p.CampaignID, After: map[string]any{"kind": p.Kind, "title": p.Title, "permission": p.Permission}})
}

// MakeCase makes a case study of a closed campaign from its last sent report: its words
// and its measured figures. It may be shown to nobody until somebody says so. Right:
// proof.edit. Faults: proof.campaign-open, -campaign-unreported, -twice.
func (s *Service) MakeCase(ctx context.Context, actor access.Actor, campaignID string) (p Proof, err error) {
	if err := actor.Require("proof.edit", access.Owner{}); err != nil {
		return p, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := campaign.LoadCampaign(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		if c.Open() {
			return ErrOpen
		}
		if twice, err := ofCampaign(ctx, tx, campaignID); err != nil || twice {
			return orElse(err, ErrTwice)
		}
		sent, err := report.ListSent(ctx, tx, campaignID)
		if err != nil || len(sent) == 0 {
			return orElse(err, ErrUnreported)
		}
		p = CaseOf(sent[0].Document)
		p.ID, p.ClientID, p.CampaignID, p.MadeAt, p.By, p.Version = tx.NewID(), c.ClientID, c.ID, tx.Now(), actor.Name, 1
		if err := insertProof(ctx, tx, p); err != nil {
			return err
		}
		return recordProof(ctx, tx, actor, p)
	})
	return p, err
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// CaseOf cuts a report to a case study. It names no talent and no price.
func CaseOf(d report.Document) Proof {
	l := locale.For(d.Lang, d.Zone)
	p := Proof{Kind: CaseStudy, Title: d.Campaign, Who: d.Brand, SourceOn: d.To, Permission: MayNot}
	words := []string{d.Summary}
	for _, t := range d.Learned {
		words = append(words, "• "+t)
	}
	p.Body = strings.TrimSpace(strings.Join(words, "\n"))
	if p.Body == "" {
		p.Body = d.Campaign
	}
	p.Figures = append(p.Figures, Figure{l.T("report.posted"), l.Int(d.Done.Posted)})
	if d.Total.Reach.Known > 0 {
		p.Figures = append(p.Figures, Figure{l.T("metric.reach"), l.Short(d.Total.Reach.Value)})
	}
	if er := d.Total.ER(); er.Measurable() {
		p.Figures = append(p.Figures, Figure{l.T("report.er"), report.RateText(l, er)})
	}
	if d.Total.Engagements > 0 {
		p.Figures = append(p.Figures, Figure{l.T("report.engagements"), l.Short(d.Total.Engagements)})
	}
	return p
}
