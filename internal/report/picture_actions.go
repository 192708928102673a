package report

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/paper"
)

// pictureSide is how many pixels a picture of a post has at its longer side.
const pictureSide = 900

// art gathers whose paper it is and the pictures. A picture whose file is gone or that no
// longer opens is left out: the page shows the figures without it.
func (s *Service) art(ctx context.Context, d Document, clientID string) (a Art, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		agency, err := access.LoadLook(ctx, tx, access.OfAgency, tx.Now())
		if err != nil {
			return err
		}
		of, err := access.LoadLook(ctx, tx, clientID, tx.Now())
		a.Agency, a.Client = agency.Paper(), of.Paper()
		return err
	})
	if err != nil {
		return a, err
	}
	a.Pictures = map[string][]byte{}
	for _, p := range d.Posts {
		if p.Picture == "" || a.Pictures[p.Picture] != nil {
			continue
		}
		data, err := s.picture(ctx, p.Picture)
		if err != nil && !errors.Is(err, blob.ErrAbsent) && !errors.Is(err, paper.ErrPicture) {
			return a, err
		}
		a.Pictures[p.Picture] = data
	}
	return a, nil
}

func (s *Service) picture(ctx context.Context, sha string) ([]byte, error) {
	f, err := s.blob.Open(ctx, sha)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return paper.Picture(f, pictureSide, false)
}

// Picture gives the picture of a post as a report shows it: of the version that was sent,
// or for staff with number 0 as it is now. What a report does not show is not there.
// Rights: as Read.
func (s *Service) Picture(ctx context.Context, actor access.Actor, campaignID string, number int64, sha string) ([]byte, error) {
	var d Document
	if number == 0 && actor.IsStaff() {
		e, err := s.Edit(ctx, actor, campaignID)
		if err != nil {
			return nil, err
		}
		d = e.Document
	} else {
		v, _, err := s.Read(ctx, actor, campaignID, number)
		if err != nil {
			return nil, err
		}
		d = v.Document
	}
	if sha == "" || !slices.ContainsFunc(d.Posts, func(p Post) bool { return p.Picture == sha }) {
		return nil, db.ErrNotFound
	}
	return s.picture(ctx, sha)
}

// SetPicture keeps the picture that the report shows for one of its posts. Right:
// report.edit. Faults: paper.picture, not-found.
func (s *Service) SetPicture(ctx context.Context, actor access.Actor, campaignID, postID string, r io.Reader) error {
	if err := actor.Require("report.edit", access.Owner{CampaignID: campaignID}); err != nil {
		return err
	}
	data, err := paper.Picture(r, pictureSide, false)
	if err != nil {
		return err
	}
	ref, err := s.blob.Put(ctx, bytes.NewReader(data))
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := campaign.LoadCampaign(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		d, _, err := Build(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(d.Posts, func(p Post) bool { return p.ID == postID && postID != "" }) {
			return db.ErrNotFound
		}
		if err := savePicture(ctx, tx, campaignID, postID, ref.SHA256, actor.Name); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "report.edit", Subject: "post", ID: postID, Campaign: campaignID, Client: c.ClientID, After: map[string]any{"picture": ref.SHA256}})
	})
}
