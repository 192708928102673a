package casting

import (
	"time"

	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// ClientSheet is what a client's contact sees of the picks. No field of it, nor
// of the types below it, holds a cost, a margin or an internal note (R20).
type ClientSheet struct {
	CampaignID, Campaign, Brand string
	Deadline                    worktime.Deadline // in the client's zone
	SharedAt, SentAt            time.Time
	Late                        bool   // the answer that counts came after the deadline
	Past                        bool   // the deadline is over now
	Decides                     bool   // the reader's answers count; otherwise they advise
	Decider                     string // name; "" when each contact may decide
	Open                        bool   // answers can still be given
	Lines                       []ClientLine
	Unsent                      int64 // answers of the reader not sent yet
}

// ClientLine is one kind of seat with its cards.
type ClientLine struct {
	Key                           LineKey
	Name                          string
	Slots, Yes, Reserve, No, Left int64 // Left: cards without an answer
	Over                          int64 // yes beyond the slots
	Cards                         []ClientCard
}

// ClientCard is one candidate as a client sees it.
type ClientCard struct {
	ID                     string
	Name, Handle, Platform string
	City, Country          string
	Tier                   talent.Tier
	Followers              int64 // -1 unknown
	FollowersOn            worktime.Date
	ERBp                   int64 // -1 unknown
	ERBase                 talent.ERBase
	EROn                   worktime.Date
	AvgViews               int64 // -1 unknown
	Stale                  bool  // the figures are older than they should be
	Tags, Categories       []string
	Why                    string
	Price                  money.Amount
	Replaces               string // the talent whose seat it would take; "" on the first list
	Gone                   string // why it cannot be had any more; "" while it can
	Offered                bool   // asked already: a yes stays

	Answer Answer
	Reason string
	Order  int64
	Sent   Answer
	SentAt time.Time
	Late   bool
	Advice []Advice // what the other contacts said
}

// Advice is another contact's sent answer.
type Advice struct {
	Name   string
	Answer Answer
	Reason string
}

// TalentOffer is an offer as the talent sees it. No field of it holds the
// client's price or another talent (R20).
type TalentOffer struct {
	ID, CampaignID, Campaign, Brand, Handle, Platform string

	Fee, Asked       money.Amount
	Net              bool // the fee is what the talent receives
	Pieces           []Piece
	Rights           Rights
	Dates            []Date
	Note, TalentNote string
	State            State
	SentBy           string
	SentAt           time.Time
	ExpiresAt        time.Time
	Version          int64
}

// TalentBooking is a booking as the talent sees it.
type TalentBooking struct {
	ID, CampaignID, Campaign, Brand, Handle, Platform string

	Fee                            money.Amount
	Pieces                         []Piece
	Rights                         Rights
	DraftDue, RevisionDue, PostDue worktime.Deadline
	CommittedAt, DraftAt           time.Time
	DeliveredAt, DroppedAt         time.Time
	Asked                          CheckIn // the check-in that waits for an answer; zero ID when none does
	Parcel                         TalentParcel
}

// TalentParcel is a product sample as the talent sees it: the address is not
// repeated. State is "" without one.
type TalentParcel struct {
	State           ParcelState
	Contents        string
	ClockDays       int64
	Recipient       string
	Courier, Number string
}

// TalentRoom is all that casting has for one talent in one campaign.
type TalentRoom struct {
	Offers   []TalentOffer // newest first
	Bookings []TalentBooking
}
