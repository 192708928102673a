package talent

import (
	"slices"
	"time"

	"kolega/internal/locale"
)

// Outcome is what became of a row.
type Outcome string

// The outcomes. Every row of a file has exactly one.
const (
	Created   Outcome = "created"
	Updated   Outcome = "updated"
	Unchanged Outcome = "unchanged"
	Skipped   Outcome = "skipped"
)

// known is what the database holds of the rows of one part of a file, with what the
// part itself has changed so far.
type known struct {
	accounts map[string]*Account
	ids      map[string]*Account // by platform and platform id
	phones   map[string][]string // talent ids
	emails   map[string][]string
	talents  map[string]*Talent
	rates    map[string][]Rate
	changes  changes
}

// changes is what the part is going to write.
type changes struct {
	newTalents  []*Talent
	oldTalents  map[string]*Talent
	newAccounts []*Account
	oldAccounts map[string]*Account
	rates       []Rate
	hashes      []takenRow
	touched     map[string]bool
}

// takenRow is a row that was taken in, and whose it is.
type takenRow struct {
	hash     rowHash
	talentID string
}

func newKnown() *known {
	return &known{accounts: map[string]*Account{}, ids: map[string]*Account{}, phones: map[string][]string{},
		emails: map[string][]string{}, talents: map[string]*Talent{}, rates: map[string][]Rate{},
		changes: changes{oldTalents: map[string]*Talent{}, oldAccounts: map[string]*Account{}, touched: map[string]bool{}}}
}

func accountKey(p Platform, key string) string { return string(p) + "/" + key }

func (k *known) account(a Account) *Account {
	if found := k.accounts[accountKey(a.Platform, a.Key)]; found != nil {
		return found
	}
	if a.PlatformID != "" {
		return k.ids[accountKey(a.Platform, a.PlatformID)]
	}
	return nil
}

func (k *known) addAccount(a *Account) {
	k.accounts[accountKey(a.Platform, a.Key)] = a
	if a.PlatformID != "" {
		k.ids[accountKey(a.Platform, a.PlatformID)] = a
	}
}

func (k *known) addTalent(t *Talent) {
	k.talents[t.ID] = t
	if t.Phone != "" && !slices.Contains(k.phones[t.Phone], t.ID) {
		k.phones[t.Phone] = append(k.phones[t.Phone], t.ID)
	}
	if t.Email != "" && !slices.Contains(k.emails[t.Email], t.ID) {
		k.emails[t.Email] = append(k.emails[t.Email], t.ID)
	}
}

// planner takes rows into a part. newID and now come from the change.
type planner struct {
	*known
	newID  func() string
	now    time.Time
	source string
	taken  map[rowHash]bool // rows of this file that were taken in
}

// owner finds whose row it is: first by account; then by phone or e-mail, but only
// under the same name or where the row names nobody, since a manager's number
// stands in many rows. two is true when the row's accounts belong to several.
func (p planner) owner(r *Reading) (t *Talent, two bool) {
	for _, a := range r.Accounts {
		if found := p.account(a); found != nil {
			o := p.talents[found.TalentID]
			if t != nil && t.ID != o.ID {
				return nil, true
			}
			t = o
		}
	}
	if t != nil {
		return t, false
	}
	for _, id := range append(slices.Clone(p.phones[r.Talent.Phone]), p.emails[r.Talent.Email]...) {
		o := p.talents[id]
		if !o.Gone() && (r.Talent.Name == "" || locale.Fold(o.Name) == locale.Fold(r.Talent.Name)) {
			return o, false
		}
	}
	return nil, false
}

// take plans one row. The code is the reason of a skipped one.
func (p planner) take(r *Reading, hash rowHash) (o Outcome, code string) {
	if p.taken[hash] {
		return Unchanged, ""
	}
	t, two := p.owner(r)
	switch {
	case two:
		return Skipped, SkipTwo
	case t != nil && t.Gone():
		return Skipped, SkipErased
	case t == nil:
		t, o = p.make(r), Created
	case p.mend(t, r):
		o = Updated
	default:
		o = Unchanged
	}
	if p.figures(t, r) && o == Unchanged {
		o = Updated
	}
	p.taken[hash] = true
	p.changes.hashes = append(p.changes.hashes, takenRow{hash, t.ID})
	if o != Unchanged {
		p.changes.touched[t.ID] = true
	}
	return o, ""
}

func (p planner) make(r *Reading) *Talent {
	t := r.Talent
	t.ID, t.CreatedAt, t.UpdatedAt = p.newID(), p.now, p.now
	if t.Name == "" && len(r.Accounts) > 0 {
		t.Name = r.Accounts[0].Handle
		if t.Name == "" {
			t.Name = r.Accounts[0].PlatformID
		}
	}
	t = t.Normal()
	p.changes.newTalents = append(p.changes.newTalents, &t)
	p.addTalent(&t)
	return &t
}

