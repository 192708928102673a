package messages

import (
	"net/http"

	"kolega/internal/message"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

func (d rooms) channelRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/messages/channels", Verb: "message.connect", Handle: d.channels},
		{Method: "POST", Pattern: "/messages/channels", Verb: "message.connect", Handle: d.saveChannel},
		{Method: "POST", Pattern: "/messages/channels/{channel}/test", Verb: "message.connect", Handle: d.testChannel},
	}
}

// channelsPage is how messages go: by mail and by WhatsApp.
type channelsPage struct {
	Page     ui.Page
	Mail, WA message.Channel
	Verify   string
	Callback string
	Base     string
	Sandbox  bool
	Wrong    string // the channel whose form came back
	Errors   map[string]string
	Key      string
}

func (d rooms) channels(w http.ResponseWriter, r *http.Request) error {
	return d.showChannels(w, r, http.StatusOK, nil, nil)
}

func (d rooms) showChannels(w http.ResponseWriter, r *http.Request, status int, typed *message.Channel, errs map[string]string) error {
	ctx := r.Context()
	p := channelsPage{Key: desk.NewKey(r), Base: web.Origin(r), Callback: web.Origin(r) + "/hook/whatsapp", Sandbox: d.Message.SandboxServed(), Errors: errs,
		Mail: message.Channel{ID: message.ByEmail, Active: true, Settings: message.Settings{Port: 587}}, WA: message.Channel{ID: message.ByWhatsApp, Active: true, Settings: message.Settings{Mode: message.ModeLive, Version: "v25.0"}}}
	list, verify, err := d.Message.Channels(ctx, web.ActorOf(r))
	if err != nil {
		return err
	}
	if typed != nil {
		list, p.Wrong = append(list, *typed), typed.ID
	}
	for _, c := range list {
		if c.ID == message.ByEmail {
			p.Mail = c
		} else {
			p.WA = c
		}
	}
	p.Verify = verify
	if p.Page, err = d.frame(w, r, tr(ctx, "channels"), ""); err != nil {
		return err
	}
	return web.Render(w, r, status, channelsView(p))
}

type channelForm struct {
	ID       string `form:"id"`
	Host     string `form:"host"`
	Port     int64  `form:"port"`
	User     string `form:"user"`
	From     string `form:"from"`
	FromName string `form:"from_name"`
	Mode     string `form:"mode"`
	Number   string `form:"number_id"`
	Account  string `form:"account_id"`
	Graph    string `form:"graph"`
	Secret   string `form:"secret"`
	Proof    string `form:"proof"`
	Active   bool   `form:"active"`
	Version  int64  `form:"version"`
}

func (f channelForm) settings(base string) message.Settings {
	return message.Settings{Host: f.Host, Port: int(f.Port), User: f.User, From: f.From, FromName: f.FromName, Mode: f.Mode, NumberID: f.Number, AccountID: f.Account, Version: f.Graph, Base: base}
}

func (d rooms) saveChannel(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[channelForm](r)
	if err != nil {
		return err
	}
	s := f.settings(web.Origin(r))
	err = d.Message.SaveChannel(r.Context(), web.ActorOf(r), message.EditChannel{ID: f.ID, Settings: s, Secret: f.Secret, Proof: f.Proof, Active: f.Active, Version: f.Version})
	for _, hide := range []string{"secret", "proof"} {
		r.PostForm.Del(hide) // is never shown again
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showChannels(w, r, web.StatusOf(err), &message.Channel{ID: f.ID, Settings: s, Active: f.Active, Version: f.Version}, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/messages/channels", "inbox.toast.channel")
}

func (d rooms) testChannel(w http.ResponseWriter, r *http.Request) error {
	code, err := d.Message.TestChannel(r.Context(), web.ActorOf(r), r.PathValue("channel"))
	if err != nil {
		return err
	}
	toast := "inbox.toast.tested"
	if code != "" {
		toast = "inbox.toast.test-failed"
	}
	return web.SeeOther(w, r, "/messages/channels", toast)
}
