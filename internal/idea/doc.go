// Package idea is where people think together before a pitch: boards with a question,
// ideas with votes and a decision, and experiments in a campaign's slots (A21, A25).
//
// Words. A board asks one question. An idea keeps its author for ever. Its status is
// computed: raw until somebody decided, kept, dropped with a reason, used once a deck or
// a slot took it. An experiment is a slot with a measure of its own.
//
// Laws. A person votes once for an idea and never for their own. A closed board takes
// no ideas and no votes; what is undecided on it is shown until it is decided.
package idea
