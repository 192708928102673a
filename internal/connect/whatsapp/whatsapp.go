package whatsapp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"

	"kolega/internal/connect"
	"kolega/internal/message"
	"kolega/internal/secret"
)

// Base is Meta's host.
const Base = "https://graph.facebook.com"

// Number is one phone number of the agency.
type Number struct {
	base  string
	c     *connect.Client
	media *connect.Client
	s     message.Settings
	auth  map[string]string
}

// New gives the way to a phone number at base. A nil transport is the network.
func New(base string, s message.Settings, token secret.Hidden, rt http.RoundTripper) *Number {
	return &Number{base: base, c: connect.New(base+"/"+s.Version, token, rt), media: connect.New("", token, rt), s: s, auth: map[string]string{"Authorization": "Bearer " + token.Reveal()}}
}

type object = map[string]any

// Send gives one message to WhatsApp.
func (n *Number) Send(ctx context.Context, p message.Parcel) message.Answer {
	in := object{"messaging_product": "whatsapp", "recipient_type": "individual", "biz_opaque_callback_data": p.ID}
	if p.BSUID != "" {
		in["recipient"] = p.BSUID
	} else {
		in["to"] = strings.TrimPrefix(p.Phone, "+")
	}
	switch {
	case p.Template != nil:
		in["type"], in["template"] = "template", templateOf(*p.Template)
	case p.MediaID != "" && p.File != nil:
		kind, part := mediaOf(p)
		in["type"], in[kind] = kind, part
	default:
		in["type"], in["text"] = "text", object{"body": p.Text, "preview_url": strings.Contains(p.Text, "https://")}
	}
	var out struct {
		Messages []struct {
			ID string `json:"id"`
		} `json:"messages"`
	}
	a := n.call(ctx, http.MethodPost, "/"+n.s.NumberID+"/messages", nil, in, &out)
	if a.Verdict != message.Took {
		return a
	}
	if len(out.Messages) != 1 || out.Messages[0].ID == "" || len(out.Messages[0].ID) > 512 {
		return message.Answer{Verdict: message.Unsure, Reason: "garbled"}
	}
	a.Ref = out.Messages[0].ID
	return a
}

func templateOf(t message.TemplateRef) object {
	var values []any
	for _, v := range t.Values {
		values = append(values, object{"type": "text", "text": v})
	}
	out := object{"name": t.Name, "language": object{"code": t.Lang}}
	if len(values) > 0 {
		out["components"] = []any{object{"type": "body", "parameters": values}}
	}
	return out
}

// mediaOf words a file that was uploaded, with the text as its caption.
func mediaOf(p message.Parcel) (kind string, part object) {
	kind = kindOf(p.File.Type)
	part = object{"id": p.MediaID}
	if p.Text != "" && kind != "audio" {
		part["caption"] = p.Text
	}
	if kind == "document" {
		part["filename"] = p.File.Name
	}
	return kind, part
}

func kindOf(mimeType string) string {
	switch {
	case mimeType == "image/jpeg" || mimeType == "image/png":
		return "image"
	case mimeType == "video/mp4":
		return "video"
	case strings.HasPrefix(mimeType, "audio/"):
		return "audio"
	}
	return "document"
}

// sizes that WhatsApp takes, in bytes.
var sizes = map[string]int64{"image": 5 << 20, "video": 16 << 20, "audio": 16 << 20, "document": 100 << 20}

// Upload gives a file to WhatsApp, to go along with a message.
func (n *Number) Upload(ctx context.Context, f message.File, data []byte) (string, message.Answer) {
	if int64(len(data)) > sizes[kindOf(f.Type)] {
		return "", message.Answer{Verdict: message.Refused, Reason: "file"}
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.WriteField("messaging_product", "whatsapp")
	_ = w.WriteField("type", f.Type)
	p, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {mime.FormatMediaType("form-data", map[string]string{"name": "file", "filename": f.Name})}, "Content-Type": {f.Type}})
	if err == nil {
		_, err = p.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return "", message.Answer{Verdict: message.Refused, Reason: "file"}
	}
	var out struct {
		ID string `json:"id"`
	}
	a := n.do(ctx, connect.Request{Method: http.MethodPost, Path: "/" + n.s.NumberID + "/media", Type: w.FormDataContentType(), Body: b.String()}, &out)
	if a.Verdict == message.Took && out.ID == "" {
		a = message.Answer{Verdict: message.Unsure, Reason: "garbled"}
	}
	return out.ID, a
}

