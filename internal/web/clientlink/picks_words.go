package clientlink

import (
	"context"
	"slices"
	"strings"

	"kolega/internal/casting"
	"kolega/internal/locale"
	"kolega/internal/talent"
	"kolega/internal/web/ui"
)

// figures is a card's second line: account, followers, engagement rate with its day.
func figures(ctx context.Context, c casting.ClientCard) string {
	l := locale.From(ctx)
	var parts []string
	if c.Followers >= 0 {
		parts = append(parts, l.T("pick.followers", "n", l.Short(c.Followers)))
	} else {
		parts = append(parts, l.T("pick.followers.unknown"))
	}
	if c.ERBp >= 0 {
		er := l.T("pick.er", "er", l.Bp(c.ERBp))
		if c.EROn != "" {
			er = l.T("pick.er.on", "er", l.Bp(c.ERBp), "on", l.DateShort(c.EROn))
		}
		parts = append(parts, er)
	} else {
		parts = append(parts, l.T("pick.er.unknown"))
	}
	if c.Stale {
		parts = append(parts, l.T("pick.stale"))
	}
	return strings.Join(parts, " · ")
}

func placeOf(ctx context.Context, c casting.ClientCard) string {
	var parts []string
	if c.City != "" {
		parts = append(parts, c.City)
	}
	if c.Country != "" {
		parts = append(parts, talent.CountryName(c.Country, locale.From(ctx).Lang))
	}
	return strings.Join(append(parts, c.Tags...), " · ")
}

// platformIcon is the key of the sprite for a platform.
func platformIcon(platform string) string {
	return map[string]string{"instagram": "ig", "tiktok": "tiktok", "youtube": "yt", "facebook": "fb", "x": "xp", "threads": "threads"}[platform]
}

func answerStatus(ctx context.Context, a casting.Answer) ui.Status {
	meaning := map[casting.Answer]ui.Meaning{casting.AnswerYes: ui.Good, casting.AnswerReserve: ui.Info, casting.AnswerNo: ui.Neutral}[a]
	return ui.Status{Word: locale.T(ctx, "pick.answer."+string(a)), Meaning: meaning}
}

// answered gives the cards of a line with an answer; reserves in the reader's order.
func answered(l casting.ClientLine, a casting.Answer) []casting.ClientCard {
	var out []casting.ClientCard
	for _, c := range l.Cards {
		if c.Answer == a && (c.Gone == "" || c.Offered) {
			out = append(out, c)
		}
	}
	if a == casting.AnswerReserve {
		slices.SortStableFunc(out, func(x, y casting.ClientCard) int { return int(placeIn(x) - placeIn(y)) })
	}
	return out
}

// placeIn puts a reserve without a number after those that have one.
func placeIn(c casting.ClientCard) int64 {
	if c.Order == 0 {
		return 1 << 30
	}
	return c.Order
}

func reasonOptions(ctx context.Context) []ui.Option {
	l := locale.From(ctx)
	var out []ui.Option
	for _, key := range []string{"pick.reason.fit", "pick.reason.price", "pick.reason.rival", "pick.reason.before"} {
		out = append(out, ui.Option{Value: l.T(key), Label: l.T(key)})
	}
	return out
}

func tallyLine(ctx context.Context, l casting.ClientLine) string {
	return locale.T(ctx, "pick.tally", "yes", l.Yes, "slots", l.Slots, "reserve", l.Reserve, "left", l.Left)
}

// deadlineLine says until when, in the client's zone, without blame once it is over.
func deadlineLine(ctx context.Context, p picksPage) string {
	l, d := locale.From(ctx), p.Sheet.Deadline
	switch {
	case d.IsZero():
		return l.T("pick.deadline.none")
	case p.Sheet.Past:
		return l.T("pick.deadline.past", "when", l.DateTime(d.At, d.Zone))
	}
	return l.T("pick.deadline", "when", l.DateTime(d.At, d.Zone), "left", l.Due(p.Now, d.At))
}

func summarySecond(ctx context.Context, c casting.ClientCard) string {
	if c.Answer == casting.AnswerNo {
		return c.Reason
	}
	return c.Handle
}

// sendLabel says what the button does: decide, or advise whom.
func sendLabel(ctx context.Context, p picksPage) string {
	if !p.Sheet.Decides {
		return locale.T(ctx, "pick.send.advice", "name", p.Sheet.Decider)
	}
	return locale.T(ctx, "pick.send", "n", p.Sheet.Unsent)
}

// sumLine counts the answers over all lines, for the bar under the thumb.
func sumLine(ctx context.Context, s casting.ClientSheet) string {
	yes, reserve, left := 0, 0, 0
	for _, l := range s.Lines {
		for _, c := range l.Cards {
			switch c.Answer {
			case casting.AnswerYes:
				yes++
			case casting.AnswerReserve:
				reserve++
			case "":
				left++
			}
		}
	}
	return locale.T(ctx, "pick.sum", "yes", yes, "reserve", reserve, "left", left)
}
