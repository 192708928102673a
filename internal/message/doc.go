// Package message prepares what people of the agency send to clients and talents, sends
// it where a channel is connected, and keeps the conversations (R9, A49).
//
// Words. A prepared text carries a fresh room link; it opens in WhatsApp or in a mail
// program, and a person confirms that it went: the program claims no delivery there. An
// outgoing message is one that the program itself sends. A channel is the way it goes: a
// mail server, or WhatsApp's Cloud API. A conversation (thread) is with one person at one
// address.
//
// Laws. Queue is how every other room sends: a step in its change, under an origin that
// names the message for ever. The attempt is kept before the call; an outcome that
// nobody knows is waited for or shown, and not repeated unseen. Whoever wants no
// messages gets none, whatever asks for them. A message goes in its receiver's working
// time (R8) unless it is urgent. A status never takes a message backwards.
//
// It knows people by name, language and address only, and stands below the slices that
// have more to say about them.
package message
