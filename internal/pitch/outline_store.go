package pitch

import (
	"context"
	"slices"

	"kolega/internal/access"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/idea"
	"kolega/internal/proof"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// checkParts makes each part of an outline into what a client would see, and says what
// stands in its way.
func checkParts(ctx context.Context, tx *db.Tx, parts []Part, today worktime.Date) (out []Checked, err error) {
	for _, p := range parts {
		c := Checked{Part: p}
		c.Section, c.Stale, err = section(ctx, tx, p, today)
		if k := fault.KindOf(err); err != nil && k != fault.Invalid && k != fault.Conflict && k != fault.NotFound {
			return nil, err
		}
		c.Problem = err
		out = append(out, c)
	}
	return out, nil
}

// section is a part as a client may see it. Faults say why they may not.
func section(ctx context.Context, tx *db.Tx, p Part, today worktime.Date) (s Section, stale bool, err error) {
	s = Section{PartID: p.ID, Kind: p.Kind, Title: p.Title, Body: p.Body}
	switch p.Kind {
	case KindIdea:
		i, err := idea.LoadIdea(ctx, tx, p.Data.IdeaID)
		if err == nil && i.Status() == idea.Dropped {
			err = idea.ErrDropped
		}
		if s.Body == "" {
			s.Body = i.Body
		}
		return s, false, err
	case KindTrend:
		n, err := client.LoadNote(ctx, tx, p.Data.NoteID)
		if s.Body == "" {
			s.Body = n.Takeaway
		}
		s.Link, s.SourceOn, s.Source = n.Link, n.SeenOn, n.Format
		return s, n.Past(today), err
	case KindProof:
		x, shown, err := proof.ShowProof(ctx, tx, p.Data.ProofID)
		s.ProofID, s.Proof = p.Data.ProofID, &shown
		return s, x.Stale(today), err
	case KindFigure:
		s.Value, s.Source, s.Link, s.SourceOn = p.Data.Value, p.Data.Source, p.Data.Link, p.Data.SourceOn
		return s, p.Data.SourceOn.AddMonths(proof.StaleAfter).Before(today), nil
	case KindLineUp:
		s.Faces, err = faces(ctx, tx, p.Data.Talents)
		return s, false, err
	case KindPlans:
		plan := p.Data.Plan
		s.Plan = &plan
	case KindOffer:
		s.Price, s.UntilOn, s.Limit, s.FreeIDs = p.Data.Price, p.Data.UntilOn, p.Data.Limit, p.Data.Free
		if s.UntilOn.Before(today) {
			return s, false, ErrPartUntil
		}
		s.Free, err = freeDays(ctx, tx, p.Data.Free, today, s.UntilOn)
		return s, false, err
	case KindSheet:
		return sheetSection(ctx, tx, p, s, today)
	}
	return s, false, nil
}

func sheetSection(ctx context.Context, tx *db.Tx, p Part, s Section, today worktime.Date) (Section, bool, error) {
	v, err := proof.LoadSheetVersion(ctx, tx, p.Data.VersionID)
	if err != nil {
		return s, false, ErrPartSheet
	}
	s.Sheet = &SheetFile{SheetID: v.SheetID, VersionID: v.ID, Number: v.Number, SHA: v.SHA, Name: v.Name, Type: v.Type, Size: v.Size, UntilOn: v.UntilOn, Reason: p.Data.Reason}
	return s, !v.Holds(today), v.MayShow(today, p.Data.Reason)
}

// faces are the talents of a line-up with the account that most follow. Who may not be
// offered any more is no face. Fault: deck.part-talents.
func faces(ctx context.Context, tx *db.Tx, ids []string) (out []Face, err error) {
	talents, err := talent.LoadTalents(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	accounts, err := talent.LoadAccounts(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		t, ok := talents[id]
		if !ok || !offerable(t) {
			return out, ErrPartTalents.With("handle", t.Name)
		}
		f := Face{Name: t.Name, City: t.City, Country: t.Country, Followers: -1, ERBp: -1, Categories: t.Categories}
		for _, a := range accounts[id] {
			if f.Platform == "" || a.Followers > f.Followers {
				f.Platform, f.Handle, f.Followers, f.ERBp = string(a.Platform), a.Title(), a.Followers, a.ERBp
			}
		}
		out = append(out, f)
	}
	return out, nil
}

// freeDays are the free days of talents until the end of an offer: no absence, and no
// draft or posting of a booking. A talent with many is not scarce. Faults: deck.not-scarce, -part-talents.
func freeDays(ctx context.Context, tx *db.Tx, ids []string, from, to worktime.Date) (out []FreeDays, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	talents, err := talent.LoadTalents(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		t, ok := talents[id]
		if !ok || !offerable(t) {
			return out, ErrPartTalents.With("handle", t.Name)
		}
		busy, err := busyDays(ctx, tx, t, from)
		if err != nil {
			return nil, err
		}
		f := FreeOf(t.Name, from, to, busy)
		if !f.Scarce() {
			return out, ErrNotScarce.With("talent", t.Name, "free", len(f.Days), "days", f.Of)
		}
		out = append(out, f)
	}
	return out, nil
}

func busyDays(ctx context.Context, tx *db.Tx, t talent.Talent, from worktime.Date) (func(worktime.Date) bool, error) {
	away, err := talent.ListAbsences(ctx, tx, t.ID, from)
	if err != nil {
		return nil, err
	}
	bookings, err := casting.ListBookingsOf(ctx, tx, t.ID)
	if err != nil {
		return nil, err
	}
	zone, err := worktime.Zone(t.Zone)
	if err != nil {
		return nil, err
	}
	taken := map[worktime.Date]bool{}
	for _, b := range bookings {
		if b.Active() {
			taken[worktime.DateOf(b.DraftDue.At, zone)], taken[worktime.DateOf(b.PostDue.At, zone)] = true, true
		}
	}
	return func(d worktime.Date) bool {
		return taken[d] || slices.ContainsFunc(away, func(a talent.Absence) bool { return !d.Before(a.From) && !d.After(a.To) })
	}, nil
}

// document is what a version of an outline says.
func document(ctx context.Context, tx *db.Tx, d Deck, o client.Opportunity, parts []Checked, today worktime.Date) (Document, error) {
	agency, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return Document{}, err
	}
	ae, err := access.LoadPerson(ctx, tx, d.OwnerID)
	doc := Document{Lang: d.Lang, Zone: agency.Zone, Agency: agency.Name, Brand: o.Brand, Title: d.Title, AE: ae.Name, Today: today, MadeAt: tx.Now(), ClientID: o.ClientID}
	for _, p := range parts {
		doc.Sections = append(doc.Sections, p.Section)
	}
	return doc, err
}

// stillTrue asks again, before a version goes out, what its document claims. Fault: deck.no-longer-true.
func stillTrue(ctx context.Context, tx *db.Tx, doc Document, today worktime.Date) error {
	for _, s := range doc.Sections {
		var err error
		switch {
		case s.ProofID != "":
			_, _, err = proof.ShowProof(ctx, tx, s.ProofID)
		case s.Kind == KindOffer && s.UntilOn.Before(today):
			err = ErrPartUntil
		case s.Kind == KindOffer:
			_, err = freeDays(ctx, tx, s.FreeIDs, today, s.UntilOn)
		case s.Sheet != nil:
			var v proof.SheetVersion
			if v, err = proof.LoadSheetVersion(ctx, tx, s.Sheet.VersionID); err == nil {
				err = v.MayShow(today, s.Sheet.Reason)
			}
		}
		switch fault.KindOf(err) {
		case fault.Invalid, fault.Conflict, fault.NotFound:
			if err != nil {
				return ErrChanged.With("title", s.Title).Wrap(err)
			}
		default:
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// offerable tells whether a talent can be named to a client.
func offerable(t talent.Talent) bool {
	return t.Status == talent.StatusFree || t.Status == talent.StatusPreferred || t.Status == talent.StatusExclusive
}
