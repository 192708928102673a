package campaigns

import (
	"net/http"
	"strconv"
	"strings"

	"kolega/internal/campaign"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

type playbooksPage struct {
	Page      ui.Page
	Playbooks []campaign.Playbook
	MayEdit   bool
	MayStart  bool
}

func (d rooms) playbooks(w http.ResponseWriter, r *http.Request) (err error) {
	actor := web.ActorOf(r)
	p := playbooksPage{MayEdit: actor.Can("access.settings"), MayStart: actor.Can("campaign.start")}
	if p.Playbooks, err = d.Campaign.Playbooks(r.Context(), actor, p.MayEdit); err != nil {
		return err
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "campaigns", Title: locale.T(r.Context(), "campaign.playbooks")}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, playbooksView(p))
}

type playbookForm struct {
	Version int64    `form:"version"`
	Key     string   `form:"key_name"`
	NameID  string   `form:"name_id"`
	NameEN  string   `form:"name_en"`
	NoteID  string   `form:"note_id"`
	NoteEN  string   `form:"note_en"`
	Retired bool     `form:"retired"`
	Names   []string `form:"work_id"`
	NamesEN []string `form:"work_en"`
	Kinds   []string `form:"work_kind"`
	Roles   []string `form:"work_role"`
	Offsets []string `form:"work_offset"`
	Days    []string `form:"work_days"`
}

// playbook gives the rows with a name as works; what is no number is refused by the slice.
func (f playbookForm) playbook() campaign.Playbook {
	p := campaign.Playbook{Key: f.Key, NameID: f.NameID, NameEN: f.NameEN, NoteID: f.NoteID, NoteEN: f.NoteEN, Retired: f.Retired, Version: f.Version}
	for i, name := range f.Names {
		if strings.TrimSpace(name) == "" {
			continue
		}
		p.Works = append(p.Works, campaign.PlaybookWork{Kind: at(f.Kinds, i), NameID: name, NameEN: at(f.NamesEN, i), Role: at(f.Roles, i),
			Offset: number(at(f.Offsets, i)), Days: number(at(f.Days, i))})
	}
	return p
}

func number(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

func playbookFormOf(p campaign.Playbook) playbookForm {
	f := playbookForm{Version: p.Version, Key: p.Key, NameID: p.NameID, NameEN: p.NameEN, NoteID: p.NoteID, NoteEN: p.NoteEN, Retired: p.Retired}
	for _, w := range p.Works {
		f.Names, f.NamesEN, f.Kinds, f.Roles = append(f.Names, w.NameID), append(f.NamesEN, w.NameEN), append(f.Kinds, w.Kind), append(f.Roles, w.Role)
		f.Offsets, f.Days = append(f.Offsets, strconv.FormatInt(w.Offset, 10)), append(f.Days, strconv.FormatInt(w.Days, 10))
	}
	return f
}

type playbookPage struct {
	Page   ui.Page
	Path   string // the key, or "new"
	Form   playbookForm
	Errors map[string]string
	Key    string
}

func (d rooms) showPlaybook(w http.ResponseWriter, r *http.Request, p playbookPage, status int) (err error) {
	p.Path, p.Key = r.PathValue("key"), desk.NewKey(r)
	title := p.Form.NameID
	if p.Path == "new" {
		title = locale.T(r.Context(), "campaign.playbook.new")
	}
	p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "campaigns", Title: title, Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "campaign.playbooks"), Href: "/playbooks"}, {Label: title}}})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, playbookView(p))
}

func (d rooms) playbook(w http.ResponseWriter, r *http.Request) error {
	p := playbookPage{}
	if key := r.PathValue("key"); key != "new" {
		b, err := d.Campaign.Playbook(r.Context(), web.ActorOf(r), key)
		if err != nil {
			return err
		}
		p.Form = playbookFormOf(b)
	}
	return d.showPlaybook(w, r, p, http.StatusOK)
}

func (d rooms) savePlaybook(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[playbookForm](r)
	if err != nil {
		return err
	}
	if key := r.PathValue("key"); key != "new" {
		f.Key = key
	} else {
		f.Version = 0
	}
	_, err = d.Campaign.EditPlaybook(r.Context(), web.ActorOf(r), f.playbook())
	if errs, ok := web.Invalid(r, err); ok {
		return d.showPlaybook(w, r, playbookPage{Form: f, Errors: errs}, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/playbooks", "campaign.playbook.saved")
}
