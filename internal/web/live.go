package web

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
)

// liveEvery is how often an open page looks for changes; instances share nothing
// but the trail, so this is also how late another instance's change shows.
const liveEvery = 700 * time.Millisecond

// beat keeps proxies from closing a quiet stream.
const beat = 25 * time.Second

// everything is the topic of a page that shows more than one campaign.
const everything = "everything"

// Live streams changes of one campaign, or of everything, to an open page: each
// time the trail grows, one message that lets the parts marked "live" fetch
// themselves anew. Right and session are asked again at every look.
func (p *Plumbing) Live(w http.ResponseWriter, r *http.Request) error {
	topic := r.URL.Query().Get("topic")
	campaign, ok := strings.CutPrefix(topic, "campaign:")
	if !ok && topic != everything {
		return fault.New(fault.NotFound, "not-found")
	}
	if err := ActorOf(r).Require("campaign.see", access.Owner{CampaignID: campaign}); err != nil {
		return err
	}
	last, err := p.version(r, campaign)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	tick, quiet := time.NewTicker(liveEvery), time.NewTicker(beat)
	defer tick.Stop()
	defer quiet.Stop()
	for say := ": open\n\n"; ; say = "" {
		if say != "" {
			if _, err := fmt.Fprint(w, say); err != nil || out.Flush() != nil {
				return nil
			}
		}
		select {
		case <-r.Context().Done():
			return nil
		case <-quiet.C:
			if _, err := fmt.Fprint(w, ": still here\n\n"); err != nil || out.Flush() != nil {
				return nil
			}
		case <-tick.C:
			if _, err := p.BySession(w, r); err != nil {
				return nil
			}
			now, err := p.version(r, campaign)
			if err != nil || now == last {
				continue
			}
			last = now
			if _, err := fmt.Fprintf(w, "event: changed\ndata: %d\n\n", now); err != nil || out.Flush() != nil {
				return nil
			}
		}
	}
}

func (p *Plumbing) version(r *http.Request, campaign string) (n int64, err error) {
	err = p.DB.Read(r.Context(), func(tx *db.Tx) error {
		if campaign == everything {
			n, err = audit.End(r.Context(), tx)
		} else {
			n, err = audit.Version(r.Context(), tx, campaign)
		}
		return err
	})
	return n, err
}
