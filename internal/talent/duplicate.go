package talent

import (
	"slices"
	"strings"

	"kolega/internal/fault"
	"kolega/internal/locale"
)

// Likeness is why two talents may be one person.
type Likeness string

// The likenesses, the strongest first.
const (
	LikePhone  Likeness = "phone"  // the same number
	LikeEmail  Likeness = "email"  // the same address
	LikeHandle Likeness = "handle" // the same handle on two platforms
	LikeName   Likeness = "name"   // the same name, accents, case and order of words aside
	LikeNear   Likeness = "near"   // the same but for one typing error
)

// weight orders pairs; a name alone says least.
var weight = map[Likeness]int{LikePhone: 8, LikeEmail: 8, LikeHandle: 5, LikeName: 3, LikeNear: 2}

// Pair is two talents who may be one. A has the lower id, so it is the older record.
type Pair struct {
	A, B Talent
	Why  []Likeness
}

// Weight says how much speaks for it; two names alone are 3, a number and a name 11.
func (p Pair) Weight() (sum int) {
	for _, w := range p.Why {
		sum += weight[w]
	}
	return sum
}

// The faults of duplicates.
var (
	FaultMergeSelf  = fault.Field("other", "talent.merge-self")
	FaultMergeGone  = fault.New(fault.Conflict, "talent.merge-gone")  // one of them was merged or erased
	FaultMergeMoney = fault.New(fault.Conflict, "talent.merge-money") // the one to go was paid or is owed: keep that one
	FaultMergeSlot  = fault.New(fault.Conflict, "talent.merge-slot")  // both stand in one slot or hold an offer of one campaign
)

// Alike gives why two records may be one person, the strongest reason first.
func Alike(a, b Talent, aAccounts, bAccounts []Account) (why []Likeness) {
	if a.Phone != "" && a.Phone == b.Phone {
		why = append(why, LikePhone)
	}
	if a.Email != "" && a.Email == b.Email {
		why = append(why, LikeEmail)
	}
	if sharesHandle(aAccounts, bAccounts) {
		why = append(why, LikeHandle)
	}
	switch x, y := nameKey(a.Name), nameKey(b.Name); {
	case x != "" && x == y:
		why = append(why, LikeName)
	case near(x, y):
		why = append(why, LikeNear)
	}
	if len(why) == 1 && (why[0] == LikePhone && differ(a.Email, b.Email) || why[0] == LikeEmail && differ(a.Phone, b.Phone)) {
		return nil // one manager speaks for both
	}
	return why
}

func differ(a, b string) bool { return a != "" && b != "" && a != b }

// sharesHandle: handles of fewer than four letters stand for nobody.
func sharesHandle(a, b []Account) bool {
	for _, x := range a {
		for _, y := range b {
			if len(x.Handle) >= 4 && x.Key == y.Key {
				return true
			}
		}
	}
	return false
}

// nameKey is a name folded, its words in order of the alphabet: "Kusuma, Rara" and
// "rara kusuma" have one.
func nameKey(name string) string {
	ws := strings.FieldsFunc(locale.Fold(name), func(r rune) bool { return r == ' ' || r == ',' || r == '.' || r == '-' || r == '_' })
	slices.Sort(ws)
	return strings.Join(ws, " ")
}

// nearest is the shortest name in which one typing error is forgiven.
const nearest = 8

// near says whether two name keys differ by one letter: another, one more, or two
// neighbours changed places.
func near(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < nearest || len(y)-len(x) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) < len(y) {
		return slices.Equal(x[i:], y[i+1:])
	}
	if slices.Equal(x[i+1:], y[i+1:]) {
		return true
	}
	return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
}
