package casting

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"kolega/internal/campaign"
)

// LineOf names the kind of a slot: slots with the same pieces, price and
// conditions are alike.
func LineOf(s campaign.Slot) LineKey {
	parts := make([]string, 0, len(s.Deliverables)+2)
	for _, d := range s.Deliverables {
		parts = append(parts, fmt.Sprintf("%s/%s/%d", d.Platform, d.Format, d.Count))
	}
	sort.Strings(parts)
	c := s.Conditions
	parts = append(parts, fmt.Sprintf("%d %s %v", s.Price.Minor, s.Price.Currency, s.Free), c.Country+" "+c.Tier+" "+strings.Join(c.Tags, ","))
	return LineKey(strings.Join(parts, "|"))
}

// PiecesOf gives a slot's deliverables in casting's words.
func PiecesOf(s campaign.Slot) []Piece {
	out := make([]Piece, 0, len(s.Deliverables))
	for _, d := range s.Deliverables {
		out = append(out, Piece{Platform: d.Platform, Format: d.Format, Count: d.Count})
	}
	return out
}

var platformNames = map[string]string{"instagram": "Instagram", "tiktok": "TikTok", "youtube": "YouTube", "x": "X", "facebook": "Facebook", "threads": "Threads"}

// PiecesText says what is owed, "1 TikTok video, 2 Instagram story": the words of
// platforms and formats are the same in every language of the agency.
func PiecesText(list []Piece) string {
	words := make([]string, 0, len(list))
	for _, p := range list {
		name := platformNames[p.Platform]
		if name == "" {
			name = p.Platform
		}
		words = append(words, strconv.FormatInt(p.Count, 10)+" "+name+" "+p.Format)
	}
	return strings.Join(words, ", ")
}

// LinesOf groups a campaign's wanted slots by kind, in the order of their numbers.
// taken counts, by kind, the seats held by candidates without the client's yes.
func LinesOf(slots []campaign.Slot, taken map[LineKey]int64) []Line {
	at := map[LineKey]int{}
	var out []Line
	for _, s := range slots {
		if !s.Open() {
			continue
		}
		key := LineOf(s)
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			pieces := PiecesOf(s)
			out = append(out, Line{Key: key, Name: PiecesText(pieces), Pieces: pieces, Slots: -taken[key]})
		}
		out[i].Slots++
	}
	return out
}