// mend fills what the agency does not know yet. What it knows stays: a table is
// older than the people who keep the record.
func (p planner) mend(t *Talent, r *Reading) bool {
	changed := false
	put := func(to *string, from string) {
		if *to == "" && from != "" {
			*to, changed = from, true
		}
	}
	put(&t.Country, r.Talent.Country)
	put(&t.City, r.Talent.City)
	put(&t.Phone, r.Talent.Phone)
	put(&t.Email, r.Talent.Email)
	put(&t.ManagerName, r.Talent.ManagerName)
	put(&t.Bio, r.Talent.Bio)
	put(&t.Note, r.Talent.Note)
	if r.Talent.Name != "" && p.namedByHandle(t, r) {
		t.Name, changed = r.Talent.Name, true
	}
	for _, l := range []struct{ to, from *[]string }{{&t.Categories, &r.Talent.Categories}, {&t.Tags, &r.Talent.Tags}, {&t.Languages, &r.Talent.Languages}} {
		if all := distinct(append(slices.Clone(*l.to), *l.from...)); len(all) > len(*l.to) {
			*l.to, changed = all, true
		}
	}
	if changed {
		t.UpdatedAt = p.now
		p.addTalent(t)
		p.changes.oldTalents[t.ID] = t
	}
	return changed
}

// namedByHandle says whether the talent carries an account's name for want of a better.
func (p planner) namedByHandle(t *Talent, r *Reading) bool {
	for _, a := range r.Accounts {
		if (t.Name == a.Handle || t.Name == a.PlatformID) && t.Name != r.Talent.Name {
			return true
		}
	}
	return false
}

// figures brings accounts and rate card up to the row.
func (p planner) figures(t *Talent, r *Reading) bool {
	changed := false
	for _, a := range r.Accounts {
		a.Source = p.source
		found := p.account(a)
		if found == nil {
			a.ID, a.TalentID, a.CreatedAt, a.UpdatedAt = p.newID(), t.ID, p.now, p.now
			p.changes.newAccounts = append(p.changes.newAccounts, &a)
			p.addAccount(&a)
			changed = true
			continue
		}
		if found.merge(a) {
			found.UpdatedAt = p.now
			p.addAccount(found)
			p.changes.oldAccounts[found.ID] = found
			changed = true
		}
	}
	for _, x := range r.Rates {
		x.TalentID, x.Source = t.ID, p.source
		if have, ok := sameLine(p.rates[t.ID], x); ok && have.Amount == x.Amount {
			continue
		}
		x.ID = p.newID()
		p.rates[t.ID] = append(slices.DeleteFunc(p.rates[t.ID], func(o Rate) bool {
			return o.Platform == x.Platform && o.Format == x.Format && o.ValidFrom == x.ValidFrom
		}), x)
		p.changes.rates = append(p.changes.rates, x)
		changed = true
	}
	return changed
}

func sameLine(card []Rate, x Rate) (Rate, bool) {
	for _, r := range card {
		if r.Platform == x.Platform && r.Format == x.Format && r.ValidFrom == x.ValidFrom {
			return r, true
		}
	}
	return Rate{}, false
}

// merge takes over what b knows. Figures with an older day than those on record
// are left; figures without a day replace each other.
func (a *Account) merge(b Account) bool {
	before := *a
	if a.Handle == "" && b.Handle != "" {
		a.Handle, a.Key = b.Handle, b.Key
	}
	if a.PlatformID == "" {
		a.PlatformID = b.PlatformID
	}
	if a.AudienceCountry == "" || b.AudienceCountry != "" {
		a.AudienceCountry = b.AudienceCountry
	}
	if b.FollowersOn == "" && a.FollowersOn != "" || b.FollowersOn.Before(a.FollowersOn) {
		return *a != before
	}
	newer := func(to *int64, from int64) bool {
		if from < 0 {
			return false
		}
		*to = from
		return true
	}
	any := newer(&a.Followers, b.Followers)
	any = newer(&a.AvgViews, b.AvgViews) || any
	any = newer(&a.AvgLikes, b.AvgLikes) || any
	any = newer(&a.AvgComments, b.AvgComments) || any
	any = newer(&a.AvgShares, b.AvgShares) || any
	any = newer(&a.AvgEngagements, b.AvgEngagements) || any
	if b.ERBp >= 0 {
		a.ERBp, a.ERBase, a.EROn, any = b.ERBp, b.ERBase, b.EROn, true
	}
	if any {
		a.FollowersOn = b.FollowersOn
		if figures := *a; figures != before {
			a.Source = b.Source
		}
	}
	return *a != before
}
