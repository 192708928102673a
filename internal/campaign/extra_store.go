package campaign

import (
	"context"
	"strings"

	"kolega/internal/db"
)

// Extra is what client and talent agreed on beyond the brief: a change request in
// effect (R1).
type Extra struct {
	CampaignID string
	Texts      []string // the wishes, in the words that were agreed
	Reason     string
	ContactID  string // who accepted it for the client
	Contact    string
	Via        string
	TalentID   string // who took the work, and so acknowledged the points
	TalentVia  string
}

// AddExtra makes a new agreed version of the brief that holds the wishes as must
// points. The talent who took them has acknowledged them; the others are asked, and
// stay bound by their own version until then (R4). A wish that the brief already
// holds is not added again. Fault: brief.unaccepted.
func AddExtra(ctx context.Context, tx *db.Tx, e Extra) (Brief, error) {
	versions, err := ListBriefs(ctx, tx, e.CampaignID)
	if err != nil {
		return Brief{}, err
	}
	agreed, ok := Agreed(versions)
	if !ok {
		return agreed, ErrBriefUnaccepted
	}
	next, err := agreed.Next(e.Reason, e.Contact, false, tx.Now())
	if err != nil {
		return agreed, err
	}
	known := map[string]bool{}
	for _, p := range next.Points {
		known[normal(p.Text)] = true
	}
	var added []Point
	for _, text := range e.Texts {
		if text = strings.TrimSpace(text); text == "" || known[normal(text)] {
			continue
		}
		known[normal(text)] = true
		added = append(added, Point{ID: tx.NewID(), Number: int64(len(next.Points) + len(added) + 1), Kind: Must, Text: text, Source: "client_file", SourceNote: e.Reason})
	}
	if len(added) == 0 {
		return agreed, nil
	}
	lines := make([]ProposedLine, len(added))
	for i, p := range added {
		lines[i] = ProposedLine{What: AddPoint, PointID: p.ID, Point: p}
	}
	next = next.with(lines)
	next.SharedAt, next.SharedBy = tx.Now(), e.Contact
	next.AcceptedAt, next.AcceptedBy, next.AcceptedByID, next.AcceptedVia = tx.Now(), e.Contact, e.ContactID, e.Via
	next.FrozenAt = agreed.FrozenAt
	if next, err = putAgreed(ctx, tx, versions, next, lines); err != nil {
		return next, err
	}
	for _, p := range added {
		a := Acknowledgement{CampaignID: e.CampaignID, TalentID: e.TalentID, PointID: p.ID, Version: next.Version, Lang: next.Lang,
			Hash: p.Hash(next.Lang, next.Lang), At: tx.Now(), Via: e.TalentVia}
		if err := insertAck(ctx, tx, a); err != nil {
			return next, err
		}
	}
	return next, nil
}
