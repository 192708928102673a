package laws

import (
	"slices"
	"strings"
	"testing"
)

// order is the import law: a room may import rooms that stand later in the list,
// never one of its own line or before it. Rooms of the foundation know no slice.
var order = [][]string{
	{"cmd/kolega"},
	{"internal/app"},
	{"internal/demo"},
	{"internal/web/desk/*", "internal/web/clientlink", "internal/web/talentlink", "internal/web/api", "internal/web/deck", "internal/web/hook"},
	{"internal/web/outside", "internal/web/media", "internal/web/reportpage", "internal/web/deckpage", "internal/web/insightform"},
	{"internal/web/desk"},
	{"internal/web/house"},
	{"internal/connect/payouts", "internal/connect/platforms"},
	{"internal/connect/flip", "internal/connect/xendit", "internal/connect/instagram", "internal/connect/tiktok", "internal/connect/youtube", "internal/connect/whatsapp"},
	{"internal/pitch", "internal/rapport"},
	{"internal/idea", "internal/proof"},
	{"internal/report", "internal/agenda"},
	{"internal/payout"},
	{"internal/billing"},
	{"internal/result"},
	{"internal/review"},
	{"internal/shoot"},
	{"internal/casting"},
	{"internal/match"},
	{"internal/meeting", "internal/notice"},
	{"internal/chat"},
	{"internal/campaign"},
	{"internal/ledger"},
	{"internal/client", "internal/talent"},
	{"internal/message"},
	{"internal/task"},
	{"internal/country", "internal/exchange"},
	{"internal/find", "internal/custom"},
	{"internal/privacy"},
	{"internal/connect", "internal/sandbox"},
	{"internal/web"},
	{"internal/access"},
	{"internal/audit"},
	{"internal/job", "internal/paper", "internal/mail", "internal/web/ui/gallery"},
	{"internal/web/ui"},
	{"internal/db", "internal/web/asset", "internal/web/part", "internal/web/metric", "internal/paper/chart", "internal/paper/pptx", "internal/paper/sheet", "internal/paper/prose", "internal/paper/ics", "internal/secret", "internal/blob", "internal/blob/partial", "internal/column", "internal/film", "internal/scan"},
	{"internal/locale"},
	{"internal/money", "internal/worktime", "internal/app/command", "internal/paper/xlsx"},
	{"internal/fault"},
}

func level(room string) int {
	for i, line := range order {
		for _, r := range line {
			if r == room || strings.HasSuffix(r, "/*") && strings.HasPrefix(room, strings.TrimSuffix(r, "*")) {
				return i
			}
		}
	}
	return -1
}

func TestLaw_ImportsPointDown(t *testing.T) {
	each(t, func(f file) {
		if f.test || f.room == "internal/laws" || strings.HasPrefix(f.room, "bench") || f.room == "internal/testkit" || f.room == "test" || f.room == "e2e" {
			return
		}
		from := level(f.room)
		if from < 0 {
			t.Errorf("%s: room %s has no place in the order; give it one in an ADR", f.path, f.room)
			return
		}
		for _, i := range f.imports() {
			room, ours := strings.CutPrefix(i, "kolega/")
			if !ours || room == f.room {
				continue
			}
			if room == "internal/testkit" {
				t.Errorf("%s imports testkit, which is for tests", f.path)
			}
			if to := level(room); to <= from {
				t.Errorf("%s (line %d of the order) imports %s (line %d): imports point down", f.path, from, room, to)
			}
		}
	})
}

// only says which rooms may import a library.
var only = map[string][]string{
	"github.com/lib/pq":           {"internal/db"},
	"modernc.org/sqlite":          {"internal/db"},
	"github.com/pressly/goose/v3": {"internal/db"},
	"github.com/a-h/templ":        {"internal/web"},
	"net/http":                    {"internal/web", "internal/app", "internal/connect", "internal/sandbox"},
	"net":                         {"internal/web", "internal/app", "internal/connect", "internal/mail", "internal/testkit"},
	"github.com/xuri/excelize/v2": {}, // it and templates call methods by name, which keeps every method in the program
	"text/template":               {},
	"html/template":               {},
	"codeberg.org/go-pdf/fpdf":    {"internal/paper"},
	"math/rand":                   {},
	"math/rand/v2":                {"internal/demo"},
}

func TestLaw_LibrariesStayInTheirRooms(t *testing.T) {
	each(t, func(f file) {
		if f.test || strings.HasPrefix(f.room, "bench") {
			return
		}
		for _, i := range f.imports() {
			rooms, bound := only[i]
			if bound && !slices.ContainsFunc(rooms, func(r string) bool { return f.room == r || strings.HasPrefix(f.room, r+"/") }) {
				t.Errorf("%s imports %s, which is for %v", f.path, i, rooms)
			}
		}
	})
}

// slices whose files say their kind by their suffix.
var sliced = []string{"access", "client", "talent", "match", "ledger", "campaign", "casting", "review", "result", "billing", "payout", "report", "task", "message", "meeting", "pitch", "country", "privacy", "chat", "shoot", "exchange", "rapport", "find", "custom", "agenda", "notice", "idea", "proof"}

// impure are imports that a file of rules (no suffix) must not have.
var impure = []string{"kolega/internal/db", "kolega/internal/job", "kolega/internal/blob", "kolega/internal/mail", "database/sql", "net", "net/http", "os", "io/fs", "log", "log/slog", "context"}

func TestLaw_TheSuffixSaysTheKind(t *testing.T) {
	each(t, func(f file) {
		slice, ok := strings.CutPrefix(f.room, "internal/")
		if f.test || !ok || !slices.Contains(sliced, slice) {
			return
		}
		switch {
		case strings.HasSuffix(f.name, "_store.go"):
			f.refuse(t, "kolega/internal/job", "net/http", "os", "kolega/internal/mail", "kolega/internal/blob")
		case strings.HasSuffix(f.name, "_actions.go"), strings.HasSuffix(f.name, "_jobs.go"):
			f.refuse(t, "net/http", "os", "database/sql")
		case slice == "access", slice == "match":
			f.refuse(t, "net/http", "os")
		default:
			f.refuse(t, impure...)
		}
	})
}

func (f file) refuse(t *testing.T, paths ...string) {
	t.Helper()
	for _, i := range f.imports() {
		if slices.Contains(paths, i) {
			t.Errorf("%s imports %s, which its kind must not", f.path, i)
		}
	}
}
