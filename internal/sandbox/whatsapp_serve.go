package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// serve answers one call; the path is below the version: "/NUMBER/messages".
func (c *Cloud) serve(base string, a ask) reply {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !strings.HasPrefix(a.header.Get("Authorization"), "Bearer ") || strings.Contains(a.header.Get("Authorization"), "wrong") {
		return doc(http.StatusUnauthorized, map[string]any{"error": map[string]any{"message": "Invalid OAuth access token", "type": "OAuthException", "code": 190}})
	}
	_, path, _ := strings.Cut(strings.TrimPrefix(a.path, "/"), "/") // past the version
	head, tail, _ := strings.Cut(path, "/")
	switch {
	case a.method == http.MethodPost && tail == "messages":
		return c.send(a)
	case a.method == http.MethodPost && tail == "media":
		return c.upload(a)
	case tail == "message_templates":
		return c.template(a)
	case a.method == http.MethodGet && head == "file":
		return reply{status: http.StatusOK, body: c.media[tail].data, header: map[string]string{"Content-Type": c.media[tail].kind}}
	case a.method == http.MethodGet:
		if m, ok := c.media[head]; ok {
			return doc(http.StatusOK, map[string]any{"messaging_product": "whatsapp", "id": head, "mime_type": m.kind, "url": base + "/v1/file/" + head})
		}
		if len(head) > 9 {
			return doc(http.StatusOK, map[string]any{"id": head, "display_phone_number": "+62 21 555 0100", "quality_rating": "GREEN"})
		}
	}
	return cloudRefusal(100, "no such object")
}

type cloudMessage struct {
	To        string `json:"to"`
	Recipient string `json:"recipient"`
	Type      string `json:"type"`
	OutID     string `json:"biz_opaque_callback_data"`
	Text      struct {
		Body string `json:"body"`
	} `json:"text"`
	Template struct {
		Name     string `json:"name"`
		Language struct {
			Code string `json:"code"`
		} `json:"language"`
	} `json:"template"`
	Image    map[string]any `json:"image"`
	Document map[string]any `json:"document"`
}

func (c *Cloud) send(a ask) reply {
	var m cloudMessage
	if err := json.Unmarshal(a.body, &m); err != nil || m.To == "" && m.Recipient == "" || m.Type == "" {
		return cloudRefusal(100, "Invalid parameter")
	}
	to := m.To + m.Recipient
	how := troubleOf(to)
	if c.Fate != nil {
		how = c.Fate(m.OutID)
	}
	c.calls[m.OutID]++
	if r, refused := c.unaccepted(m, to, how, c.calls[m.OutID] == 1); refused {
		return r
	}
	c.n++
	g := Got{Ref: fmt.Sprintf("wamid.OUT%08d", c.n), To: to, OutID: m.OutID, Text: m.Text.Body, Template: m.Template.Name, At: c.now()}
	c.got = append(c.got, g)
	c.tell(g, how)
	r := doc(http.StatusOK, map[string]any{"messaging_product": "whatsapp", "contacts": []any{map[string]any{"input": to, "wa_id": to}}, "messages": []any{map[string]any{"id": g.Ref, "message_status": "accepted"}}})
	switch how {
	case LostAnswer:
		r.how = hangs
	case Unreadable:
		return text(http.StatusOK, "<html><body>Sorry</body></html>")
	}
	return r
}

// unaccepted are the answers that take nothing.
func (c *Cloud) unaccepted(m cloudMessage, to string, how Trouble, first bool) (reply, bool) {
	isTemplate := m.Type == "template"
	switch {
	case how == TooFast && first:
		r := cloudRefusal(130429, "Rate limit hit")
		r.status, r.header = http.StatusTooManyRequests, map[string]string{"Retry-After": "3"}
		return r, true
	case how == PairTooFast && first:
		return cloudRefusal(131056, "Too many messages to this number"), true
	case how == Disturbed && first:
		return cloudRefusal(131016, "Service unavailable"), true
	case how == LostBefore && first:
		return reply{how: hangs}, true
	case how == NoSuchNumber:
		return cloudRefusal(131026, "Message undeliverable"), true
	case how == WantsNone:
		return cloudRefusal(131050, "The user stopped marketing messages"), true
	case isTemplate && how == TemplateDenied:
		return cloudRefusal(132015, "Template is paused"), true
	case isTemplate:
		t := c.templates[m.Template.Name+"/"+m.Template.Language.Code]
		if t == nil || t.State != "APPROVED" {
			return cloudRefusal(132001, "Template does not exist in the translation"), true
		}
	case how == WindowClosed || how != WindowLate && !c.windowOpen(to):
		return cloudRefusal(131047, "More than 24 hours have passed since the customer last replied"), true
	}
	return reply{}, false
}

