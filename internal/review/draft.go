package review

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"kolega/internal/fault"
)

// Source says from which side a version came.
type Source string

// The sides that may send a draft.
const (
	FromTalent Source = "talent"
	FromStaff  Source = "staff"
)

// Version is one upload for a deliverable. Its content never changes; what
// happens to it afterwards is kept as instants.
type Version struct {
	ID, DeliverableID string
	Major, Minor      int64 // 1.1, 1.2, … inside; the client sees Major

	SHA256   string // of the file's bytes; empty for a cloud link
	Size     int64  // bytes
	Type     string // media type found in the bytes
	FileName string // as the sender named it
	LinkURL  string // a cloud link instead of a file

	Caption  string
	Hashtags []string // without the sign
	Mentions []string // without the sign
	Music    string

	BriefVersion int64  // in force for the talent at the upload (R4); judges the draft (R1)
	AgreedBrief  int64  // accepted by the client at the upload; tells slips (R1)
	ConceptID    string // the concept approved before the upload; its promises judge the draft too (B17)
	Source       Source
	UploadedAt   time.Time
	UploadedByID string
	UploadedBy   string // the name

	CheckedAt  time.Time // the newest key
	ReturnedAt time.Time // back to the talent with faults, without a client round (R5)
	ShownAt    time.Time // to the client
	ShownBy    string
	OpenedAt   time.Time // the client first played it or wrote of it; a decision has an instant of its own
	ReplacedAt time.Time // a newer upload or showing took its place
	ReviewDue  time.Time // end of the client's window
}

// Label is the number inside the agency, "2.1".
func (v Version) Label() string {
	return strconv.FormatInt(v.Major, 10) + "." + strconv.FormatInt(v.Minor, 10)
}

// inCheck says whether the version is between upload and client, with the agency.
func (v Version) inCheck() bool {
	return v.ID != "" && v.ShownAt.IsZero() && v.ReturnedAt.IsZero() && v.ReplacedAt.IsZero()
}

// Video says whether the file is played rather than looked at.
func (v Version) Video() bool { return strings.HasPrefix(v.Type, "video/") }

// Image says whether the file is a picture.
func (v Version) Image() bool { return strings.HasPrefix(v.Type, "image/") }

