// Package connect opens the connections to services outside: bounded in time and
// size, without redirects, over TLS unless the service is the program's own
// stand-in.
//
// Words. A Client speaks to one service. An Answer is what came back, whole and
// within its bounds. A call that never had a connection reached nobody, which the
// error says (Unreached); any other error leaves open whether it was carried out.
//
// Laws. Secrets are Hidden until the header is written. Figures are read as text,
// never as floats. What a service says is material for the slice's rules; nothing
// is decided here. The rooms below, one a service, implement the interfaces of
// the slices.
package connect
