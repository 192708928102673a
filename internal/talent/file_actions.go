package talent

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
)

// File is everything about one talent that one page shows.
type File struct {
	Talent    Talent
	Accounts  []Account
	Figures   map[string][]Figure // snapshots by account, the oldest first, today's row the last
	Doubts    map[string][]Doubt  // by account
	Audiences map[string]Audience // by account
	Rates     []Rate
	Route     Route // zero: not known
	Identity  Identity
	Facts     []Fact
	Record    Record
	Absences  []Absence
	Bonds     Bonds // all of them, also those that ended
	Consent   Consent
	Sheets    []SheetLink
}

// Show gives a talent's file. The route and identity hold the last digits only.
func (s *Service) Show(ctx context.Context, actor access.Actor, id string) (f File, err error) {
	if err := actor.Require("talent.see", access.Owner{TalentID: id}); err != nil {
		return f, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		f, err = loadFile(ctx, tx, id)
		return err
	})
	return f, err
}

func loadFile(ctx context.Context, tx *db.Tx, id string) (f File, err error) {
	if id, err = MergedInto(ctx, tx, id); err != nil {
		return f, err
	}
	for _, read := range []func() error{
		func() (err error) { f.Talent, err = LoadTalent(ctx, tx, id); return err },
		func() error { return f.loadAccounts(ctx, tx) },
		func() (err error) { f.Rates, err = ListRates(ctx, tx, id); return err },
		func() error {
			routes, err := LoadRoutes(ctx, tx, []string{id})
			f.Route = routes[id]
			return err
		},
		func() (err error) { f.Identity, err = LoadIdentity(ctx, tx, id); return err },
		func() (err error) { f.Facts, err = ListFacts(ctx, tx, id); return err },
		func() (err error) { f.Absences, err = ListAbsences(ctx, tx, id, today(tx)); return err },
		func() (err error) { f.Bonds.Contracts, err = ListContracts(ctx, tx, id); return err },
		func() (err error) { f.Bonds.Rights, err = ListRights(ctx, tx, id); return err },
		func() (err error) { f.Bonds.Seen, err = ListRivals(ctx, tx, id); return err },
		func() (err error) { f.Consent, err = LoadConsent(ctx, tx, id); return err },
		func() (err error) { f.Sheets, err = ListSheets(ctx, tx, id); return err },
	} {
		if err := read(); err != nil {
			return f, err
		}
	}
	f.Record = RecordOf(f.Facts, tx.Now())
	return f, nil
}

func (f *File) loadAccounts(ctx context.Context, tx *db.Tx) (err error) {
	if f.Accounts, err = ListAccounts(ctx, tx, f.Talent.ID); err != nil {
		return err
	}
	if f.Figures, err = ListFigures(ctx, tx, f.Talent.ID); err != nil {
		return err
	}
	f.Doubts = map[string][]Doubt{}
	for _, a := range f.Accounts {
		f.Figures[a.ID] = withNow(f.Figures[a.ID], figureOf(a))
		f.Doubts[a.ID] = Doubts(a, f.Figures[a.ID], today(tx))
	}
	f.Audiences, err = LoadAudiences(ctx, tx, []string{f.Talent.ID})
	return err
}

// withNow adds the present figures where no snapshot has their day and source yet, as
// after an import.
func withNow(list []Figure, now Figure) []Figure {
	for _, f := range list {
		if f.On == now.On && f.Source == now.Source {
			return list
		}
	}
	if !now.On.Valid() {
		return list
	}
	return append(list, now)
}