// Hash is the SHA-256 of everything an approval freezes: bytes, link, caption,
// hashtags, mentions, music and the brief version. It is the same for the same
// content on every machine and differs when one field differs.
func (v Version) Hash() string {
	h := sha256.New()
	for _, part := range []string{
		v.SHA256, strconv.FormatInt(v.Size, 10), v.Type, v.LinkURL, v.Caption,
		strings.Join(v.Hashtags, "\n"), strings.Join(v.Mentions, "\n"), v.Music,
		strconv.FormatInt(v.BriefVersion, 10),
	} {
		fmt.Fprintf(h, "%d:%s;", len(part), part)
	}
	if v.ConceptID != "" {
		fmt.Fprintf(h, "concept:%s;", v.ConceptID)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// NextNumber numbers the upload after the versions there are: the client's
// number goes up once the newest was shown, else only the inner one does (R5).
func NextNumber(newest Version) (major, minor int64) {
	switch {
	case newest.ID == "":
		return 1, 1
	case newest.ShownAt.IsZero():
		return newest.Major, newest.Minor + 1
	}
	return newest.Major + 1, 1
}

// Replaces says whether a new upload withdraws the version that is with the
// client: it does while the client has not opened it, and then no round arises (R1).
func Replaces(withClient Version) bool {
	return withClient.ID != "" && withClient.OpenedAt.IsZero()
}

// Upload is what a person sends for a deliverable.
type Upload struct {
	SHA256   string
	Size     int64
	Type     string
	FileName string
	LinkURL  string
	Caption  string
	Hashtags string // as typed: "#a #b, c"
	Mentions string
	Music    string
}

// Refusals of an upload, each with its form field.
var (
	ErrFileMissing  = fault.Field("file", "draft.file-missing")
	ErrFileEmpty    = fault.Field("file", "draft.file-empty")
	ErrFileType     = fault.Field("file", "draft.file-type")       // args: type, allowed
	ErrFileLarge    = fault.Field("file", "draft.file-large")      // args: size, max (bytes)
	ErrFileSame     = fault.Field("file", "draft.file-same")       // arg: version
	ErrLinkURL      = fault.Field("link", "draft.link-url")        // not an https address
	ErrFileAndLink  = fault.Field("link", "draft.file-and-link")   // one of the two, not both
	ErrCaption      = fault.Field("caption", "draft.caption-none") // the format is posted with a caption
	ErrCaptionLong  = fault.Field("caption", "draft.caption-long") // args: length, max (characters)
	ErrHashtag      = fault.Field("hashtags", "draft.hashtag")     // arg: tag
	ErrHashtagsMany = fault.Field("hashtags", "draft.hashtags-many")
	ErrMention      = fault.Field("mentions", "draft.mention") // arg: name
)

// CheckUpload judges an upload against the deliverable and the versions sent
// before, and returns the version to keep (without ids and people).
// Faults: draft.approved, draft.closed and the refusals of an upload.
func CheckUpload(d Deliverable, before []Version, u Upload, now time.Time) (Version, error) {
	if d.ApprovedID != "" {
		return Version{}, ErrApproved
	}
	if !d.ClosedAt.IsZero() {
		return Version{}, ErrClosed
	}
	if d.Conceiving() {
		return Version{}, ErrConceptFirst
	}
	l := LimitsFor(d.Platform, d.Format)
	if err := l.checkMedium(before, u); err != nil {
		return Version{}, err
	}
	v := Version{
		DeliverableID: d.ID, ConceptID: d.ConceptID, SHA256: u.SHA256, Size: u.Size, Type: u.Type, FileName: u.FileName,
		LinkURL: u.LinkURL, Caption: strings.TrimSpace(u.Caption), Music: strings.TrimSpace(u.Music), UploadedAt: now,
	}
	var err error
	if v.Hashtags, err = tags(u.Hashtags, '#', ErrHashtag); err != nil {
		return Version{}, err
	}
	if v.Mentions, err = tags(u.Mentions, '@', ErrMention); err != nil {
		return Version{}, err
	}
	if err := l.checkCaption(v); err != nil {
		return Version{}, err
	}
	var newest Version
	if len(before) > 0 {
		newest = slices.MaxFunc(before, func(a, b Version) int {
			return int((a.Major-b.Major)*1_000_000 + a.Minor - b.Minor)
		})
	}
	v.Major, v.Minor = NextNumber(newest)
	return v, nil
}

func (l Limits) checkMedium(before []Version, u Upload) error {
	switch {
	case u.LinkURL != "" && u.SHA256 != "":
		return ErrFileAndLink
	case u.LinkURL != "":
		return CheckLink(u.LinkURL)
	case u.SHA256 == "":
		return ErrFileMissing
	}
	if err := l.CheckFile(u.Type, u.Size); err != nil {
		return err
	}
	for _, v := range before {
		if v.SHA256 == u.SHA256 {
			return ErrFileSame.With("version", v.Label())
		}
	}
	return nil
}

// CheckFile judges a file's type and size before or after it was sent.
func (l Limits) CheckFile(mediaType string, size int64) error {
	switch {
	case size == 0:
		return ErrFileEmpty
	case !slices.Contains(l.Types, mediaType):
		return ErrFileType.With("type", mediaType, "allowed", l.Kinds())
	case size > l.MaxBytes:
		return ErrFileLarge.With("size", Bytes(size), "max", Bytes(l.MaxBytes))
	}
	return nil
}

func (l Limits) checkCaption(v Version) error {
	switch n := int64(utf8.RuneCountInString(v.Caption)); {
	case n == 0 && l.NeedsCaption:
		return ErrCaption
	case n > l.MaxCaption:
		return ErrCaptionLong.With("length", n, "max", l.MaxCaption)
	case int64(len(v.Hashtags)) > l.MaxHashtags:
		return ErrHashtagsMany.With("count", len(v.Hashtags), "max", l.MaxHashtags)
	}
	return nil
}

// CheckLink accepts an absolute https address without a password in it.
func CheckLink(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || len(text) > 2000 || !strings.Contains(u.Hostname(), ".") {
		return ErrLinkURL
	}
	return nil
}

// tags reads "#a #b, c" into names without the sign, each once, in order.
func tags(text string, sign rune, bad *fault.Error) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	split := func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' }
	for _, word := range strings.FieldsFunc(text, split) {
		for _, name := range strings.Split(strings.TrimPrefix(word, string(sign)), string(sign)) {
			if name == "" || utf8.RuneCountInString(name) > 100 || strings.ContainsFunc(name, func(r rune) bool { return badTag(r, sign) }) {
				return nil, bad.With("tag", word)
			}
			if key := strings.ToLower(name); !seen[key] {
				seen[key] = true
				out = append(out, name)
			}
		}
	}
	return out, nil
}

func badTag(r, sign rune) bool {
	if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_' {
		return false
	}
	return sign != '@' || (r != '.' && r != '-')
}
