package access

import (
	"time"

	"kolega/internal/audit"
	"kolega/internal/fault"
)

// Room says which room a link opens and for whom.
type Room struct {
	Party      Role // Client or Talent
	CampaignID string
	ClientID   string
	ContactID  string // of a client's link
	TalentID   string // of a talent's link
	Name       string // whom it is for, kept with each act
	Lang       string
	Zone       string
}

// Link is a room link as the list of links shows it. Its secret is never kept.
type Link struct {
	Room
	ID        string
	MadeAt    time.Time
	ExpiresAt time.Time
	RevokedAt time.Time
	OpenedAt  time.Time
	ActedAt   time.Time
}

// Faults of links and step-up codes.
var (
	ErrLinkGone     = fault.New(fault.NotFound, "link.gone")
	ErrRoom         = fault.New(fault.Invalid, "link.room")
	ErrStepUp       = fault.New(fault.Forbidden, "stepup.needed")
	ErrStepUpCode   = fault.New(fault.Invalid, "stepup.wrong")
	ErrStepUpSpent  = fault.New(fault.TooMany, "stepup.spent")
	ErrNoKnownPlace = fault.New(fault.Invalid, "stepup.nowhere")
)

// Live tells whether the link opens its room.
func (l Link) Live(now time.Time) bool { return l.RevokedAt.IsZero() && l.ExpiresAt.After(now) }

// Actor is the one named person whom the link lets in.
func (l Link) Actor() Actor {
	who := audit.Who{Kind: string(l.Party), Name: l.Name, Via: "link:" + l.ID, ID: l.ContactID}
	if l.Party == Talent {
		who.ID = l.TalentID
	}
	return Actor{Who: who, Role: l.Party, Lang: l.Lang, Zone: l.Zone, Theme: "auto",
		CampaignID: l.CampaignID, ClientID: l.ClientID, ContactID: l.ContactID, TalentID: l.TalentID, LinkID: l.ID}
}

func (r Room) check() error {
	client := r.Party == Client && r.ContactID != "" && r.ClientID != "" && r.TalentID == "" // before there is a campaign it opens the agreement
	talent := r.Party == Talent && r.TalentID != "" && r.ContactID == "" && r.ClientID == "" && r.CampaignID != ""
	if (client || talent) && r.Name != "" {
		return nil
	}
	return ErrRoom
}

// LinkUntil is the usual end of a room link: 14 days after its campaign's (R20).
func LinkUntil(campaignEnd time.Time) time.Time { return campaignEnd.Add(linkGraceFor) }