// Download fetches a file that came in: its address first, which lives five minutes.
// Fault: message.media-gone when it is not there any more.
func (n *Number) Download(ctx context.Context, id string) ([]byte, string, error) {
	var out struct {
		URL  string `json:"url"`
		Type string `json:"mime_type"`
	}
	a := n.call(ctx, http.MethodGet, "/"+id, url.Values{"phone_number_id": {n.s.NumberID}}, nil, &out)
	switch {
	case a.Verdict == message.Refused:
		return nil, "", message.ErrMediaGone
	case a.Verdict != message.Took:
		return nil, "", faultOf(a)
	case !strings.HasPrefix(out.URL, "https://") && !strings.HasPrefix(out.URL, n.base):
		return nil, "", message.ErrMediaGone // nobody asked for that place
	}
	got, err := n.media.Do(ctx, connect.Request{Method: http.MethodGet, Path: out.URL, Header: n.auth, Most: int(sizes["document"])})
	switch {
	case err != nil:
		return nil, "", message.ErrNoChannel.Wrap(err)
	case got.Status == http.StatusNotFound || got.Status == http.StatusGone:
		return nil, "", message.ErrMediaGone
	case got.Status != http.StatusOK:
		return nil, "", message.ErrNoChannel
	}
	return got.Body, out.Type, nil
}

type wireTemplate struct {
	Name       string `json:"name"`
	Language   string `json:"language"`
	Status     string `json:"status"`
	Reason     string `json:"rejected_reason"`
	Components []struct {
		Type string `json:"type"`
		Text string `json:"text"`
	} `json:"components"`
}

// mostPages bounds how many pages of templates are read.
const mostPages = 50

// Templates lists what Meta knows of the agency's templates.
func (n *Number) Templates(ctx context.Context) (all []message.Approved, err error) {
	after := ""
	for range mostPages {
		var out struct {
			Data   []wireTemplate `json:"data"`
			Paging struct {
				Cursors struct {
					After string `json:"after"`
				} `json:"cursors"`
			} `json:"paging"`
		}
		q := url.Values{"fields": {"id,name,status,category,language,components,rejected_reason"}, "limit": {"100"}}
		if after != "" {
			q.Set("after", after)
		}
		if a := n.call(ctx, http.MethodGet, "/"+n.s.AccountID+"/message_templates", q, nil, &out); a.Verdict != message.Took {
			return nil, faultOf(a)
		}
		for _, t := range out.Data {
			x := message.Approved{Name: t.Name, Lang: t.Language, State: t.Status, Reason: t.Reason}
			for _, c := range t.Components {
				if strings.EqualFold(c.Type, "BODY") {
					x.Body, x.Count = c.Text, strings.Count(c.Text, "{{")
				}
			}
			all = append(all, x)
		}
		if after = out.Paging.Cursors.After; after == "" || len(out.Data) == 0 {
			return all, nil
		}
	}
	return all, nil
}

// Propose gives a template to Meta for approval; its category comes in State.
func (n *Number) Propose(ctx context.Context, t message.Approved) (message.Approved, error) {
	body := object{"type": "BODY", "text": t.Body}
	if t.Count > 0 {
		var examples []string
		for range t.Count {
			examples = append(examples, "contoh")
		}
		body["example"] = object{"body_text": []any{examples}}
	}
	var out struct {
		Status string `json:"status"`
	}
	in := object{"name": t.Name, "language": t.Lang, "category": t.State, "components": []any{body}}
	if a := n.call(ctx, http.MethodPost, "/"+n.s.AccountID+"/message_templates", nil, in, &out); a.Verdict != message.Took {
		return t, faultOf(a)
	}
	t.State = out.Status
	return t, nil
}

// Try asks for the phone number itself.
func (n *Number) Try(ctx context.Context) message.Answer {
	var out struct {
		ID connect.Text `json:"id"`
	}
	return n.call(ctx, http.MethodGet, "/"+n.s.NumberID, url.Values{"fields": {"id,display_phone_number,quality_rating"}}, nil, &out)
}

func (n *Number) call(ctx context.Context, method, path string, q url.Values, in, into any) message.Answer {
	r := connect.Request{Method: method, Path: path, Query: q}
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return message.Answer{Verdict: message.Refused, Reason: "invalid", Detail: err.Error()}
		}
		r.Type, r.Body = "application/json", string(b)
	}
	return n.do(ctx, r, into)
}

func (n *Number) do(ctx context.Context, r connect.Request, into any) message.Answer {
	r.Header = n.auth
	got, err := n.c.Do(ctx, r)
	if err != nil {
		var nobody connect.Unreached
		if errors.As(err, &nobody) {
			return message.Answer{Verdict: message.Unheard, Reason: "unreached", Detail: err.Error()}
		}
		return message.Answer{Verdict: message.Unsure, Reason: "no-answer", Detail: err.Error()}
	}
	if got.Status == http.StatusOK || got.Status == http.StatusCreated {
		if err := connect.Decode(got.Body, into); err != nil {
			return message.Answer{Verdict: message.Unsure, Reason: "garbled"}
		}
		return message.Answer{Verdict: message.Took}
	}
	return refusal(got)
}
