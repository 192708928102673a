// Package custom holds what an agency adds of its own: fields on talents and clients
// (B23).
//
// A field belongs to talents or to clients and has one kind; a value is kept in one
// written form per kind, so that equal values are equal texts. A field that is dropped
// keeps its values until they are asked for again, and shows nowhere. Doors show fields
// beside the record's own; only here are they kept.
package custom
