// Package column holds large tables in memory, column by column.
//
// Words. Bits is a set of row numbers, one bit a row. A Set is the rows of one value:
// bits where it is common, a sorted list where it is rare. A Dict is a sorted list of
// strings, each with a number. Rows is a compressed list of row numbers. A File keeps
// named sections of bytes and is mapped, so that what is not looked at needs no memory.
//
// Laws. Everything but Bits is never changed once it is made. A file that was not
// written to its end, or was written by another layout, is refused when it is opened.
//
// A foundation room: it knows no word of the trade.
package column
