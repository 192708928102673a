// Package paper makes and reads papers: PDF, XLSX and CSV.
//
// Words. A PDF is a calm A4 document in the house's type and colours. A Book is a
// workbook with typed cells. Rows are what an import file holds, read one by one.
//
// Laws. The same input and date give the same bytes. No table row is cut by a page's
// end, and heads repeat. Text that a spreadsheet would run as a formula is stored so
// that it does not (and comes back as it was). Files from outside are read with flat
// memory, within limits, and refused whole with the row that is wrong.
//
// Every room above locale may import paper. It imports fault, locale, money, worktime and
// its own chart and xlsx.
package paper
