package campaign

import (
	"bytes"
	"context"
	"errors"
	"io"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/paper/prose"
)

// KeepDocument keeps a document of the client's beside the brief, as it came. The same
// bytes again are the file that is there. A document without words, such as a
// scan, is kept too. Faults: brief.file-missing, blob.too-big, campaign.closed.
func (s *Service) KeepDocument(ctx context.Context, actor access.Actor, campaignID, name string, r io.Reader) (f Document, err error) {
	if err := actor.Require("brief.edit", access.Owner{CampaignID: campaignID}); err != nil {
		return f, err
	}
	data, err := io.ReadAll(blob.Limited(r, prose.MaxBytes))
	if err != nil {
		return f, err
	}
	if len(data) == 0 {
		return f, ErrDocumentMissing
	}
	_, kind := readDocument(data)
	ref, err := s.files.Put(ctx, bytes.NewReader(data))
	if err != nil {
		return f, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		c, _, err := loadForBrief(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		f, err = documentByHash(ctx, tx, campaignID, ref.SHA256)
		if err == nil || !errors.Is(err, db.ErrNotFound) {
			return err
		}
		f = Document{ID: tx.NewID(), CampaignID: campaignID, Name: fileName(name), Kind: string(kind), MediaType: ref.Type, SHA256: ref.SHA256,
			Size: ref.Size, AddedAt: tx.Now(), AddedBy: actor.Name}
		if err := insertDocument(ctx, tx, f); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "brief.edit", Subject: "brief-file", ID: f.ID, Campaign: c.ID, Client: c.ClientID,
			After: map[string]any{"name": f.Name, "sha256": f.SHA256}})
	})
	return f, err
}

// ReadDocument gives the points that a kept file proposes; nothing is kept. Faults:
// those of prose.Read, not found.
func (s *Service) ReadDocument(ctx context.Context, actor access.Actor, campaignID, fileID string) (r Reading, err error) {
	f, body, err := s.OpenDocument(ctx, actor, campaignID, fileID)
	if err != nil {
		return r, err
	}
	defer body.Close()
	data, err := io.ReadAll(body)
	if err != nil {
		return r, err
	}
	text, _, err := prose.Read(data)
	if err != nil {
		return Reading{Document: f}, err
	}
	return s.readInto(ctx, campaignID, f, text)
}

// ReadPasted gives the points that a pasted text proposes beside those of the draft;
// nothing is kept. Fault: brief.empty when it says nothing.
func (s *Service) ReadPasted(ctx context.Context, actor access.Actor, campaignID, text string) (r Reading, err error) {
	if err := actor.Require("brief.edit", access.Owner{CampaignID: campaignID}); err != nil {
		return r, err
	}
	return s.readInto(ctx, campaignID, Document{}, text)
}

func (s *Service) readInto(ctx context.Context, campaignID string, f Document, text string) (r Reading, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		versions, err := ListBriefs(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		if len(versions) == 0 {
			return db.ErrNotFound
		}
		r = ReadText(text, versions[len(versions)-1].Points)
		r.Document = f
		return nil
	})
	if err == nil && len(r.Suggestions) == 0 {
		err = ErrBriefEmpty.At("pasted")
	}
	return r, err
}

// OpenDocument gives a kept file and its bytes to the people of the agency.
func (s *Service) OpenDocument(ctx context.Context, actor access.Actor, campaignID, fileID string) (f Document, body io.ReadSeekCloser, err error) {
	if !actor.IsStaff() {
		return f, nil, db.ErrNotFound
	}
	if err := actor.Require("brief.see", access.Owner{CampaignID: campaignID}); err != nil {
		return f, nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { f, err = LoadDocument(ctx, tx, campaignID, fileID); return err })
	if err != nil {
		return f, nil, err
	}
	body, err = s.files.Open(ctx, f.SHA256)
	return f, body, err
}
