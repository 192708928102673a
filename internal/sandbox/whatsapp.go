package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Trouble is one way in which the stand-in of WhatsApp misbehaves.
type Trouble int

// The troubles. A phone number whose last four digits are 88 and the number asks for one.
const (
	Good           Trouble = 0
	WindowClosed   Trouble = 1  // 131047, whatever the clock says
	WindowLate     Trouble = 2  // accepted, then failed with 131047
	NoSuchNumber   Trouble = 3  // 131026
	TooFast        Trouble = 4  // 130429 at the first call, with a time to wait
	PairTooFast    Trouble = 5  // 131056 at the first call
	LostAnswer     Trouble = 6  // accepted, and the caller never hears
	LostBefore     Trouble = 7  // nothing was read at the first call, and the caller cannot know
	WantsNone      Trouble = 8  // 131050
	Disturbed      Trouble = 9  // 131016 at the first call
	Unreadable     Trouble = 10 // accepted, and the answer is HTML
	TwiceEach      Trouble = 11 // every status comes twice
	LateAndTurned  Trouble = 12 // statuses come in the wrong order
	ReadAtOnce     Trouble = 13 // read, and never delivered
	NeverTold      Trouble = 14 // no status ever
	FailedAfter    Trouble = 15 // sent, then failed with 131026
	TemplateDenied Trouble = 16 // 132015
)

// Cloud stands in for WhatsApp's Business Cloud API. Make one with NewCloud.
type Cloud struct {
	now func() time.Time
	// Fate, when it is set, chooses the trouble of a message instead of its number.
	Fate func(outID string) Trouble

	mu        sync.Mutex
	n         int
	got       []Got
	calls     map[string]int
	heard     map[string]time.Time // when a number last wrote
	templates map[string]*cloudTemplate
	media     map[string]cloudMedia
	due       []CloudCall
}

// Got is a message that the stand-in took; their count is the only judge of what went
// twice.
type Got struct {
	Ref, To, OutID, Text, Template string
	At                             time.Time
}

type cloudTemplate struct{ Name, Lang, State, Reason, Body string }

type cloudMedia struct {
	kind string
	data []byte
}

// CloudCall is a callback that is to be made.
type CloudCall struct {
	Body      []byte
	Signature string
}

// AppSecret signs the stand-in's callbacks.
const AppSecret = "sandbox-app-secret"

// NewCloud makes a stand-in that tells the time by now.
func NewCloud(now func() time.Time) *Cloud {
	return &Cloud{now: now, calls: map[string]int{}, heard: map[string]time.Time{}, templates: map[string]*cloudTemplate{}, media: map[string]cloudMedia{}}
}

// troubleOf reads a trouble from a number's end.
func troubleOf(to string) Trouble {
	if len(to) < 4 || to[len(to)-4:len(to)-2] != "88" {
		return Good
	}
	return Trouble(int(to[len(to)-2]-'0')*10 + int(to[len(to)-1]-'0'))
}

// Got lists what was taken so far.
func (c *Cloud) Got() []Got {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Got(nil), c.got...)
}

// Approve puts a template of the agency into a state: "APPROVED", "REJECTED".
func (c *Cloud) Approve(name, lang, state string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.templates[name+"/"+lang] = &cloudTemplate{Name: name, Lang: lang, State: state}
	c.call("message_template_status_update", map[string]any{"event": state, "message_template_name": name, "message_template_language": lang, "reason": "NONE"})
}

// Write is a message of a person's; bsuid alone is somebody who hides the number.
func (c *Cloud) Write(phone, bsuid, name, text string) (ref string) {
	return c.write(phone, bsuid, name, map[string]any{"type": "text", "text": map[string]any{"body": text}})
}

// WriteFile is a file that a person sends.
func (c *Cloud) WriteFile(phone, name, kind, caption string, data []byte) (ref string) {
	c.mu.Lock()
	c.n++
	id := fmt.Sprint(7000000000 + c.n)
	c.media[id] = cloudMedia{kind, data}
	c.mu.Unlock()
	return c.write(phone, "", name, map[string]any{"type": "image", "image": map[string]any{"id": id, "mime_type": kind, "caption": caption}})
}

