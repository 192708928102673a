// Package money holds amounts: whole minor units of one currency, never a float.
//
// Words. An Amount is minor units and a currency. The exponent says how many
// minor digits a currency is used with: IDR 0 (no sen in circulation), PHP 2.
// A Rate is an exact fraction between two currencies.
//
// Laws. Arithmetic is checked: two currencies never mix without a Rate, and an
// overflow is a fault, not a wrong number. Rounding is named at each call.
// Splits are exact; the last part takes the remainder (R16). What people type
// is read by their language and never guessed.
//
// Every room may import money. It imports fault and nothing else of Kolega.
package money
