package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"kolega/internal/access"
	"kolega/internal/demo"
	"kolega/internal/fault"
	"kolega/internal/job"
)

// errUnfinished is a demo folder whose play was cut short.
var errUnfinished = fault.New(fault.Conflict, "demo.unfinished")

// castFile keeps in a demo folder how to get in. A real folder never has one:
// secrets are kept as hashes there.
const castFile = "demo.json"

// demoFolder names the folder of a demo that was not given one: a fresh one that
// goes when the program ends.
func (c *Common) demoFolder() (remove func(), err error) {
	if c.given {
		return func() {}, nil
	}
	if c.Data, err = os.MkdirTemp("", "kolega-demo-"); err != nil {
		return nil, err
	}
	return func() { _ = os.RemoveAll(c.Data) }, nil
}

// demo fills an empty house, or finds its own demo there again; a house with real
// people is refused. Faults: demo.occupied, demo.unfinished.
func (h *Hall) demo(ctx context.Context, clock *demo.Clock, o demo.Options, say io.Writer) (*demo.Cast, error) {
	job.On(h.Registry, "demo", func(_ context.Context, e access.CodeAsked) error {
		_, err := fmt.Fprintf(say, "code %s for %s (%s)\n", e.Code, e.Name, e.To)
		return err
	})
	path := filepath.Join(h.data, castFile)
	empty, err := demo.Empty(ctx, &h.House)
	if err != nil {
		return nil, err
	}
	if !empty {
		return h.again(ctx, path)
	}
	cast, err := demo.Play(ctx, demo.Hall{House: &h.House, Runner: h.Runner, Clock: clock}, o)
	if clock.LetGo(); err != nil {
		return nil, fmt.Errorf("play the demo: %w", err)
	}
	b, err := json.Marshal(cast)
	if err != nil {
		return nil, err
	}
	return cast, os.WriteFile(path, b, 0o600)
}

// again reads how to get into a demo that was played before.
func (h *Hall) again(ctx context.Context, path string) (*demo.Cast, error) {
	house, err := h.Access.Agency(ctx)
	if err != nil {
		return nil, err
	}
	if !house.Demo {
		return nil, demo.ErrOccupied.With("dir", h.data)
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errUnfinished.With("dir", h.data)
	}
	if err != nil {
		return nil, err
	}
	var cast demo.Cast
	return &cast, json.Unmarshal(b, &cast)
}

// greeting is the first line of --json: where the program answers and who gets in.
type greeting struct {
	URL    string       `json:"url"`
	Logins []demo.Login `json:"logins"`
	Links  struct {
		Client []string `json:"client"`
		Talent []string `json:"talent"`
		Deck   []string `json:"deck"`
	} `json:"links"`
}

func greet(w io.Writer, url string, cast *demo.Cast) error {
	g := greeting{URL: url, Logins: []demo.Login{}}
	g.Links.Client, g.Links.Talent, g.Links.Deck = []string{}, []string{}, []string{}
	if cast != nil {
		g.Logins = cast.Logins
		for _, l := range cast.Shown() {
			switch l.Party {
			case access.Client:
				g.Links.Client = append(g.Links.Client, l.URL(url))
			case demo.DeckReader:
				g.Links.Deck = append(g.Links.Deck, l.URL(url))
			default:
				g.Links.Talent = append(g.Links.Talent, l.URL(url))
			}
		}
	}
	return json.NewEncoder(w).Encode(g)
}

// welcome prints the same for people.
func welcome(w io.Writer, url, data string, cast *demo.Cast, took time.Duration) error {
	fmt.Fprintf(w, "\nKolega demo   %s\nready in      %.1f s, data in %s\n\nSign in with the password %s\n", url, took.Seconds(), data, demo.Password)
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for _, l := range cast.OnePerRole() {
		fmt.Fprintf(t, "  %s\t%s\t%s\n", l.Role, l.Email, l.Name)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nOpen as somebody outside, on a phone, without an account\n")
	for _, l := range cast.Shown() {
		fmt.Fprintf(w, "  %s\n", l.URL(url))
		fmt.Fprintf(t, "    %s\t%s\t%s: %s\n", l.Party, l.Name, l.Campaign, l.Why)
		if err := t.Flush(); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "\nCodes that a link asks for appear here. Stop with Ctrl C.\n")
	return err
}
