package ui

import (
	"context"
	"time"

	"github.com/a-h/templ"
)

// Page is what the staff shell needs around a screen. Fill it once per request in the door; a screen sets Title, Nav,
// Crumbs and Actions.
type Page struct {
	Title       string          // browser tab; the last crumb when Crumbs is empty
	Nav         string          // key of the current main entry: see MainNav
	Crumbs      []Crumb         // way here; the last one is the current place and needs no Href
	Actions     templ.Component // at the right of the top bar; nil for none
	Person      Person          // who is signed in
	Counts      map[string]int  // main entry key -> things waiting there
	Hide        map[string]bool // main entries this person may not open
	MyCampaigns []MyCampaign
	Clocks      []ClockFace
	News        int    // unread notifications
	Lang        string // "id" or "en"
	Theme       string // "auto", "light" or "dark"; empty is auto
	Toast       *Toast
	LiveURL     string    // one stream per page: "/live?topic=campaign:ID"; empty for none
	Demo        bool      // shows the banner of the demo agency
	ReadOnly    string    // a sentence across the top (maintenance, read-only), empty for none
	Now         time.Time // the server's instant: relative times and clock faces go on from it
	Agency      string    // shown beside the product name in the tab
}

// Crumb is one step of the way to a page.
type Crumb struct{ Label, Href string }

// Person is the one signed in, as the corner of the shell shows them.
type Person struct{ Name, Role, Href, Tint string }

// MyCampaign is one line of the short list in the sidebar.
type MyCampaign struct {
	Name, Href string
	Health     Meaning
	Current    bool
}

// ClockFace is a city's time now, with whether it is within working hours there.
type ClockFace struct {
	City, Time string
	Zone       string // IANA, so that the browser may keep the face going
	Open       bool
}

// NavItem is one entry of the main navigation.
type NavItem struct{ Key, Icon, Href, Hotkey string }

// MainNav is the main navigation; the words are "ui.nav.<key>".
var MainNav = []NavItem{
	{"inbox", "inbox", "/inbox", "g k"},
	{"tasks", "circle-check", "/tasks", "g j"},
	{"messages", "reply", "/messages", "g m"},
	{"campaigns", "mega", "/campaigns", "g c"},
	{"clients", "brief", "/clients", "g l"},
	{"talents", "users", "/talents", "g t"},
	{"decks", "deck", "/decks", "g d"},
	{"timeline", "cal", "/timeline", "g w"},
	{"money", "wallet", "/money", "g u"},
	{"reports", "chart", "/reports", "g r"},
}

// MoreNav is what "Lainnya" on the phone and the foot of the sidebar offer besides.
var MoreNav = []NavItem{
	{"posts", "external", "/posts", "g o"},
	{"calendar", "cal", "/calendar", "g a"},
	{"team", "activity", "/team", "g h"},
	{"workload", "chart", "/workload", "g b"},
	{"library", "video", "/library", "g f"},
	{"settings", "settings", "/settings", "g s"},
}

// PartNav are pages within the entries of MainNav, for the palette.
var PartNav = []NavItem{
	{"opportunities", "target", "/opportunities", ""},
	{"watch", "eye", "/watch", ""},
	{"rapport", "gift", "/rapport", ""},
	{"agreements", "handshake", "/agreements", ""},
	{"invoices", "receipt", "/invoices", ""},
	{"receivables", "wallet", "/receivables", ""},
	{"receipts", "receipt", "/receipts", ""},
	{"statements", "file", "/statements", ""},
	{"payouts", "wallet", "/payouts", ""},
	{"withholdings", "file", "/withholdings", ""},
	{"providers", "external", "/providers", ""},
	{"ledger", "wallet", "/ledger", ""},
	{"trial", "chart", "/ledger/trial", ""},
	{"profit", "chart", "/money/profit", ""},
	{"rates", "trend-up", "/rates", ""},
	{"ideas", "idea", "/ideas", ""},
	{"proofs", "shield", "/proofs", ""},
	{"sheets", "file", "/sheets", ""},
	{"designs", "image", "/designs", ""},
}

// CreateNav is what the plus on the phone and the palette offer to make.
var CreateNav = []NavItem{
	{"new.campaign", "mega", "/campaigns/new", "n c"},
	{"new.client", "brief", "/clients/new", "n l"},
	{"new.opportunity", "target", "/opportunities/new", "n p"},
	{"new.note", "eye", "/watch/new", "n w"},
	{"new.meeting", "cal", "/meetings/new", "n m"},
	{"new.talent", "users", "/talents/new", "n t"},
	{"new.task", "circle-check", "/tasks/new", "n j"},
	{"new.deck", "deck", "/decks/new", "n d"},
}

func (p Page) items(list []NavItem) []NavItem {
	kept := make([]NavItem, 0, len(list))
	for _, n := range list {
		if !p.Hide[n.Key] {
			kept = append(kept, n)
		}
	}
	return kept
}

func (p Page) theme() string {
	if p.Theme == "" {
		return "auto"
	}
	return p.Theme
}

func (p Page) crumbs() []Crumb {
	if len(p.Crumbs) > 0 {
		return p.Crumbs
	}
	return []Crumb{{Label: p.Title}}
}

func (p Page) tab() string { return tabTitle(p.Title, p.Agency) }

func tabTitle(title, agency string) string {
	if agency == "" {
		agency = "Kolega"
	}
	if title == "" {
		return agency
	}
	return title + " · " + agency
}

func (n NavItem) label(ctx context.Context) string { return t(ctx, "nav."+n.Key) }

// OutsidePage is what the page behind a client's or a talent's link needs. It is read first on a phone.
type OutsidePage struct {
	Title   string
	Agency  string // the sender's name
	LogoURL string // empty shows the agency's initials
	// StyleURL and GuestLogoURL are the colour and the logo of whom the page is for; empty for none.
	StyleURL, GuestLogoURL string

	HomeHref string // start of the link; empty when this is it
	Asker    string // who asks: "Rani dari Studio Kolega"
	Lang     string
	Langs    []LangLink // switch of languages; the current one without Href
	Theme    string
	Toast    *Toast
	LiveURL  string
	Contact  string // how to reach the asker, at the foot
	ContactHref,
	Description string // for link previews; nothing confidential
	Now          time.Time // as in Page
	PreviewImage string    // absolute address of a JPEG under 300 KB
	Wide         bool      // reports and boards use the whole width
	NoIndex      bool      // always true for secret links; decks may be found
}

// LangLink is one choice of the language switch.
type LangLink struct{ Lang, Name, Href string }

// PlainPage is a page without navigation: sign-in, set-up, errors.
type PlainPage struct {
	Title string
	Lang  string
	Langs []LangLink
	Theme string
	Lead  string // a sentence below the title
	Wide  bool   // set-up steps need room
	Toast *Toast
}

func theme(given string) string { return Page{Theme: given}.theme() }
