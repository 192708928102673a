package access

import (
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
)

// Role is what a person is to the agency.
type Role string

// The roles of the agency's people, of the two parties outside, and of the program itself.
const (
	Manager    Role = "manager"
	SeniorAE   Role = "senior_ae"
	AE         Role = "ae"
	Trainee    Role = "trainee"
	Specialist Role = "specialist"
	Designer   Role = "designer"
	Finance    Role = "finance"
	Client     Role = "client"
	Talent     Role = "talent"
	SystemRole Role = "system"
)

// StaffRoles are the roles that a person of the agency can have, in the order of the table of rights.
var StaffRoles = []Role{Manager, SeniorAE, AE, Trainee, Specialist, Designer, Finance}

// Known tells whether a person of the agency can have the role.
func (r Role) Known() bool {
	for _, s := range StaffRoles {
		if r == s {
			return true
		}
	}
	return false
}

// Actor is who acts: a person of the agency, a contact or talent on a room link,
// or the program itself.
type Actor struct {
	audit.Who
	Role   Role
	Lang   string
	Zone   string
	Theme  string
	Scopes []string // of an API token; empty means all that the role may

	// The one room of an outsider.
	CampaignID string
	ClientID   string
	ContactID  string
	TalentID   string
	LinkID     string
}

// Owner says whose a thing is. Empty fields do not restrict.
type Owner struct{ ClientID, CampaignID, TalentID string }

// Faults of rights.
var (
	ErrForbidden       = fault.New(fault.Forbidden, "access.forbidden")
	ErrUnauthenticated = fault.New(fault.Unauthenticated, "access.sign-in")
)

// System is the program acting by itself, in jobs.
func System() Actor {
	return Actor{Who: audit.Who{Kind: "system", Name: "Kolega", Via: "job"}, Role: SystemRole, Lang: "id", Zone: "Asia/Jakarta"}
}

// IsStaff tells whether a person of the agency acts.
func (a Actor) IsStaff() bool { return a.Kind == "staff" }

// IsClient tells whether a client's contact acts.
func (a Actor) IsClient() bool { return a.Kind == "client" }

// IsTalent tells whether a talent acts.
func (a Actor) IsTalent() bool { return a.Kind == "talent" }

// Can tells whether the actor's role has the right, without regard to whose the thing is.
func (a Actor) Can(v Verb) bool {
	if a.Role == SystemRole {
		return true
	}
	if len(a.Scopes) > 0 && !inScope(a.Scopes, v) {
		return false
	}
	return allowed(a.Role, v)
}

// Require is nil when the actor may do v to a thing of owner. People of the
// agency who may not get Forbidden; people outside get NotFound, as for a thing
// that is not there.
func (a Actor) Require(v Verb, owner Owner) error {
	switch {
	case a.Kind == "":
		return ErrUnauthenticated
	case a.Can(v) && a.owns(owner):
		return nil
	case a.IsStaff():
		return ErrForbidden.With("verb", string(v))
	}
	return db.ErrNotFound
}

func (a Actor) owns(o Owner) bool {
	switch a.Kind {
	case "client":
		return same(o.ClientID, a.ClientID) && same(o.CampaignID, a.CampaignID) && (o.ClientID != "" || o.CampaignID != "") && o.TalentID == ""
	case "talent":
		return o.TalentID == a.TalentID && same(o.CampaignID, a.CampaignID)
	}
	return true
}

// same: a field that does not restrict, or the very same id.
func same(want, have string) bool { return want == "" || want == have }
