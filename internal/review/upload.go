package review

import (
	"crypto/sha256"
	"encoding"
	"hash"
	"path"
	"strings"
	"time"

	"kolega/internal/fault"
)

// Incoming is a file on its way: told beforehand, arriving in pieces, then whole
// and waiting to become a draft.
type Incoming struct {
	ID, DeliverableID, CampaignID, ClientID, TalentID string

	ByKind, ByID string
	FileName     string
	Type         string // first the sender's word, then what the bytes say
	Size         int64
	Received     int64  // durable bytes
	sum          []byte // state of the hash over the bytes received
	SHA256       string
	MadeAt       time.Time
	TouchedAt    time.Time
	FinishedAt   time.Time
	UsedAt       time.Time // it became a draft
}

// Whole says whether all bytes came and were hashed.
func (i Incoming) Whole() bool { return !i.FinishedAt.IsZero() }

// summed gives the running hash of what was received.
func (i Incoming) summed() (hash.Hash, error) {
	h := sha256.New()
	if i.Received == 0 {
		return h, nil
	}
	return h, h.(encoding.BinaryUnmarshaler).UnmarshalBinary(i.sum)
}

// stateOf gives the hash's state as it is kept.
func stateOf(h hash.Hash) ([]byte, error) { return h.(encoding.BinaryMarshaler).MarshalBinary() }

// Refusals of arriving files.
var (
	ErrUploadSize   = fault.Field("file", "upload.size")              // the size must be told first
	ErrUploadOffset = fault.New(fault.Conflict, "upload.offset")      // not where the last piece ended
	ErrUploadBusy   = fault.New(fault.Conflict, "upload.busy")        // another connection is sending it
	ErrUploadUsed   = fault.New(fault.Conflict, "upload.used")        // it became a draft already
	ErrUploadOpen   = fault.Field("file", "upload.unfinished")        // bytes are missing
	ErrUploadOther  = fault.Field("file", "upload.other-deliverable") // it was sent for something else
)

// CheckBegin judges what a sender tells before the first byte.
func CheckBegin(d Deliverable, fileName, mediaType string, size int64) (cleanName string, err error) {
	switch l := LimitsFor(d.Platform, d.Format); {
	case d.ApprovedID != "":
		return "", ErrApproved
	case !d.ClosedAt.IsZero():
		return "", ErrClosed
	case d.Conceiving():
		return "", ErrConceptFirst
	case size <= 0:
		return "", ErrUploadSize
	case size > l.MaxBytes:
		return "", ErrFileLarge.With("size", Bytes(size), "max", Bytes(l.MaxBytes))
	case mediaType != "" && mediaType != "application/octet-stream":
		if err := l.CheckFile(mediaType, size); err != nil {
			return "", err
		}
	}
	return cleanFileName(fileName), nil
}

// cleanFileName keeps the last part of a name, without control characters and
// not longer than a screen wants it. It is shown, never used as a path.
func cleanFileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.TrimSpace(name), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '"' {
			return -1
		}
		return r
	}, name)
	if r := []rune(name); len(r) > 120 {
		name = string(r[len(r)-120:])
	}
	if name == "" || name == "." || name == "/" {
		return "draft"
	}
	return name
}
