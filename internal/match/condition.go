package match

import (
	"kolega/internal/column"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// condition is one hard condition of a query. Conditions are asked in order.
type condition struct {
	name    string // as in Removal
	facet   Facet  // whose filter it is; "" none
	account bool   // about an account: a talent fits by one of them
	slow    bool   // asked row by row
	keep    func(k int, s *segment, b column.Bits)
}

// conditions lists what a query asks, what is cheap before what is dear and what is
// about the person before what is about an account.
func (x *index) conditions(q *Query, today worktime.Date) []condition {
	var out []condition
	add := func(on bool, c condition) {
		if on {
			out = append(out, c)
		}
	}
	for _, t := range [][][]column.Bits{x.speak(spokenWords(q.Text), anywhere), x.speak(spokenWords(q.Bio), bioOnly)} {
		add(len(t) > 0, condition{name: "text", keep: func(k int, _ *segment, b column.Bits) {
			for _, word := range t {
				b.And(word[k])
			}
		}})
	}
	for _, f := range []Facet{Country, City, Category, Language, Status} {
		add(len(q.Want[f]) > 0, condition{name: string(f), facet: f, keep: oneOf(dimOf[f], q.Want[f])})
	}
	add(q.NotBlocked, condition{name: "blocked", keep: noneOf(dimStatus, string(talent.StatusBlocked))})
	add(q.PayableIn != "", condition{name: "payable", keep: oneOf(dimPayable, []string{string(q.PayableIn)})})
	add(q.FreeOn != "", condition{name: "free", keep: freeOn(q.FreeOn)})
	for _, w := range q.Without {
		add(len(w.IDs) > 0, condition{name: w.Condition, keep: notAmong(w.IDs)})
	}
	for _, w := range q.Only {
		add(true, condition{name: w.Condition, keep: among(w.IDs)})
	}
	add(len(q.Want[Platform]) > 0, condition{name: "platform", facet: Platform, account: true, keep: oneOf(dimPlatform, q.Want[Platform])})
	add(len(q.Want[Tier]) > 0, condition{name: "tier", facet: Tier, account: true, keep: inTiers(q.Want[Tier])})
	r := q.ranges()
	add(r.onFollowers, condition{name: "followers", account: true, keep: func(_ int, s *segment, b column.Bits) { b.Only(s.span(r.followers[0], r.followers[1])) }})
	add(r.onER, condition{name: "er", account: true, slow: true, keep: inRate(r.er)})
	add(r.onPrice || q.Format != "", condition{name: "price", account: true, slow: true, keep: func(_ int, s *segment, b column.Bits) {
		drop(b, func(row uint32) bool { return !s.hasPrice(row, q, &r, today) })
	}})
	return out
}

// oneOf keeps the rows that have one of the values.
func oneOf(dim int, want []string) func(int, *segment, column.Bits) {
	return func(_ int, s *segment, b column.Bits) {
		if len(want) == 1 {
			if set := s.vals[dim].rows(want[0]); set.Bits != nil {
				b.And(set.Bits)
				return
			}
		}
		any := spare(s.n)
		defer giveBack(any)
		for _, v := range want {
			s.vals[dim].rows(v).Or(any)
		}
		b.And(any)
	}
}

func noneOf(dim int, value string) func(int, *segment, column.Bits) {
	return func(_ int, s *segment, b column.Bits) {
		set := s.vals[dim].rows(value)
		if set.Bits != nil {
			b.AndNot(set.Bits)
			return
		}
		for _, row := range set.List {
			b.Drop(row)
		}
	}
}

func freeOn(day worktime.Date) func(int, *segment, column.Bits) {
	return func(_ int, s *segment, b column.Bits) {
		for row := range s.away {
			if s.awayOn(row, day) {
				b.Drop(row)
			}
		}
	}
}

func notAmong(ids []string) func(int, *segment, column.Bits) {
	return func(_ int, s *segment, b column.Bits) {
		for _, id := range ids {
			for _, row := range s.rowsOf(id) {
				b.Drop(row)
			}
		}
	}
}

func among(ids []string) func(int, *segment, column.Bits) {
	return func(_ int, s *segment, b column.Bits) {
		any := spare(s.n)
		defer giveBack(any)
		for _, id := range ids {
			for _, row := range s.rowsOf(id) {
				any.Add(row)
			}
		}
		b.And(any)
	}
}

func inTiers(tiers []string) func(int, *segment, column.Bits) {
	return func(_ int, s *segment, b column.Bits) {
		any := spare(s.n)
		defer giveBack(any)
		for _, t := range tiers {
			any.Fill(s.tierSpan(t))
		}
		b.And(any)
	}
}

func inRate(r [2]int64) func(int, *segment, column.Bits) {
	return func(_ int, s *segment, b column.Bits) {
		least, most := int32(max(min(r[0], mostER), 0)), int32(min(r[1], mostER))
		drop(b, func(row uint32) bool { return s.er[row] < least || s.er[row] > most })
	}
}

// drop takes the rows out of which f is true.
func drop(b column.Bits, f func(row uint32) bool) {
	for w := range b {
		for rest := b[w]; rest != 0; rest &= rest - 1 {
			bit := rest & -rest
			if f(uint32(w<<6 + onesCount(bit-1))) {
				b[w] &^= bit
			}
		}
	}
}
