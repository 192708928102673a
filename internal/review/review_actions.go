package review

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/blob/partial"
	"kolega/internal/db"
	"kolega/internal/film"
)

// Service offers the use cases of this room.
type Service struct {
	db    *db.DB
	blobs blob.Store
	spool *partial.Folder // files that are still arriving

	tool    film.Tool // ffmpeg, where the machine has it
	filming bool
}

// New makes the service on a database, a store for whole files and a folder for
// arriving ones.
func New(d *db.DB, blobs blob.Store, spool *partial.Folder) *Service {
	return &Service{db: d, blobs: blobs, spool: spool}
}

// owner says whose a deliverable is, to the party that asks.
func owner(a access.Actor, d Deliverable) access.Owner {
	if a.IsTalent() {
		return access.Owner{CampaignID: d.CampaignID, TalentID: d.TalentID}
	}
	return access.Owner{CampaignID: d.CampaignID, ClientID: d.ClientID}
}

// checker says what the rules of keys and goodwill need to know of a person.
func checker(a access.Actor) Checker {
	return Checker{ID: a.ID, Name: a.Name, Trainee: a.Role == access.Trainee, Senior: a.Can("round.settle")}
}

// entry begins an audit entry about a thing of a deliverable.
func entry(verb access.Verb, subject, id string, d Deliverable) audit.Entry {
	return audit.Entry{Verb: string(verb), Subject: subject, ID: id, Campaign: d.CampaignID, Client: d.ClientID, Talent: d.TalentID}
}

// load gives a version with its deliverable to an actor who has the right.
// A client finds only what was shown; a talent only the own.
func load(ctx context.Context, tx *db.Tx, a access.Actor, verb access.Verb, versionID string) (Deliverable, Version, error) {
	x, err := loadToDecide(ctx, tx, a, verb, versionID)
	return x.d, x.v, err
}

// loadToDecide is load, with all that a decision needs to know.
func loadToDecide(ctx context.Context, tx *db.Tx, a access.Actor, verb access.Verb, versionID string) (deciding, error) {
	x, err := loadDecision(ctx, tx, versionID)
	if err != nil {
		return x, err
	}
	if err := a.Require(verb, owner(a, x.d)); err != nil {
		return x, err
	}
	if a.IsClient() && x.v.ShownAt.IsZero() {
		return x, db.ErrNotFound
	}
	return x, nil
}
