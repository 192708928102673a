package report

import (
	"bytes"
	"context"
	"errors"
	"io"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/billing"
	"kolega/internal/blob"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/result"
)

// Service holds the use cases of reports and of closing a campaign.
type Service struct {
	db   *db.DB
	blob blob.Store
}

// New makes the service. Sent files are kept in the store.
func New(d *db.DB, files blob.Store) *Service { return &Service{db: d, blob: files} }

// Sheet is the editor of a campaign's report: what the facts say now, what people wrote,
// and what was sent before.
type Sheet struct {
	Document Document
	Text     Text
	Sent     []Sent // newest first
	Problem  error  // why it cannot be sent now; nil when it can
}

// Edit gives the editor's sheet. Right: report.see.
func (s *Service) Edit(ctx context.Context, actor access.Actor, campaignID string) (e Sheet, err error) {
	if err := actor.Require("report.see", access.Owner{CampaignID: campaignID}); err != nil {
		return e, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if e.Document, _, err = Build(ctx, tx, campaignID); err != nil {
			return err
		}
		if e.Text, err = LoadText(ctx, tx, campaignID); err != nil {
			return err
		}
		e.Sent, err = ListSent(ctx, tx, campaignID)
		e.Problem = CheckSend(e.Document, false, lastOf(e.Sent))
		return err
	})
	return e, err
}

func lastOf(sent []Sent) *Document {
	if len(sent) == 0 {
		return nil
	}
	return &sent[0].Document
}

// SaveText keeps what people wrote; conflict.changed when somebody saved meanwhile.
// Right: report.edit. Faults: report.too-long.
func (s *Service) SaveText(ctx context.Context, actor access.Actor, t Text) error {
	if err := actor.Require("report.edit", access.Owner{CampaignID: t.CampaignID}); err != nil {
		return err
	}
	t, err := t.Tidy()
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := campaign.LoadCampaign(ctx, tx, t.CampaignID)
		if err != nil {
			return err
		}
		if err := saveText(ctx, tx, t); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "report.edit", Subject: "report", ID: t.CampaignID, Campaign: t.CampaignID, Client: c.ClientID,
			After: map[string]any{"summary": t.Summary, "learned": t.Learned, "advice": t.Advice}})
	})
}

// ReportSent is the event of a version that went out.
type ReportSent struct {
	CampaignID, ClientID string
	Number               int64
}

// Kind names the event.
func (ReportSent) Kind() string { return "report.sent" }

// Send freezes the document as the next version, with its hash, its PDF and its
// workbook, and locks the verified insights. Numbers that are not verified go out only
// when that is accepted, and marked. Right: report.send. Faults: report.*.
func (s *Service) Send(ctx context.Context, actor access.Actor, campaignID string, acceptUnverified bool) (Sent, error) {
	if err := actor.Require("report.send", access.Owner{CampaignID: campaignID}); err != nil {
		return Sent{}, err
	}
	for try := 1; ; try++ {
		out, err := s.sendOnce(ctx, actor, campaignID, acceptUnverified)
		if !errors.Is(err, db.ErrChanged) || try == sendTries {
			return out, err
		}
	}
}

// sendTries is how often the files are painted anew when a fact changes meanwhile,
// as a job's work after the sender's last act does.
const sendTries = 4

func (s *Service) sendOnce(ctx context.Context, actor access.Actor, campaignID string, acceptUnverified bool) (Sent, error) {
	out, seq, err := s.prepare(ctx, campaignID, acceptUnverified)
	if err != nil {
		return Sent{}, err
	}
	if err := s.keepFiles(ctx, &out); err != nil {
		return Sent{}, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if now, err := audit.Version(ctx, tx, campaignID); err != nil || now != seq {
			return orErr(err, db.ErrChanged) // a fact changed while the files were painted
		}
		out.ID, out.At, out.By = tx.NewID(), tx.Now(), actor.Name
		return s.send(ctx, tx, actor, out)
	})
	return out, err
}

func orErr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// prepare computes the next version and the point in the trail it was computed at.
func (s *Service) prepare(ctx context.Context, campaignID string, acceptUnverified bool) (out Sent, seq int64, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		d, c, err := Build(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		sent, err := ListSent(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		if err := CheckSend(d, acceptUnverified, lastOf(sent)); err != nil {
			return err
		}
		d.Number = 1
		if len(sent) > 0 {
			d.Number = sent[0].Number + 1
			d.Changes = Compare(sent[0].Document, d)
		}
		out = Sent{CampaignID: campaignID, ClientID: c.ClientID, Number: d.Number, Document: d, Hash: d.Hash()}
		seq, err = audit.Version(ctx, tx, campaignID)
		return err
	})
	return out, seq, err
}

// keepFiles paints the three files and keeps them under their hashes.
func (s *Service) keepFiles(ctx context.Context, out *Sent) error {
	art, err := s.art(ctx, out.Document, out.ClientID)
	if err != nil {
		return err
	}
	for _, f := range []struct {
		format string
		to     *string
	}{{PDF, &out.PDF}, {XLSX, &out.XLSX}, {PPTX, &out.PPTX}} {
		var b bytes.Buffer
		if err := out.Document.write(&b, f.format, art); err != nil {
			return err
		}
		ref, err := s.blob.Put(ctx, &b)
		if err != nil {
			return err
		}
		*f.to = ref.SHA256
	}
	return nil
}

