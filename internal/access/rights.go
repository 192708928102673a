package access

import "strings"

// Verb names a right: "area.act".
type Verb string

// roles as bits, so that a row of the table reads as a list of columns.
type roles uint16

const (
	man roles = 1 << iota
	sen
	ae
	tra
	spe
	des
	fin
	cli
	tal
)

var bits = map[Role]roles{Manager: man, SeniorAE: sen, AE: ae, Trainee: tra, Specialist: spe, Designer: des, Finance: fin, Client: cli, Talent: tal}

// Groups that recur in the table.
const (
	staff   = man | sen | ae | tra | spe | des | fin
	account = man | sen | ae | tra // those who serve clients
	casting = account | spe
	seniors = man | sen
	books   = man | fin
)

// rights is the one table (R20). Sorted by area; docs/rights.md shows it as a
// manager reads it.
var rights = map[Verb]roles{
	// people and secrets
	"access.people":   man,
	"access.invite":   man,
	"access.links":    casting | fin,
	"access.self":     staff,
	"access.settings": man,
	"access.trust":    seniors,
	"audit.see":       staff &^ des,
	"privacy.copy":    books | sen,
	"privacy.erase":   man,

	// messages
	"message.see":      casting | fin,
	"message.send":     casting | fin,
	"message.template": casting,
	"rapport.see":      account,
	"rapport.edit":     account,
	"message.connect":  man, // mail server, WhatsApp and their secrets

	// tasks
	"task.see":   staff,
	"task.give":  staff,
	"task.lead":  seniors, // change everybody's tasks and leave
	"task.leave": staff,

	// what one is told
	"notice.self": staff,

	// clients
	"client.see":  staff,
	"client.edit": account | fin,

	// winning clients
	"opportunity.see":  account | fin | spe,
	"opportunity.edit": account,
	"watch.see":        staff,
	"watch.edit":       casting | des,
	"idea.see":         staff,
	"idea.edit":        casting | des,
	"idea.decide":      man | sen | ae,
	"proof.see":        casting | des,
	"proof.edit":       account,
	"sheet.see":        casting | des | fin,
	"sheet.edit":       man | sen | ae,
	"sheet.show":       account,
	"deck.see":         casting,
	"deck.edit":        account,
	"deck.ripen":       man | sen | ae,
	"deck.approve":     man | sen | ae,
	"deck.send":        man | sen | ae,
	"deck.read":        cli, // on a deck's own link alone
	"design.ask":       account,
	"design.see":       account | des, // a designer their own alone
	"design.deliver":   des,

	// talents
	"talent.see":       staff &^ des,
	"talent.edit":      casting,
	"talent.import":    casting,
	"talent.merge":     man | sen | spe,
	"talent.export":    casting | fin,
	"talent.bulk":      casting,
	"talent.bank.see":  books,
	"talent.bank.edit": books | tal,
	"talent.self":      tal,
	"talent.settle":    man | sen | ae,
	"match.search":     casting | fin,
	"right.see":        staff &^ des,
	"right.edit":       casting,
	"right.code":       casting | fin,

	// campaigns and briefs
	"campaign.see":      staff,
	"campaign.start":    account,
	"campaign.edit":     account,
	"campaign.close":    man | sen | ae,
	"timeline.see":      staff,
	"brief.see":         staff | cli | tal,
	"brief.edit":        account,
	"brief.share":       man | sen | ae,
	"brief.accept":      cli,
	"brief.acknowledge": tal,
	"slot.edit":         account | spe,
	"shoot.see":         casting | des,
	"shoot.edit":        casting,
	"shoot.own":         tal,
	"chat.see":          account,
	"chat.import":       account,
	"work.record":       casting | des,

	// meetings
	"meeting.see":    staff,
	"meeting.edit":   casting | des,
	"minutes.edit":   casting,
	"minutes.send":   man | sen | ae,
	"minutes.read":   cli,
	"minutes.answer": cli,
	"practice.see":   staff,
	"practice.lead":  seniors,

	// calendars
	"calendar.see":   staff,
	"calendar.share": casting, // the dates of a client, a campaign, a talent
	"calendar.own":   cli | tal,

	// casting
	"cast.see":       casting | fin,
	"cast.shortlist": casting,
	"cast.share":     account,
	"cast.pick":      cli,
	"cast.picks.see": cli,
	"offer.send":     casting,
	"offer.approve":  seniors,
	"offer.floor":    man,
	"offer.see":      tal,
	"offer.answer":   tal,
	"booking.see":    casting | fin,
	"booking.edit":   casting,
	"checkin.answer": tal,
	"parcel.own":     tal,

	// review
	"draft.see":           casting | des,
	"draft.upload":        casting | tal,
	"draft.own":           tal,
	"draft.remark":        casting,
	"draft.check.first":   spe | tra | sen | man,
	"draft.check.final":   man | sen | ae,
	"draft.watch":         cli,
	"concept.ask":         man | sen | ae,
	"concept.send":        casting | tal,
	"concept.check.first": spe | tra | sen | man,
	"concept.check.final": man | sen | ae,
	"concept.decide":      cli,
	"round.send":          cli,
	"round.rule":          man | sen | ae,
	"round.goodwill":      seniors,
	"round.contest":       cli,
	"round.settle":        seniors,
	"draft.approve":       cli,
	"draft.record":        man | sen | ae,
	"change.price":        man | sen | ae,
	"change.accept":       cli,
	"change.take":         tal,

	// results
	"post.see":         staff &^ des,
	"post.enter":       casting | tal,
	"post.live":        cli,
	"domino.see":       staff &^ des,
	"domino.edit":      casting,
	"insight.see":      staff &^ des,
	"insight.enter":    casting | tal,
	"insight.verify":   casting,
	"connection.see":   casting,
	"connection.edit":  seniors | spe, // ways into platforms and their tokens
	"track.see":        staff &^ des,
	"track.edit":       casting, // short links, promo codes and their sales
	"guarantee.see":    staff &^ des,
	"guarantee.remedy": man | sen | ae,
	"guarantee.decide": man,
	"report.see":       staff &^ des,
	"report.edit":      man | sen | ae,
	"report.send":      man | sen | ae,
	"report.read":      cli,
	"report.comment":   man | sen | ae | cli,
	"benchmark.edit":   seniors,
	"analytics.see":    seniors,

	// money in
	"agreement.see":      account | fin,
	"agreement.edit":     man | sen | ae | fin,
	"agreement.sign":     cli,
	"agreement.cancel":   man | sen,
	"agreement.template": man | sen | fin,
	"agreement.read":     cli,
	"invoice.see":        account | fin,
	"invoice.issue":      books,
	"invoice.read":       cli,
	"receipt.enter":      books,
	"credit.approve":     man,
	"credit.prepare":     man | sen | ae | fin,

	// money out
	"payout.see":       books | seniors | spe | ae,
	"payout.prepare":   fin | man,
	"payout.release":   books,
	"payout.hold":      books,
	"payout.hold.cash": man,
	"payout.settle":    man | fin,
	"payout.own":       tal,
	"payout.confirm":   books,
	"payout.provider":  books, // accounts at payment providers and their secrets
	"ledger.see":       books | sen,
	"ledger.close":     books,
	"rate.edit":        books, // exchange rates
	"ledger.reopen":    man,
	"margin.see":       man | sen | fin,
}

func allowed(r Role, v Verb) bool { return rights[v]&bits[r] != 0 }

// Verbs lists the rights of the table in no order.
func Verbs() []Verb {
	out := make([]Verb, 0, len(rights))
	for v := range rights {
		out = append(out, v)
	}
	return out
}

// Allowed tells whether the table gives a role a right.
func Allowed(r Role, v Verb) bool { return allowed(r, v) }

// inScope tells whether a token's scopes hold the verb: "brief.edit", "brief.*"
// or "*".
func inScope(scopes []string, v Verb) bool {
	for _, s := range scopes {
		if s == "*" || s == string(v) {
			return true
		}
		if area, all := strings.CutSuffix(s, ".*"); all && strings.HasPrefix(string(v), area+".") {
			return true
		}
	}
	return false
}

// Area is the first part of a verb.
func (v Verb) Area() string {
	area, _, _ := strings.Cut(string(v), ".")
	return area
}
