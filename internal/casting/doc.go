// Package casting fills a campaign's slots: the shortlist, the client's picks,
// the offers to talents, the bookings, and what happens when one does not hold (R3).
//
// Words. A Slot is one seat of a campaign (package campaign). A Candidate is a
// talent's account proposed for a slot, with what it costs and what the client
// pays. A Pick is one contact's yes, reserve or no to a candidate. An Offer asks
// one talent for one slot: fee, deliverables, rights and dates. A Booking is an
// offer that holds: each date has the talent's explicit yes. A CheckIn asks before
// the draft date whether it still holds.
//
// Laws. A state is computed from facts and never set. One live offer fills a slot
// and holds a talent within a campaign; the database refuses a second (R3). A
// booking comes to be in the commit in which the last yes arrives, and only after
// each must point was acknowledged (R4). Silence drops nobody; a person decides.
// What a client may see and what a talent may see are types of their own: a
// ClientCard has no cost, margin or note, a TalentOffer no price (R20).
//
// review, result, billing, payout and report may import casting. It imports
// campaign, client, talent, country and what lies below them.
package casting
