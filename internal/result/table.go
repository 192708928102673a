package result

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"kolega/internal/fault"
	"kolega/internal/locale"
)

// tableWords are the heads under which exports and people write a metric, folded.
var tableWords = map[Metric][]string{
	Reach:       {"reach", "jangkauan", "accounts reached", "akun dijangkau", "akun yang dijangkau", "people reached", "reached audience"},
	Views:       {"views", "view count", "tayangan", "plays", "video views", "penayangan", "jumlah tayangan", "impressions views", "play count"},
	Impressions: {"impressions", "impresi"},
	Likes:       {"likes", "like count", "suka", "like", "jumlah suka", "reactions", "diggs"},
	Comments:    {"comments", "comment count", "komentar", "komen", "replies to post", "comment"},
	Saves:       {"saves", "saved", "simpan", "disimpan", "favorites", "bookmarks", "save"},
	Shares:      {"shares", "share count", "bagikan", "dibagikan", "share", "reposts"},
	Replies:     {"replies", "balasan"},
	Taps:        {"sticker taps", "ketukan stiker", "taps"},
	Clicks:      {"clicks", "link clicks", "klik", "klik tautan"},
	Followers:   {"followers", "pengikut", "follower count"},
}

// The heads of columns that tell which post a row is about, and those that say that a
// count is hidden.
var (
	linkWords   = []string{"link", "url", "tautan", "permalink", "post url", "link post", "link postingan", "video url", "post link"}
	idWords     = []string{"video id", "post id", "id", "media id", "id postingan", "tweet id"}
	handleWords = []string{"handle", "akun", "account", "username", "instagram name", "tiktoker name", "account username", "talent"}
	hiddenWords = map[string]Metric{"ratings disabled": Likes, "comments disabled": Comments}
)

// TableLayout says which column of a table holds what; -1 is none.
type TableLayout struct {
	Link, ID, Handle int
	Metrics          map[int]Metric // by column
	Hidden           map[int]Metric // a yes in the column says that the count is hidden
	Left             []string       // heads that say nothing to us
}

// LayoutOf reads the heads of a table. Faults: insight.table-post when no column tells
// which post a row is about, insight.table-counts when none holds counts.
func LayoutOf(heads []string) (TableLayout, error) {
	l := TableLayout{Link: -1, ID: -1, Handle: -1, Metrics: map[int]Metric{}, Hidden: map[int]Metric{}}
	for i, head := range heads {
		word := headWord(head)
		m, counts := metricOf(word)
		switch {
		case word == "":
		case l.Link < 0 && slices.Contains(linkWords, word):
			l.Link = i
		case l.ID < 0 && slices.Contains(idWords, word):
			l.ID = i
		case hiddenWords[word] != "":
			l.Hidden[i] = hiddenWords[word]
		case counts && !l.has(m):
			l.Metrics[i] = m
		case l.Handle < 0 && slices.Contains(handleWords, word):
			l.Handle = i
		default:
			l.Left = append(l.Left, strings.TrimSpace(head))
		}
	}
	switch {
	case l.Link < 0 && l.ID < 0 && l.Handle < 0:
		return l, ErrTablePost
	case len(l.Metrics) == 0:
		return l, ErrTableCounts
	}
	return l, nil
}

func (l TableLayout) has(m Metric) bool {
	for _, other := range l.Metrics {
		if other == m {
			return true
		}
	}
	return false
}

func metricOf(word string) (Metric, bool) {
	for m, words := range tableWords {
		if slices.Contains(words, word) {
			return m, true
		}
	}
	return "", false
}

// headWord folds a head: letters and digits, one space between.
func headWord(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }), " ")
}

// The faults of a table of figures.
var (
	ErrTablePost   = fault.Field("file", "insight.table-post")
	ErrTableCounts = fault.Field("file", "insight.table-counts")
	ErrTableMany   = fault.Field("file", "insight.table-many") // args: most
	ErrTableChoice = fault.New(fault.Invalid, "insight.table-none")
)

// TableRow is one row of a table of figures as it was understood.
type TableRow struct {
	Number        int    // as a spreadsheet program shows it
	Text          string // what the row says of its post
	DeliverableID string // empty: no post of the campaign is meant, or several can be
	Counts        Counts
	Hidden        []Metric
	Fault         string // code of what is wrong
	Field         Metric // where, when it is a count
	Cell          string
	Warnings      []Warning
}

// Read understands a row, in the language's way of writing numbers, and finds its post
// among a campaign's.
func (l TableLayout) Read(number int, cells []string, rows []PostRow, lang string) TableRow {
	out := TableRow{Number: number, Counts: Counts{}}
	cell := func(i int) string {
		if i < 0 || i >= len(cells) {
			return ""
		}
		return strings.TrimSpace(cells[i])
	}
	out.Text = orWord(cell(l.Link), orWord(cell(l.ID), cell(l.Handle)))
	for i, m := range l.Hidden {
		if yes(cell(i)) {
			out.Hidden = append(out.Hidden, m)
		}
	}
	for i := range cells {
		m, counted := l.Metrics[i]
		text := cell(i)
		if !counted || text == "" || slices.Contains(out.Hidden, m) {
			continue
		}
		r, err := locale.ParseCount(text, lang)
		if err != nil {
			out.Fault, out.Field, out.Cell = fault.CodeOf(err), m, text
			continue
		}
		out.Counts[m] = r.Value
	}
	slices.Sort(out.Hidden)
	if out.Fault == "" {
		out.find(cell(l.Link), cell(l.ID), cell(l.Handle), rows)
	}
	return out
}

func yes(s string) bool {
	b, err := strconv.ParseBool(s)
	return err == nil && b || slices.Contains([]string{"yes", "ya", "y"}, strings.ToLower(s))
}

// find names the one live post that a row is about: by its link, its id, or its
// account when that has one post alone.
func (t *TableRow) find(link, id, handle string, rows []PostRow) {
	var found []PostRow
	l, err := RecognisePost(link)
	for _, r := range rows {
		p := r.Post
		switch {
		case p.ID == "":
		case link != "":
			if err == nil && p.Platform == l.Platform && p.PlatformID == l.ID {
				found = append(found, r)
			}
		case id != "":
			if p.PlatformID == id {
				found = append(found, r)
			}
		case handle != "" && strings.EqualFold(strings.TrimPrefix(handle, "@"), r.Handle):
			found = append(found, r)
		}
	}
	switch {
	case len(t.Counts) == 0:
		t.Fault = ErrInsightEmpty.Code
	case len(found) == 0:
		t.Fault = "insight.table-unknown"
	case len(found) > 1:
		t.Fault = "insight.table-several"
	default:
		t.DeliverableID = found[0].Deliverable.ID
		t.judge(found[0])
	}
}

// judge holds the counts against each other and the account (R7).
func (t *TableRow) judge(r PostRow) {
	warnings, err := Plausible(t.Counts, nil, r.Followers, r.Newest.Counts)
	t.Warnings = warnings
	if f, ok := fault.As(err); ok {
		t.Fault = f.Code
		for field, code := range f.Fields {
			t.Fault, t.Field = code, Metric(field)
		}
	}
}