// write paints the document in a format. Fault: report.format.
func (d Document) write(w io.Writer, format string, art Art) error {
	switch format {
	case PDF:
		return d.WritePDF(w, art)
	case XLSX:
		return d.WriteXLSX(w, art)
	case PPTX:
		return d.WritePPTX(w, art)
	}
	return ErrFormat
}

func (s *Service) send(ctx context.Context, tx *db.Tx, actor access.Actor, out Sent) error {
	if err := insertSent(ctx, tx, out); err != nil {
		return err
	}
	if err := result.LockInsights(ctx, tx, out.CampaignID); err != nil {
		return err
	}
	if err := audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "report.send", Subject: "report", ID: out.ID, Campaign: out.CampaignID, Client: out.ClientID,
		After: map[string]any{"number": out.Number, "hash": out.Hash, "pdf": out.PDF, "xlsx": out.XLSX, "pptx": out.PPTX}}); err != nil {
		return err
	}
	if err := billing.Fire(ctx, tx, out.CampaignID, billing.OnReportSent); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, ReportSent{out.CampaignID, out.ClientID, out.Number}, job.Unique(out.ID))
}

// Read gives a version that was sent, the newest for number 0. A client reads the own
// campaign's; what was never sent is not there. Rights: report.read, report.see.
func (s *Service) Read(ctx context.Context, actor access.Actor, campaignID string, number int64) (out Sent, all []Sent, err error) {
	if err := mayRead(actor, campaignID); err != nil {
		return out, nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if all, err = ListSent(ctx, tx, campaignID); err != nil {
			return err
		}
		for _, v := range all {
			if number == 0 || v.Number == number {
				out = v
				break
			}
		}
		if out.ID == "" {
			return db.ErrNotFound
		}
		if !out.Intact() {
			return ErrDamaged
		}
		return nil
	})
	return out, all, err
}

func mayRead(actor access.Actor, campaignID string) error {
	if actor.IsStaff() || actor.Role == access.SystemRole {
		return actor.Require("report.see", access.Owner{CampaignID: campaignID})
	}
	return actor.Require("report.read", access.Owner{CampaignID: campaignID, ClientID: actor.ClientID})
}

// The file formats of a report.
const (
	PDF  = "pdf"
	XLSX = "xlsx"
	PPTX = "pptx"
)

// OpenFile gives the PDF, workbook or slides of a sent version as it was sent.
// Rights: as Read. Fault: report.format.
func (s *Service) OpenFile(ctx context.Context, actor access.Actor, campaignID string, number int64, format string) (io.ReadSeekCloser, Sent, error) {
	v, _, err := s.Read(ctx, actor, campaignID, number)
	if err != nil {
		return nil, v, err
	}
	sha := map[string]string{PDF: v.PDF, XLSX: v.XLSX, PPTX: v.PPTX}[format]
	if sha == "" {
		return nil, v, ErrFormat
	}
	f, err := s.blob.Open(ctx, sha)
	return f, v, err
}

// Preview paints the document as it stands now, unsent. Right: report.see.
// Fault: report.format.
func (s *Service) Preview(ctx context.Context, actor access.Actor, campaignID, format string, w io.Writer) (d Document, err error) {
	if err := actor.Require("report.see", access.Owner{CampaignID: campaignID}); err != nil {
		return d, err
	}
	var c campaign.Campaign
	if err := s.db.Read(ctx, func(tx *db.Tx) error { d, c, err = Build(ctx, tx, campaignID); return err }); err != nil {
		return d, err
	}
	art, err := s.art(ctx, d, c.ClientID)
	if err != nil {
		return d, err
	}
	return d, d.write(w, format, art)
}

// FollowUps lists the advice given to a client, newest first. Right: client.see.
func (s *Service) FollowUps(ctx context.Context, actor access.Actor, clientID string) (out []FollowUp, err error) {
	if err := actor.Require("client.see", access.Owner{ClientID: clientID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListFollowUps(ctx, tx, clientID); return err })
	return out, err
}

// MarkAdvice keeps whether the client took an advice. Right: report.edit.
func (s *Service) MarkAdvice(ctx context.Context, actor access.Actor, id, outcome string) error {
	if err := actor.Require("report.edit", access.Owner{}); err != nil {
		return err
	}
	if outcome != "taken" && outcome != "declined" {
		return fault.Field("outcome", "guarantee.agree-state")
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := saveOutcome(ctx, tx, id, outcome, actor.Name); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "report.edit", Subject: "advice", ID: id, After: map[string]any{"outcome": outcome}})
	})
}

// recentReports is how many sent reports the list over all campaigns shows.
const recentReports = 100

// Recent lists the reports sent last, over all campaigns. Right: report.see of staff.
func (s *Service) Recent(ctx context.Context, actor access.Actor) (out []Sent, err error) {
	if err := actor.Require("report.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = listRecent(ctx, tx, recentReports); return err })
	return out, err
}
