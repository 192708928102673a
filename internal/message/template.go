package message

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/fault"
)

// Template is the agency's own words for a kind of message in a language.
type Template struct {
	Party       access.Role
	Kind        string
	Lang        string
	Subject     string
	Text        string
	WAName      string   // the approved template on WhatsApp's side
	WAVars      []string // our variables for its {{1}}, {{2}} …
	WAState     string   // WhatsApp's word: "APPROVED", "PENDING", "REJECTED" …; "" for none
	WAReason    string
	ChangedAt   time.Time
	ChangedName string
	Version     int64 // 0: the program's own words, not yet changed
}

// Faults of templates.
var (
	ErrMissing   = fault.New(fault.Invalid, "message.missing")     // arg: names
	ErrUnknown   = fault.Field("text", "message.unknown-variable") // arg: names
	ErrNoText    = fault.Field("text", "message.template-text")    // empty or too long
	ErrNeeds     = fault.Field("text", "message.needs-link")       // a room's message without its link
	ErrWAName    = fault.Field("wa_name", "message.wa-name")       // small letters, digits and _
	ErrWARefused = fault.New(fault.Invalid, "message.wa-refused")  // arg: detail
	ErrWAShape   = fault.Field("text", "message.wa-shape")         // a variable at the end, or two side by side
)

// langs that templates are kept in.
var langs = []string{"id", "en", "fil"}

// Langs lists the languages of templates.
func Langs() []string { return slices.Clone(langs) }

// shared are the variables of every message with a room link.
var shared = []string{"name", "campaign", "agency", "sender", "link"}

// kindsOf care: greetings and prompts without a room.
var careKinds = map[string][]string{
	"greeting":   {"name", "agency", "sender", "occasion", "client"},
	"new-talent": {"name", "agency", "sender", "talent", "why", "client"},
	"next":       {"name", "agency", "sender", "campaign", "client"},
}

// CareKinds lists the kinds of messages that keep a client warm (R15).
func CareKinds() []string { return []string{"greeting", "new-talent", "next"} }

// Variables are what a kind of message can be filled with; nil for no kind.
func Variables(party access.Role, kind string) []string {
	if v, ok := careKinds[kind]; ok && party == access.Client {
		return v
	}
	if _, ok := pathOf(party, kind); !ok {
		return nil
	}
	if kind == "delay" {
		return append(slices.Clone(shared), "facts")
	}
	return shared
}

// variables lists the names in braces of a text, each once, in order.
func variables(text string) (out []string) {
	for {
		_, rest, ok := strings.Cut(text, "{")
		if !ok {
			return out
		}
		name, after, ok := strings.Cut(rest, "}")
		if !ok {
			return out
		}
		if !slices.Contains(out, name) && !strings.ContainsAny(name, " {\n") {
			out = append(out, name)
		}
		text = after
	}
}

// Fill puts values into a text. A variable without a value stops it, and is named:
// message.missing.
func Fill(text string, vars map[string]string) (string, error) {
	var missing []string
	for _, name := range variables(text) {
		if strings.TrimSpace(vars[name]) == "" {
			missing = append(missing, "{"+name+"}")
			continue
		}
		text = strings.ReplaceAll(text, "{"+name+"}", vars[name])
	}
	if len(missing) > 0 {
		return "", ErrMissing.With("names", strings.Join(missing, ", "))
	}
	return text, nil
}

const longestTemplate = 1024 // WhatsApp's limit of a template's body

// check finds what is wrong with a template as typed.
func (t *Template) check() error {
	t.Text = strings.TrimSpace(strings.ReplaceAll(t.Text, "\r\n", "\n"))
	t.Subject, t.WAName = strings.Join(strings.Fields(t.Subject), " "), strings.TrimSpace(t.WAName)
	known := Variables(t.Party, t.Kind)
	if known == nil {
		return ErrKind
	}
	var strange []string
	for _, v := range append(variables(t.Text), variables(t.Subject)...) {
		if !slices.Contains(known, v) {
			strange = append(strange, "{"+v+"}")
		}
	}
	switch {
	case !slices.Contains(langs, t.Lang):
		return ErrKind
	case t.Text == "" || len([]rune(t.Text)) > longestTemplate || len([]rune(t.Subject)) > 200:
		return ErrNoText
	case len(strange) > 0:
		return ErrUnknown.With("names", strings.Join(strange, ", "))
	case slices.Contains(known, "link") && !strings.Contains(t.Text, "{link}"):
		return ErrNeeds
	case t.WAName != "" && strings.Trim(t.WAName, "abcdefghijklmnopqrstuvwxyz0123456789_") != "":
		return ErrWAName
	case t.WAName != "" && badShape(t.Text):
		return ErrWAShape
	}
	t.WAVars = variables(t.Text)
	return nil
}

// badShape tells that WhatsApp refuses a body: a variable at its start or end, or two
// side by side.
func badShape(text string) bool {
	return strings.HasPrefix(text, "{") || strings.HasSuffix(text, "}") || strings.Contains(text, "}{")
}

// Numbered writes a template's text as WhatsApp has it, {{1}}, {{2}} ….
func (t Template) Numbered() string {
	text := t.Text
	for i, v := range variables(t.Text) {
		text = strings.ReplaceAll(text, "{"+v+"}", "{{"+itoa(i+1)+"}}")
	}
	return text
}

func itoa(n int) string {
	if n >= 10 {
		return itoa(n/10) + itoa(n%10)
	}
	return string(rune('0' + n))
}

// ref is the template filled for one message; nil when it is not approved, or when a
// value is missing or would be refused.
func (t Template) ref(vars map[string]string) *TemplateRef {
	if t.WAName == "" || t.WAState != "APPROVED" {
		return nil
	}
	out := &TemplateRef{Name: t.WAName, Lang: t.Lang}
	for _, v := range t.WAVars {
		value := strings.Join(strings.Fields(vars[v]), " ") // no line breaks, tabs or long gaps
		if value == "" {
			return nil
		}
		out.Values = append(out.Values, value)
	}
	return out
}
