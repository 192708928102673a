// Package sheet reads tables as people have them: CSV with commas, semicolons,
// tabs or bars, text pasted from a spreadsheet, and XLSX.
//
// Words. A Sheet gives Rows one by one; a Row has the number that a spreadsheet
// program shows for it and its cells as text, exactly as written.
//
// Laws. Text is UTF-8, UTF-16 with its mark, or Windows-1252 when no byte of it
// can be UTF-8; anything else is a fault that names row and byte. Nothing is
// guessed within a cell: the reader of the cell decides what it means. Memory is
// bounded by the longest row, whatever the size of the file, and every limit is a
// fault, not a cut. A leading apostrophe that guards a formula in our own exports
// is taken off again; a cell that begins with "=" stays text.
//
// Every slice may import sheet. It imports fault and paper/xlsx.
package sheet
