// Package casting holds the staff screens of a campaign's casting: the shortlist
// with price and cost kept apart, what the client will see, the client's picks,
// offers and bookings seat by seat, and replacements when one does not hold.
//
// It shows and accepts; package casting below decides.
package casting
