package talent

import (
	"strings"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Figure is what an account's figures were on a day (B31). -1 is unknown.
type Figure struct {
	AccountID   string
	On          worktime.Date
	Source      string
	Followers   int64
	ERBp        int64
	ERBase      ERBase
	AvgViews    int64
	AvgLikes    int64
	AvgComments int64
	AvgShares   int64
}

// figureOf is the account's present figures as a snapshot.
func figureOf(a Account) Figure {
	return Figure{AccountID: a.ID, On: a.FollowersOn, Source: a.Source, Followers: a.Followers, ERBp: a.ERBp, ERBase: a.ERBase,
		AvgViews: a.AvgViews, AvgLikes: a.AvgLikes, AvgComments: a.AvgComments, AvgShares: a.AvgShares}
}

// Doubt names something about an account's figures that a person should look at
// (B31). It refuses nothing.
type Doubt string

// The doubts.
const (
	DoubtLikes Doubt = "likes" // more likes than views
	DoubtJump  Doubt = "jump"  // followers rose by half or more, and by 1,000 or more, within 30 days
	DoubtFall  Doubt = "fall"  // followers fell by a fifth or more within 30 days
	DoubtER    Doubt = "er"    // an engagement rate by followers above 30 %
	DoubtOld   Doubt = "old"   // no figures, or older than 90 days
)

// jumpDays is the span within which a jump of followers is looked for.
const jumpDays = 30

// Doubts gives what is odd about an account, in the order above; history is its
// snapshots, the oldest first.
func Doubts(a Account, history []Figure, today worktime.Date) []Doubt {
	var out []Doubt
	add := func(yes bool, d Doubt) {
		if yes {
			out = append(out, d)
		}
	}
	add(a.AvgLikes >= 0 && a.AvgViews > 0 && a.AvgLikes > a.AvgViews, DoubtLikes)
	jump, fall := false, false
	for i, now := range history {
		for _, then := range history[:i] {
			near := then.On.Valid() && now.On.Valid() && then.On.DaysUntil(now.On) <= jumpDays && then.Followers > 0 && now.Followers >= 0
			jump = jump || near && 2*now.Followers >= 3*then.Followers && now.Followers-then.Followers >= 1_000
			fall = fall || near && 5*now.Followers <= 4*then.Followers
		}
	}
	add(jump, DoubtJump)
	add(fall, DoubtFall)
	add(a.ERBase == ERByFollowers && a.ERBp > 3_000, DoubtER)
	add(a.Followers < 0 || StaleOn(a.FollowersOn, today), DoubtOld)
	return out
}

// AudienceKind is a way to part an audience.
type AudienceKind string

// The kinds: country by ISO code, age by band, gender.
const (
	AudienceCountry AudienceKind = "country"
	AudienceAge     AudienceKind = "age"
	AudienceGender  AudienceKind = "gender"
)

// Ages and Genders list the values of the kinds, as the platforms' own pages part them.
func Ages() []string { return []string{"13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+"} }

// Genders lists the values of gender.
func Genders() []string { return []string{"female", "male", "other"} }

// Share is one part of an audience.
type Share struct {
	Value string
	Bp    int64 // basis points of the whole audience
}

// Audience is who watches an account, with the day and source of each kind (R18).
type Audience struct {
	AccountID string
	Shares    map[AudienceKind][]Share // largest first
	On        map[AudienceKind]worktime.Date
	Source    map[AudienceKind]string
}

// Of gives a value's share in basis points; -1 when the kind is not known. A value
// left out of a known kind has no share.
func (a Audience) Of(kind AudienceKind, value string) int64 {
	if len(a.Shares[kind]) == 0 {
		return -1
	}
	for _, s := range a.Shares[kind] {
		if strings.EqualFold(s.Value, value) {
			return s.Bp
		}
	}
	return 0
}

// The faults of figures and audiences.
var (
	FaultAudience      = fault.Field("shares", "talent.audience-wrong") // args: line
	FaultAudienceSum   = fault.Field("shares", "talent.audience-sum")   // args: sum
	FaultAudienceKind  = fault.Field("kind", "talent.audience-kind")
	FaultAudienceDay   = fault.Field("on", "talent.audience-day")
	FaultAudienceTwice = fault.Field("shares", "talent.audience-twice") // args: value
)

// ParseShares reads an audience as typed from a media kit, one part a line or
// separated by commas: "ID 62%", "18-24: 41.5 %", "perempuan 80%". Values are read
// by their kind; the sum may not pass 100 % (by a rounding of half a point for each
// part). Faults: talent.audience-wrong, -sum, -twice, -kind.
func ParseShares(kind AudienceKind, typed string) ([]Share, error) {
	var out []Share
	seen := map[string]bool{}
	sum := int64(0)
	for _, line := range strings.FieldsFunc(strings.ReplaceAll(typed, ", ", "\n"), func(r rune) bool { return r == '\n' || r == ';' || r == '\r' }) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		s, err := parseShare(kind, line)
		if err != nil {
			return nil, err
		}
		if seen[s.Value] {
			return nil, FaultAudienceTwice.With("value", s.Value)
		}
		seen[s.Value] = true
		out, sum = append(out, s), sum+s.Bp
	}
	if len(out) == 0 {
		return nil, FaultAudience.With("line", "")
	}
	if sum > 10_000+50*int64(len(out)) {
		return nil, FaultAudienceSum.With("sum", sum/100)
	}
	return out, nil
}

func parseShare(kind AudienceKind, line string) (Share, error) {
	line = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(line), "%"))
	cut := strings.LastIndexAny(line, " :=\t")
	wrong := FaultAudience.With("line", line)
	if cut <= 0 {
		return Share{}, wrong
	}
	bp, err := ParseRate(line[cut+1:] + "%")
	if err != nil || bp < 0 || bp > 10_000 {
		return Share{}, wrong
	}
	value, ok := audienceValue(kind, strings.TrimRight(strings.TrimSpace(line[:cut]), " :="))
	switch {
	case kind != AudienceCountry && kind != AudienceAge && kind != AudienceGender:
		return Share{}, FaultAudienceKind
	case !ok:
		return Share{}, wrong
	}
	return Share{value, bp}, nil
}

// genders are the words that media kits use.
var genders = map[string]string{"female": "female", "women": "female", "woman": "female", "perempuan": "female", "wanita": "female", "babae": "female", "f": "female", "p": "female",
	"male": "male", "men": "male", "man": "male", "laki laki": "male", "pria": "male", "lalaki": "male", "m": "male", "l": "male", "other": "other", "lainnya": "other", "iba": "other"}

func audienceValue(kind AudienceKind, typed string) (string, bool) {
	switch kind {
	case AudienceCountry:
		return CountryOf(typed)
	case AudienceGender:
		g, ok := genders[strings.ReplaceAll(strings.ToLower(typed), "-", " ")]
		return g, ok
	}
	band := strings.NewReplacer("–", "-", " ", "", "–", "-").Replace(typed)
	for _, a := range Ages() {
		if a == band {
			return a, true
		}
	}
	return "", false
}
