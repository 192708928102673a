package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"
)

// Who acted: kind "staff", "client", "talent" or "system", and by which way
// (session, token, link) the act arrived.
type Who struct {
	Kind string // staff, client, talent, system
	ID   string // person, contact or talent; empty for system
	Name string
	Via  string // "web", "api", "link:<id>", "job"
}

// Entry is what a use case says about its change.
type Entry struct {
	Verb     string // the right it used, such as "brief.accept"
	Subject  string // kind of thing, such as "brief"
	ID       string
	Campaign string // ids of what the change concerns, for the pages that show it
	Client   string
	Talent   string
	Before   any // small documents; nil when there is none
	After    any
	Reason   string
}

// Line is a kept entry.
type Line struct {
	Seq       int64
	At        time.Time
	Who       Who
	Verb      string
	Subject   string
	ID        string
	Campaign  string
	Client    string
	Talent    string
	Before    string // JSON
	After     string // JSON
	Reason    string
	RequestID string
	Prev      string
	Hash      string
}

// seal computes the hash of a line over all its other fields, each preceded by
// its length so that no two different lines read the same.
func (l *Line) seal() string {
	b := make([]byte, 0, 1024)
	for _, s := range []string{
		strconv.FormatInt(l.Seq, 10), strconv.FormatInt(l.At.UnixMicro(), 10), l.Who.Kind, l.Who.ID, l.Who.Name, l.Who.Via,
		l.Verb, l.Subject, l.ID, l.Campaign, l.Client, l.Talent, l.Before, l.After, l.Reason, l.RequestID, l.Prev,
	} {
		b = append(append(strconv.AppendInt(b, int64(len(s)), 10), ':'), s...)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func document(v any) (string, error) {
	if v == nil {
		return "", nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}

type requestKey struct{}

// WithRequest keeps the request's id in the context, for the entries of its changes.
func WithRequest(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, id)
}

// RequestOf gives the request's id, or "".
func RequestOf(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}
