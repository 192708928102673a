// Package sandbox stands in for payment providers, for the platforms that posts are on
// and for WhatsApp: it speaks the wires of Flip and Xendit, of Instagram, TikTok and
// YouTube, and of the Cloud API, moves no money, and misbehaves on demand in every way
// that a real one was seen or feared to.
//
// Words. A transfer is what a provider made; the count of transfers is the only
// judge of whether something was paid twice. A behaviour is one way to misbehave,
// numbered; it is chosen by the last four digits of the account (77 and the
// number: 7704 cuts the connection), or through the control endpoint. A platform's
// mishap stands behind the handle in the token: "sandbox~nama~quota".
//
// Laws. A key is kept for a day. The same key with the same order gives the first
// transfer again; with another order it is refused. What is accepted stays
// accepted whether or not the caller hears of it. The room knows nothing of the
// rest of the program; the hall serves it for the demo and for the command.
package sandbox
