// Package match finds the talents who fit, and says what kept the others out.
//
// Words. A Query is a filter, a text and an order. A facet is one dimension of the
// filter with the count of each value for the rest of the filter (R18). A removal is
// a condition and how many talents it kept out.
//
// Laws. The index is a copy of the database that is never asked for anything that
// is shown: it gives ids, and what is shown is loaded by id. Before each answer the
// change sequence is read and the index brought up to it, so every instance finds what
// was kept a moment ago (read your own write). Unknown figures match no range; in the
// score they count as neutral and are named. The index says what looking at every
// talent would say: reference_test.go is that, and the tests compare.
//
// casting and the doors may import match; it imports talent and lower.
package match
