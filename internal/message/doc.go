// Package message prepares what people of the agency send to clients and talents,
// and keeps what they say they sent (R9).
//
// A prepared text carries a fresh room link; it opens in WhatsApp or in a mail
// program, and a person confirms that it went. The program never claims delivery.
// It knows people by name, language and number only, and stands below the slices
// that have more to say about them.
package message