// WriteAt is a message that somebody wrote at an instant.
func (c *Cloud) WriteAt(at time.Time, phone, name, text string) (ref string) {
	return c.writeAt(at, phone, "", name, map[string]any{"type": "text", "text": map[string]any{"body": text}})
}

func (c *Cloud) write(phone, bsuid, name string, m map[string]any) string {
	return c.writeAt(c.now(), phone, bsuid, name, m)
}

func (c *Cloud) writeAt(at time.Time, phone, bsuid, name string, m map[string]any) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	phone = strings.TrimPrefix(phone, "+")
	ref := fmt.Sprintf("wamid.IN%08d", c.n)
	m["id"], m["timestamp"] = ref, fmt.Sprint(at.Unix())
	contact := map[string]any{"profile": map[string]any{"name": name}}
	if phone != "" {
		m["from"], contact["wa_id"] = phone, phone
		c.heard[phone] = at
	}
	if bsuid != "" {
		m["from_user_id"], contact["user_id"] = bsuid, bsuid
		c.heard[bsuid] = at
	}
	c.call("messages", map[string]any{"messaging_product": "whatsapp", "contacts": []any{contact}, "messages": []any{m}})
	return ref
}

func (c *Cloud) call(field string, value map[string]any) {
	body, err := json.Marshal(map[string]any{"object": "whatsapp_business_account", "entry": []any{map[string]any{"id": "1", "changes": []any{map[string]any{"field": field, "value": value}}}}})
	if err != nil {
		return
	}
	c.due = append(c.due, CloudCall{Body: body, Signature: SignCloud(body, AppSecret)})
}

// SignCloud is the signature of a callback's body.
func SignCloud(body []byte, secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// Calls gives the callbacks that are to be made now, and forgets them.
func (c *Cloud) Calls() []CloudCall {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := c.due
	c.due = nil
	return out
}

func (c *Cloud) status(ref, outID, to, state string, code int) {
	s := map[string]any{"id": ref, "status": state, "timestamp": fmt.Sprint(c.now().Unix()), "recipient_id": to, "biz_opaque_callback_data": outID}
	if code != 0 {
		s["errors"] = []any{map[string]any{"code": code, "title": "failed", "error_data": map[string]any{"details": "the stand-in says so"}}}
	}
	c.call("messages", map[string]any{"messaging_product": "whatsapp", "statuses": []any{s}})
}

// tell makes the callbacks of a message that was taken.
func (c *Cloud) tell(g Got, how Trouble) {
	steps := []string{"sent", "delivered", "read"}
	switch how {
	case NeverTold:
		return
	case LateAndTurned:
		steps = []string{"read", "delivered", "sent"}
	case ReadAtOnce:
		steps = []string{"sent", "read"}
	case TwiceEach:
		steps = []string{"sent", "sent", "delivered", "delivered", "read", "sent"}
	case WindowLate:
		if g.Template == "" {
			c.status(g.Ref, g.OutID, g.To, "failed", 131047)
			return
		}
	case FailedAfter:
		c.status(g.Ref, g.OutID, g.To, "sent", 0)
		c.status(g.Ref, g.OutID, g.To, "failed", 131026)
		return
	}
	for _, s := range steps {
		c.status(g.Ref, g.OutID, g.To, s, 0)
	}
}

// windowOpen tells whether a receiver wrote within a day.
func (c *Cloud) windowOpen(to string) bool { return c.now().Sub(c.heard[to]) < 24*time.Hour }

// cloudRefusal is an error in Meta's form.
func cloudRefusal(code int, words string) reply {
	return doc(http.StatusBadRequest, map[string]any{"error": map[string]any{"message": fmt.Sprintf("(#%d) %s", code, words), "type": "OAuthException", "code": code,
		"error_data": map[string]any{"messaging_product": "whatsapp", "details": words}, "fbtrace_id": "sandbox"}})
}
