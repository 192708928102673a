package campaign

import (
	"strings"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Playbook is a way of working: the works of a campaign in order, each with its
// place in working days and the role that owes it. Playbooks are rows to edit.
type Playbook struct {
	Key     string // "exclusive-launch"
	NameID  string
	NameEN  string
	NoteID  string // when to use it
	NoteEN  string
	Works   []PlaybookWork
	Retired bool // kept for campaigns that began from it, not offered any more
	Version int64
}

// PlaybookWork is one work of a playbook.
type PlaybookWork struct {
	Kind   string // a key of Kinds
	NameID string
	NameEN string
	Role   string // whose work it is: one of Owners
	Offset int64  // working days of the owner from the campaign's start to the work's
	Days   int64  // length in the owner's working days, at least 1
}

// Owners are the roles and parties that can owe a work, in the order of forms.
var Owners = []string{"ae", "specialist", "designer", "finance", "manager", "client", "talent"}

// Faults of playbooks.
var (
	ErrNoPlaybook    = fault.New(fault.Invalid, "playbook.unknown")
	ErrPlaybookKey   = fault.New(fault.Conflict, "playbook.taken")
	ErrPlaybookWorks = fault.New(fault.Invalid, "playbook.no-works")
)

// Name is the playbook's name in the language.
func (p Playbook) Name(lang string) string { return either(lang, p.NameID, p.NameEN) }

// Note is when to use the playbook, in the language.
func (p Playbook) Note(lang string) string { return either(lang, p.NoteID, p.NoteEN) }

// Name is the work's name in the language.
func (w PlaybookWork) Name(lang string) string { return either(lang, w.NameID, w.NameEN) }

func either(lang, id, en string) string {
	if lang == "id" && id != "" || en == "" {
		return id
	}
	return en
}

// tidy brings a playbook into its one shape and gives what is wrong with it.
func (p *Playbook) tidy() error {
	f := fault.Fields{}
	p.Key = strings.Trim(strings.ToLower(strings.Join(strings.Fields(p.Key), "-")), "-")
	if p.Key == "" || len(p.Key) > 60 || strings.Trim(p.Key, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		f["key"] = "playbook.key"
	}
	p.NameID, p.NameEN = strings.TrimSpace(p.NameID), strings.TrimSpace(p.NameEN)
	if p.NameEN == "" {
		p.NameEN = p.NameID
	}
	if p.NameID == "" {
		f["name_id"] = "playbook.name"
	}
	if len(p.Works) == 0 || len(p.Works) > 60 {
		f["works"] = ErrPlaybookWorks.Code
	}
	for i := range p.Works {
		p.Works[i].tidy(f)
	}
	return f.Err()
}

func (w *PlaybookWork) tidy(f fault.Fields) {
	w.NameID, w.NameEN = strings.TrimSpace(w.NameID), strings.TrimSpace(w.NameEN)
	if w.NameEN == "" {
		w.NameEN = w.NameID
	}
	if w.NameID == "" {
		f["works"] = "playbook.work-name"
	}
	if _, ok := Kinds[w.Kind]; !ok {
		f["works"] = "playbook.work-kind"
	}
	if !in(Owners, w.Role) {
		f["works"] = "playbook.work-role"
	}
	if w.Offset < 0 || w.Offset > 365 || w.Days < 1 || w.Days > 250 {
		f["works"] = "playbook.work-days"
	}
}

// Plan gives the works of a campaign that starts on a day: each begins its offset
// of working days later and lasts its days, counted in the calendar of whoever owes
// it (R8). calendars gives that calendar by role. A work whose calendar never opens
// gets no dates.
func (p Playbook) Plan(start worktime.Date, calendars func(role string) worktime.Calendar) []Work {
	works := make([]Work, len(p.Works))
	for i, w := range p.Works {
		cal := calendars(w.Role)
		from := cal.AddWorkdays(start, 0)
		if w.Offset > 0 && from != "" {
			from = cal.AddWorkdays(from, int(w.Offset))
		}
		to := from
		if w.Days > 1 && from != "" {
			to = cal.AddWorkdays(from, int(w.Days-1))
		}
		works[i] = Work{Position: int64(i + 1), Kind: w.Kind, NameID: w.NameID, NameEN: w.NameEN, Role: w.Role, PlannedStart: from, PlannedEnd: to, Version: 1}
	}
	return works
}

// LastDay is the day on which the last of the works is planned to end.
func LastDay(works []Work) worktime.Date {
	var last worktime.Date
	for _, w := range works {
		if w.PlannedEnd.After(last) {
			last = w.PlannedEnd
		}
	}
	return last
}
