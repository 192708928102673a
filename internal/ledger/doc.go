// Package ledger keeps every amount owed or moved as one balanced entry (R17).
//
// Words. An Entry has lines; a line moves an amount on an account, debit
// positive, credit negative. The Cause is the fact that made the entry: which
// document, and which step of its life. A balance is a sum over lines and is
// stored nowhere.
//
// Laws. In every entry the lines of each currency sum to zero; an exchange has
// its two legs through the clearing account. Entries are append-only: a
// correction is a reversal, once. One step of one cause makes one entry, so a
// worker that runs twice posts once. No entry is dated before its cause.
//
// Campaign, billing, payout and everything above them may import ledger. It
// knows clients, talents and campaigns only by their ids.
package ledger
