package task

import (
	"context"
	"errors"
	"slices"
	"strings"

	"kolega/internal/access"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/worktime"
)

// Asking is a task that the program gives because of a fact: to the first of Doers who
// is there, in that person's words, due by the end of the next working day.
type Asking struct {
	NewTask
	Doers []access.Person
	Words func(*locale.Loc) (title, done string)
}

// Ask gives such a task in a change of a higher slice, once for its origin. Where
// nobody is left at the agency, it gives none.
func Ask(ctx context.Context, tx *db.Tx, a Asking) error {
	for days := 1; days <= 60; days += 5 { // later where all are away
		for _, p := range a.Doers {
			if !p.Active() {
				continue
			}
			cal, err := country.CalendarIn(ctx, tx, p.Zone)
			if err != nil {
				return err
			}
			n := a.NewTask
			n.DoerID, n.DueAt = p.ID, cal.AddWorkdays(worktime.DateOf(tx.Now(), cal.Zone), days).At(17, 0, cal.Zone)
			n.Title, n.DoneMeans = a.Words(locale.For(p.Lang, p.Zone))
			if _, _, err = Give(ctx, tx, access.System(), n); !errors.Is(err, ErrAway) {
				return err
			}
		}
	}
	return nil
}

// ByRole puts people in the order of roles; others are left out.
func ByRole(people []access.Person, roles ...access.Role) (out []access.Person) {
	for _, role := range roles {
		for _, p := range people {
			if p.Role == role {
				out = append(out, p)
			}
		}
	}
	return out
}

// CloseAbout ends, in a change of a higher slice, the open tasks about a thing whose
// origin has a part: "unclear" of "payout/ID/unclear".
func CloseAbout(ctx context.Context, tx *db.Tx, actor access.Actor, about About, part, result string) error {
	list, err := List(ctx, tx, Filter{About: about, Open: true})
	if err != nil {
		return err
	}
	for _, t := range list {
		if slices.Contains(strings.Split(t.Origin, "/"), part) {
			if err := Close(ctx, tx, actor, t.ID, result); err != nil {
				return err
			}
		}
	}
	return nil
}
