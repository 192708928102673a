package talent

import (
	"slices"
	"strings"
	"time"
)

// Merge is where the id of a merged talent leads, and what was on its record.
type Merge struct {
	TalentID, IntoID string
	Record           Talent
	At               time.Time
	By               string
}

// Joined is the record of two talents who are one: what the kept one says stays, what
// it does not say comes from the other; lists and texts hold both. The other's number
// and address stay readable in the kept record of the merge.
func Joined(keep, other Talent) Talent {
	for _, f := range []struct{ to, from *string }{
		{&keep.Country, &other.Country}, {&keep.City, &other.City}, {&keep.Phone, &other.Phone}, {&keep.Email, &other.Email},
		{&keep.ManagerName, &other.ManagerName}, {&keep.ManagerPhone, &other.ManagerPhone}, {&keep.GuardianName, &other.GuardianName},
		{&keep.GuardianPhone, &other.GuardianPhone},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	keep.HasTaxID = keep.HasTaxID || other.HasTaxID
	if keep.BornOn == "" {
		keep.BornOn = other.BornOn
	}
	keep.Bio, keep.Note = both(keep.Bio, other.Bio), both(keep.Note, other.Note)
	keep.Tags = distinct(append(slices.Clone(keep.Tags), other.Tags...))
	keep.Categories = distinct(append(slices.Clone(keep.Categories), other.Categories...))
	keep.Languages = distinct(append(slices.Clone(keep.Languages), other.Languages...))
	switch {
	case keep.Status == StatusBlocked || other.Status == StatusBlocked: // a block is not lost in a merge
		if keep.Status != StatusBlocked {
			keep.Status, keep.StatusReason = StatusBlocked, other.StatusReason
		}
	case other.Status == StatusExclusive && keep.Status != StatusExclusive, other.Status == StatusPreferred && keep.Status == StatusFree:
		keep.Status, keep.StatusReason = other.Status, other.StatusReason
	}
	return keep
}

func both(a, b string) string {
	if b == "" || strings.Contains(a, b) {
		return a
	}
	return join(a, b)
}

// emptied is what stays of a merged record: its id, name and instants.
func emptied(t Talent) Talent {
	return Talent{ID: t.ID, Name: t.Name, Kind: t.Kind, Country: t.Country, Zone: t.Zone, Lang: t.Lang, Currency: t.Currency, TaxKind: t.TaxKind,
		Status: StatusMerged, CreatedAt: t.CreatedAt, UpdatedAt: t.UpdatedAt, Version: t.Version}
}