func (c *Cloud) upload(a ask) reply {
	_, params, err := mime.ParseMediaType(a.header.Get("Content-Type"))
	if err != nil {
		return cloudRefusal(100, "no form")
	}
	form, err := multipart.NewReader(bytes.NewReader(a.body), params["boundary"]).ReadForm(mostBody)
	if err != nil || len(form.File["file"]) != 1 {
		return cloudRefusal(131053, "Media upload error")
	}
	f, err := form.File["file"][0].Open()
	if err != nil {
		return cloudRefusal(131053, "Media upload error")
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(f)
	if err != nil {
		return cloudRefusal(131053, "Media upload error")
	}
	c.n++
	id := fmt.Sprint(8000000000 + c.n)
	c.media[id] = cloudMedia{form.File["file"][0].Header.Get("Content-Type"), data}
	return doc(http.StatusOK, map[string]any{"id": id})
}

func (c *Cloud) template(a ask) reply {
	if a.method == http.MethodGet {
		list := []any{}
		for _, t := range c.templates {
			list = append(list, map[string]any{"id": t.Name, "name": t.Name, "language": t.Lang, "status": t.State, "components": []any{map[string]any{"type": "BODY", "text": t.Body}}})
		}
		return doc(http.StatusOK, map[string]any{"data": list, "paging": map[string]any{"cursors": map[string]any{}}})
	}
	var in struct {
		Name       string `json:"name"`
		Language   string `json:"language"`
		Components []struct {
			Text string `json:"text"`
		} `json:"components"`
	}
	if err := json.Unmarshal(a.body, &in); err != nil || in.Name == "" || len(in.Components) == 0 {
		return cloudRefusal(100, "Invalid parameter")
	}
	body := in.Components[0].Text
	if strings.Contains(body, "}}{{") || strings.HasPrefix(body, "{{") || strings.HasSuffix(body, "}}") {
		return cloudRefusal(100, "Variables may not be at the start or end, or adjacent")
	}
	c.templates[in.Name+"/"+in.Language] = &cloudTemplate{Name: in.Name, Lang: in.Language, State: "PENDING", Body: body}
	return doc(http.StatusOK, map[string]any{"id": "1", "status": "PENDING", "category": "UTILITY"})
}

// Handler answers over a network. Beside Meta's paths it takes POST /_person with
// {"phone","name","text"}: somebody writes to the agency; and POST /_template with
// {"name","lang","state"}.
func (c *Cloud) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, err := read(r, r.URL.Path)
		if err != nil {
			send(w, text(http.StatusBadRequest, "{}"))
			return
		}
		if a.path == "/_person" || a.path == "/_template" {
			c.control(w, a)
			return
		}
		out := c.serve("http://"+r.Host, a)
		if out.how != fine {
			panic(http.ErrAbortHandler)
		}
		send(w, out)
	})
}

func (c *Cloud) control(w http.ResponseWriter, a ask) {
	var in struct{ Phone, BSUID, Name, Text, Lang, State string }
	if err := json.Unmarshal(a.body, &in); err != nil || in.Name == "" {
		send(w, text(http.StatusUnprocessableEntity, "{}"))
		return
	}
	if a.path == "/_template" {
		c.Approve(in.Name, in.Lang, in.State)
	} else {
		c.Write(in.Phone, in.BSUID, in.Name, in.Text)
	}
	send(w, doc(http.StatusOK, map[string]any{"ok": true}))
}

// Transport reaches the stand-in without a network.
func (c *Cloud) Transport() http.RoundTripper { return cloudTransport{c} }

type cloudTransport struct{ c *Cloud }

// RoundTrip carries one call; an answer that hangs is lost at once.
func (t cloudTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	a, err := read(r, r.URL.Path)
	if err != nil {
		return nil, err
	}
	out := t.c.serve("https://"+r.URL.Host, a)
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	switch out.how {
	case hangs:
		return nil, context.DeadlineExceeded
	case resets, cuts, lies:
		return nil, syscall.ECONNRESET
	}
	w := &http.Response{StatusCode: out.status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(out.body)), Request: r, ProtoMajor: 1, ProtoMinor: 1}
	for name, v := range out.header {
		w.Header.Set(name, v)
	}
	return w, nil
}

// CallBack makes the callbacks that are due at an address until ctx ends; one that is
// not answered by 200 is tried again.
func (c *Cloud) CallBack(ctx context.Context, address string) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	client := &http.Client{Timeout: 30 * time.Second}
	var again []CloudCall
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		calls := append(again, c.Calls()...)
		again = nil
		for _, x := range calls {
			if !c.post(ctx, client, address, x) && len(again) < 1000 {
				again = append(again, x)
			}
		}
	}
}

func (c *Cloud) post(ctx context.Context, client *http.Client, address string, x CloudCall) bool {
	if _, err := url.Parse(address); err != nil {
		return true
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(x.Body))
	if err != nil {
		return false
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Hub-Signature-256", x.Signature)
	w, err := client.Do(r)
	if err != nil {
		return false
	}
	defer func() { _ = w.Body.Close() }()
	return w.StatusCode == http.StatusOK
}
