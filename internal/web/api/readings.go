package api

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"kolega/internal/fault"
	"kolega/internal/result"
	"kolega/internal/web"
)

type keptOut struct {
	Kept int `json:"kept" doc:"readings kept; of one post and hour the last line counts"`
}

// registerReadings puts the hourly counts of posts beside the described operations: a
// CSV file in, one post's readings out, oldest first. A year has 8,760 of them, so the
// answer has no names within: {"metrics":["views",…],"readings":[[seconds,count|null,…],…]}.
func registerReadings(a *API) {
	a.raw(http.MethodPost, "/readings", func(w http.ResponseWriter, r *http.Request) error {
		kept, err := a.Result.BringReadings(r.Context(), web.ActorOf(r), r.Body)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		return json.NewEncoder(w).Encode(keptOut{kept})
	})
	a.raw(http.MethodGet, "/posts/{id}/readings", func(w http.ResponseWriter, r *http.Request) error {
		to, err := instantOr(r, "to", a.DB.Now())
		if err != nil {
			return err
		}
		from, err := instantOr(r, "from", to.AddDate(-1, 0, 0))
		if err != nil {
			return err
		}
		list, err := a.Result.Readings(r.Context(), web.ActorOf(r), r.PathValue("id"), from, to)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		_, err = w.Write(readingsWire(list))
		return err
	})
}

func instantOr(r *http.Request, name string, other time.Time) (time.Time, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return other, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, fault.Field(name, "form.unreadable")
	}
	return t, nil
}

func readingsWire(list []result.Reading) []byte {
	used := result.KnownIn(list)
	b := append(make([]byte, 0, 64+len(list)*(16+8*len(used))), `{"metrics":[`...)
	for i, n := range used {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendQuote(b, string(result.Metrics[n]))
	}
	b = append(b, `],"readings":[`...)
	for i, r := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(append(b, '['), r.Hour*3600, 10)
		for _, n := range used {
			b = append(b, ',')
			if v, known := r.Count(n); known {
				b = strconv.AppendInt(b, v, 10)
			} else {
				b = append(b, "null"...)
			}
		}
		b = append(b, ']')
	}
	return append(b, "]}\n"...)
}
