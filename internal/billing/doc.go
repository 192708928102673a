// Package billing is money in: agreements, the instalments that make invoices,
// receipts, credit notes, and tax on the way in (R16).
//
// Words. An agreement (surat perjanjian, SPK or PO) has a value and instalments
// (termin), each with a trigger. A fired instalment makes an invoice draft; a
// person issues it, and it takes the next number of its series and year. A
// receipt is money that came; a match gives part of it to an invoice, with what
// the client withheld and the bank kept. A slip (bukti potong) proves the
// withholding and is chased like money.
//
// Laws. Instalments add up to the value; the last takes the remainder. Numbers
// have no gap and no duplicate. An issued invoice never changes; a credit note
// corrects it. Every balance is a sum over the ledger (R17). Tax rules are dated
// rows, and a document keeps the id of the rule it was made by.
//
// Payout, report, pitch and the doors may import billing.
package billing
