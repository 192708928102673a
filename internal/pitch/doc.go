// Package pitch takes a deck from an outline to a page that a client reads (A20, A23, A24, B29).
//
// Words. A deck belongs to an opportunity; its concept is ripe when an account executive
// says so. Its outline is parts in an order. A version is what the outline said at one
// moment; it never changes. A request asks a designer for work on a ripe concept. A share
// is a link to one sent version for one named receiver; a reader is one browser that read
// it.
//
// Laws. A document has no field for a talent's cost or the agency's margin. A limit is
// shown only when it is true: an end date that is to come, or talents whose free days are
// few. A version is sent only when somebody else approved it, and is frozen then with its
// files and a hash over them. A reader counts once however often they come; previews and
// machines never count.
package pitch
