// Package find finds anything by a part of its name, handle or number (B23).
//
// Each slice declares its own things as sources and whose right it is to see them; this
// room asks the sources of one reader, ranks what fits and keeps nothing: what is found is
// what stands in the database at that moment. Talents come from their own index, which
// forgives a typing error too.
package find
