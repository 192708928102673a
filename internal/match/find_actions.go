package match

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/find"
)

// Findable is the talents for the search over everything, with all that the talents' own
// list forgives.
func (s *Service) Findable() find.Source {
	return find.Source{Kind: find.Talent, Verb: "match.search", Find: func(ctx context.Context, actor access.Actor, text string, most int) ([]find.Line, error) {
		r, err := s.Rank(ctx, actor, Query{Text: text, Limit: most, Count: []Facet{Status}})
		out := make([]find.Line, 0, len(r.Rows))
		for _, x := range r.Rows {
			second := ""
			if x.Handle != "" {
				second = "@" + x.Handle
			}
			out = append(out, find.Line{Kind: find.Talent, ID: x.TalentID, Within: x.TalentID, Title: x.Name, Second: second})
		}
		return out, err
	}}
}
