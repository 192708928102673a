package proof

import (
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Sheets lists the service sheets with versions and log. Right: sheet.see.
func (s *Service) Sheets(ctx context.Context, actor access.Actor) (out []Sheet, today worktime.Date, err error) {
	if err := actor.Require("sheet.see", access.Owner{}); err != nil {
		return nil, "", err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if today, err = Today(ctx, tx); err != nil {
			return err
		}
		out, err = ListSheets(ctx, tx)
		return err
	})
	return out, today, err
}

// Sheet gives one sheet. Right: sheet.see. Fault: not-found.
func (s *Service) Sheet(ctx context.Context, actor access.Actor, id string) (out Sheet, today worktime.Date, err error) {
	if err := actor.Require("sheet.see", access.Owner{}); err != nil {
		return out, "", err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if today, err = Today(ctx, tx); err != nil {
			return err
		}
		out, err = LoadSheet(ctx, tx, id)
		return err
	})
	return out, today, err
}

// File is bytes that somebody gives, under the name that they had there.
type File struct {
	Name string
	Data io.Reader
}

// KeepFile takes a file into the store: of an allowed type and at most MaxFile bytes.
// Fault: sheet.file.
func KeepFile(ctx context.Context, store blob.Store, f File) (ref blob.Ref, name string, err error) {
	if f.Data == nil {
		return ref, "", ErrSheetFile
	}
	ref, err = store.Put(ctx, blob.Limited(f.Data, MaxFile))
	if errors.Is(err, blob.ErrTooBig) || err == nil && (ref.Size == 0 || !FileAllowed(ref.Type)) {
		return ref, "", ErrSheetFile
	}
	if name = strings.TrimSpace(path.Base(strings.ReplaceAll(f.Name, `\`, "/"))); name == "" || name == "." || name == "/" {
		name = "file"
	}
	if r := []rune(name); len(r) > 120 {
		name = string(r[len(r)-120:])
	}
	return ref, name, err
}

// NewSheet makes a sheet with its first version. Right: sheet.edit. Faults: sheet.*.
func (s *Service) NewSheet(ctx context.Context, actor access.Actor, sh Sheet, v SheetVersion, f File) (Sheet, error) {
	if err := actor.Require("sheet.edit", access.Owner{}); err != nil {
		return sh, err
	}
	if err := sh.tidy(); err != nil {
		return sh, err
	}
	ref, name, err := s.file(ctx, &v, f)
	if err != nil {
		return sh, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		sh.ID, sh.MadeAt, sh.By = tx.NewID(), tx.Now(), actor.Name
		if err := insertSheet(ctx, tx, sh); err != nil {
			return err
		}
		return putVersion(ctx, tx, actor, sh, v, ref, name)
	})
	return sh, err
}

// AddSheetVersion adds a version to a sheet. Right: sheet.edit. Faults: sheet.*.
func (s *Service) AddSheetVersion(ctx context.Context, actor access.Actor, sheetID string, v SheetVersion, f File) error {
	if err := actor.Require("sheet.edit", access.Owner{}); err != nil {
		return err
	}
	ref, name, err := s.file(ctx, &v, f)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		sh, err := LoadSheet(ctx, tx, sheetID)
		if err != nil {
			return err
		}
		return putVersion(ctx, tx, actor, sh, v, ref, name)
	})
}

func (s *Service) file(ctx context.Context, v *SheetVersion, f File) (blob.Ref, string, error) {
	if err := v.tidy(); err != nil {
		return blob.Ref{}, "", err
	}
	return KeepFile(ctx, s.blob, f)
}

func putVersion(ctx context.Context, tx *db.Tx, actor access.Actor, sh Sheet, v SheetVersion, ref blob.Ref, name string) error {
	v.ID, v.SheetID, v.Number, v.SHA, v.Name, v.Type, v.Size, v.MadeAt, v.By = tx.NewID(), sh.ID, 1, ref.SHA256, name, ref.Type, ref.Size, tx.Now(), actor.Name
	if len(sh.Versions) > 0 {
		v.Number = sh.Versions[0].Number + 1
	}
	if err := insertSheetVersion(ctx, tx, v); err != nil {
		return err
	}
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "sheet.edit", Subject: "service-sheet", ID: sh.ID, After: map[string]any{"title": sh.Title, "number": v.Number, "until": v.UntilOn}})
}

// ShowSheet keeps that somebody outside is shown a version: one that does not hold today
// needs a reason (A6). Right: sheet.show. Faults: sheet.*.
func (s *Service) ShowSheet(ctx context.Context, actor access.Actor, x SheetShown) error {
	if err := actor.Require("sheet.show", access.Owner{}); err != nil {
		return err
	}
	x.Whom, x.Reason = oneLine(x.Whom), strings.TrimSpace(x.Reason)
	return s.db.Write(ctx, func(tx *db.Tx) error {
		v, err := LoadSheetVersion(ctx, tx, x.VersionID)
		if err != nil || v.SheetID != x.SheetID {
			return ErrSheetAbsent
		}
		if x.ContactID != "" {
			c, err := client.LoadContact(ctx, tx, x.ContactID)
			if err != nil {
				return ErrSheetWhom
			}
			x.Whom = c.Name
		}
		if x.Whom == "" || len([]rune(x.Whom)) > maxTitle {
			return ErrSheetWhom
		}
		if err := CheckShow(ctx, tx, v, x.Reason); err != nil {
			return err
		}
		x.Number, x.By = v.Number, actor.Name
		if err := LogShown(ctx, tx, x); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "sheet.show", Subject: "service-sheet", ID: v.SheetID, Reason: x.Reason, After: map[string]any{"number": v.Number, "deal": x.DealID}})
	})
}

// CheckShow asks whether a version may be shown today. Fault: sheet.out-of-date.
func CheckShow(ctx context.Context, tx *db.Tx, v SheetVersion, reason string) error {
	today, err := Today(ctx, tx)
	if err != nil {
		return err
	}
	return v.MayShow(today, reason)
}

// SheetFile opens the file of a version. Right: sheet.see. Fault: not-found.
func (s *Service) SheetFile(ctx context.Context, actor access.Actor, sheetID, versionID string) (f io.ReadSeekCloser, v SheetVersion, err error) {
	if err := actor.Require("sheet.see", access.Owner{}); err != nil {
		return nil, v, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { v, err = LoadSheetVersion(ctx, tx, versionID); return err })
	if err == nil && v.SheetID != sheetID {
		err = db.ErrNotFound
	}
	if err != nil {
		return nil, v, err
	}
	f, err = s.blob.Open(ctx, v.SHA)
	if fault.KindOf(err) == fault.NotFound {
		err = db.ErrNotFound
	}
	return f, v, err
}
