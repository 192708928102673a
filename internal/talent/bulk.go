package talent

import (
	"slices"
	"strings"

	"kolega/internal/fault"
)

// Bulk is a change of many talents at once (B22). Zero fields leave a record as it is.
type Bulk struct {
	AddTags, RemoveTags             []string
	AddCategories, RemoveCategories []string
	AddLanguages                    []string // codes
	Status                          Status   // free, preferred, exclusive, blocked
	StatusReason                    string   // with Status
	ManagerName                     string   // who speaks for them
	City                            string
}

// MostAtOnce bounds the talents of one bulk change: it is one commit.
const MostAtOnce = 500

// The faults of a bulk change.
var (
	FaultBulkEmpty  = fault.New(fault.Invalid, "talent.bulk-empty")  // nothing is to be changed
	FaultBulkNobody = fault.New(fault.Invalid, "talent.bulk-nobody") // nobody is chosen
	FaultBulkMany   = fault.New(fault.Invalid, "talent.bulk-many")   // arg limit
)

// Empty says whether the change leaves everything as it is.
func (b Bulk) Empty() bool {
	return len(b.AddTags)+len(b.RemoveTags)+len(b.AddCategories)+len(b.RemoveCategories)+len(b.AddLanguages) == 0 && b.Status == "" && b.ManagerName == "" && b.City == ""
}

// Check finds what no record can become. Faults: talent.bulk-empty, talent.status-unknown,
// talent.reason-missing.
func (b Bulk) Check() error {
	switch {
	case b.Empty():
		return FaultBulkEmpty
	case b.Status == StatusErased, b.Status == StatusMerged, b.Status != "" && !b.Status.known():
		return FaultStatus
	case b.Status == StatusBlocked && strings.TrimSpace(b.StatusReason) == "":
		return FaultReasonMissing
	}
	return nil
}

// On is the record after the change.
func (b Bulk) On(t Talent) Talent {
	t.Tags = edited(t.Tags, b.AddTags, b.RemoveTags)
	t.Categories = edited(t.Categories, b.AddCategories, b.RemoveCategories)
	t.Languages = edited(t.Languages, b.AddLanguages, nil)
	if b.Status != "" {
		t.Status, t.StatusReason = b.Status, b.StatusReason
	}
	if b.ManagerName != "" {
		t.ManagerName = b.ManagerName
	}
	if b.City != "" {
		t.City = b.City
	}
	return t.Normal()
}

// edited adds and takes away without regard to case; what is there keeps its place.
func edited(list, add, remove []string) []string {
	gone := map[string]bool{}
	for _, s := range distinct(remove) {
		gone[strings.ToLower(s)] = true
	}
	out := distinct(append(slices.Clone(list), add...))
	return slices.DeleteFunc(out, func(s string) bool { return gone[strings.ToLower(s)] })
}

// BulkLine is what a bulk change makes of one talent.
type BulkLine struct {
	Before, After Talent
	Code          string // fault that keeps this one as it is, "" none
}

// Changes says whether the talent becomes another.
func (l BulkLine) Changes() bool { return l.Code == "" && !same(l.Before, l.After) }

func same(a, b Talent) bool {
	return a.Status == b.Status && a.StatusReason == b.StatusReason && a.ManagerName == b.ManagerName && a.City == b.City &&
		slices.Equal(a.Tags, b.Tags) && slices.Equal(a.Categories, b.Categories) && slices.Equal(a.Languages, b.Languages)
}
