package whatsapp

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"kolega/internal/connect"
	"kolega/internal/message"
	"kolega/internal/secret"
)

// Read proves a call by its signature over the raw body and reads it. Faults:
// message.signature, message.event.
func Read(body []byte, signature string, app secret.Hidden) (message.Event, error) {
	given, ok := strings.CutPrefix(signature, "sha256=")
	sum, err := hex.DecodeString(given)
	if !ok || err != nil || given != strings.ToLower(given) || app.IsZero() {
		return message.Event{}, message.ErrSignature
	}
	mac := hmac.New(sha256.New, []byte(app.Reveal()))
	mac.Write(body)
	if !hmac.Equal(sum, mac.Sum(nil)) {
		return message.Event{}, message.ErrSignature
	}
	var in wireCall
	if err := connect.Decode(body, &in); err != nil {
		return message.Event{}, message.ErrEvent.Wrap(err)
	}
	return in.event(), nil
}

type wireCall struct {
	Entry []struct {
		Changes []struct {
			Field string          `json:"field"`
			Value json.RawMessage `json:"value"`
		} `json:"changes"`
	} `json:"entry"`
}

type wireValue struct {
	Contacts []struct {
		Profile struct {
			Name string `json:"name"`
		} `json:"profile"`
		WaID   string `json:"wa_id"`
		UserID string `json:"user_id"`
	} `json:"contacts"`
	Messages []wireMessage `json:"messages"`
	Statuses []wireStatus  `json:"statuses"`
}

type wireStatus struct {
	ID     string       `json:"id"`
	Status string       `json:"status"`
	At     connect.Text `json:"timestamp"`
	OutID  string       `json:"biz_opaque_callback_data"`
	Errors []wireError  `json:"errors"`
}

type wireMedia struct {
	ID       string `json:"id"`
	Type     string `json:"mime_type"`
	Caption  string `json:"caption"`
	Filename string `json:"filename"`
}

type wireMessage struct {
	From       string       `json:"from"`
	FromUserID string       `json:"from_user_id"`
	ID         string       `json:"id"`
	At         connect.Text `json:"timestamp"`
	Type       string       `json:"type"`
	Text       struct {
		Body string `json:"body"`
	} `json:"text"`
	Context struct {
		ID string `json:"id"`
	} `json:"context"`
	Button struct {
		Text string `json:"text"`
	} `json:"button"`
	Interactive struct {
		Button struct {
			Title string `json:"title"`
		} `json:"button_reply"`
		List struct {
			Title string `json:"title"`
		} `json:"list_reply"`
	} `json:"interactive"`
	Reaction struct {
		Emoji string `json:"emoji"`
	} `json:"reaction"`
	Location struct {
		Name      string      `json:"name"`
		Latitude  json.Number `json:"latitude"`
		Longitude json.Number `json:"longitude"`
	} `json:"location"`
	System struct {
		Body string `json:"body"`
		WaID string `json:"wa_id"`
	} `json:"system"`
	Image    *wireMedia `json:"image"`
	Video    *wireMedia `json:"video"`
	Audio    *wireMedia `json:"audio"`
	Document *wireMedia `json:"document"`
	Sticker  *wireMedia `json:"sticker"`
}

type wireTemplateNews struct {
	Event  string `json:"event"`
	Name   string `json:"message_template_name"`
	Lang   string `json:"message_template_language"`
	Reason string `json:"reason"`
}

// event reads all entries of a call. What is of no known kind is left out: Meta adds
// kinds without asking.
func (in wireCall) event() (e message.Event) {
	for _, entry := range in.Entry {
		for _, c := range entry.Changes {
			switch c.Field {
			case "messages":
				var v wireValue
				if json.Unmarshal(c.Value, &v) == nil {
					v.into(&e)
				}
			case "message_template_status_update":
				var v wireTemplateNews
				if json.Unmarshal(c.Value, &v) == nil && v.Name != "" {
					e.Templates = append(e.Templates, message.TemplateNews{Name: v.Name, Lang: v.Lang, State: v.Event, Reason: v.Reason})
				}
			}
		}
	}
	return e
}

func (v wireValue) into(e *message.Event) {
	for _, m := range v.Messages {
		if m.ID == "" {
			continue
		}
		e.Incoming = append(e.Incoming, v.incoming(m))
	}
	for _, s := range v.Statuses {
		state, known := states[s.Status]
		if !known || s.ID == "" {
			continue
		}
		out := message.Status{Ref: s.ID, OutID: s.OutID, State: state, At: instant(s.At)}
		if state == message.Failed && len(s.Errors) > 0 {
			a := judge(s.Errors[0].Code)
			out.Code, out.Detail = a.Reason, s.Errors[0].words()
		}
		e.Statuses = append(e.Statuses, out)
	}
}

var states = map[string]message.OutState{"sent": message.Sent, "delivered": message.Delivered, "read": message.Read, "played": message.Read, "failed": message.Failed}

func (v wireValue) incoming(m wireMessage) message.Incoming {
	in := message.Incoming{Ref: m.ID, BSUID: m.FromUserID, At: instant(m.At), Answers: m.Context.ID}
	if m.From != "" {
		in.Phone = "+" + strings.TrimPrefix(m.From, "+")
	}
	for _, c := range v.Contacts {
		if c.WaID == m.From || c.UserID != "" && c.UserID == m.FromUserID {
			in.Name = c.Profile.Name
		}
	}
	if in.Name == "" {
		in.Name = in.Phone
	}
	m.words(&in)
	return in
}

// words takes what was said, whatever form it came in.
func (m wireMessage) words(in *message.Incoming) {
	for _, f := range []*wireMedia{m.Image, m.Video, m.Audio, m.Document, m.Sticker} {
		if f != nil {
			in.Text, in.Media = f.Caption, &message.Media{ID: f.ID, Type: f.Type, Name: f.Filename}
			return
		}
	}
	switch m.Type {
	case "text":
		in.Text = m.Text.Body
	case "button":
		in.Text = m.Button.Text
	case "interactive":
		in.Text = m.Interactive.Button.Title + m.Interactive.List.Title
	case "reaction":
		in.Text = m.Reaction.Emoji
	case "location":
		in.Text = strings.TrimSpace(m.Location.Name + " https://maps.google.com/?q=" + m.Location.Latitude.String() + "," + m.Location.Longitude.String())
	case "system":
		in.Text = m.System.Body
		if m.System.WaID != "" {
			in.NewID = "+" + strings.TrimPrefix(m.System.WaID, "+")
		}
	default:
		in.Text = "[" + m.Type + "]"
	}
}

// instant reads Unix seconds that are written as text; the zero time for none.
func instant(t connect.Text) time.Time {
	n, err := strconv.ParseInt(string(t), 10, 64)
	if err != nil || n <= 0 || n > 1<<36 {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}
