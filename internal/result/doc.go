// Package result keeps what came of the content: posts, insights, the figures
// computed from them, and the guarantee (R6, R7, R19).
//
// Words. A post is the published content of one deliverable, known by platform
// and id. An insight is a dated snapshot of a post's counts, typed beside its
// evidence and verified by a second person of the agency. A reading is what a
// connector or a file said of one hour; it shows growth and is kept packed, in pages
// that are folded as they grow many. A figure is a named
// formula over insights. The promise is what the agreement guarantees; a verdict
// is what the insights say about it; a remedy answers a missed one.
//
// Laws. Only verified insights prove anything. An unknown count is unknown,
// never zero; a missing base is "not measurable", never 0 %. Everything stored
// or compared is a whole number; rounding happens in the view. A link is used
// for one post. The same screenshot never proves two posts. One guarantee has
// one remedy at a time, and a correction makes a new version of the verdict.
//
// Billing, payout, report and the doors may import result; it imports review,
// casting and campaign below it.
package result
