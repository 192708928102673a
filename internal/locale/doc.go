// Package locale speaks to people: texts, numbers, money, dates and clocks in
// Indonesian, English and Filipino, and reads the numbers that people type.
//
// Words. A catalogue is catalog/LANGUAGE/AREA.json: flat keys that begin with the
// area ("board.waiting"), texts with {names}. A plural text has the keys
// "key.one" and "key.other", chosen by the argument n. A Loc is one reader's
// language and zone.
//
// Laws. Indonesian and English have the same keys and names; Filipino may be
// partial and then speaks English. A missing key shows itself and fails a test. Texts are
// split when the program starts; nothing is parsed while a page is made.
// Numbers are exact until here; rounding is half away from zero (R19).
//
// Every room but fault, money and worktime may import locale.
package locale
