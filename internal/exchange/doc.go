// Package exchange keeps exchange rates as they were quoted: for a day, from a source
// (B8).
//
// Words. A Quote says what one unit of a currency is in another on a day, by whom. A
// Found is the quote, or the two quotes through the euro, that answer a question about
// two currencies and a day.
//
// Laws. A rate is decimal text and exact. A document keeps rate, day and source of its
// own; a new quote changes no document. A quote is never overwritten: the same day, pair
// and source is kept once, and a later one from the same source is another day's.
//
// Billing, payout and everything above them may import exchange.
package exchange
