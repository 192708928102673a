// Package xlsx writes and reads Office Open XML workbooks.
//
// Words. A Book is a workbook being written: Sheets with rows of typed cells, each in a
// Style. A File is a workbook being read, sheet by sheet and row by row.
//
// Laws. Memory stays flat over many rows, both ways. The same input gives the same
// bytes. What is read is bounded before and while it is unpacked: parts, bytes, growth,
// a row's text; a file beyond a bound is refused and never cut. Nothing in a file is
// run, fetched or expanded: no macros, no links, no entities.
//
// paper, paper/sheet and paper/pptx stand on it. It imports nothing of Kolega.
package xlsx
