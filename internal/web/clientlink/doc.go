// Package clientlink is the door of a client's contact: what a room link opens
// on a phone, without an account. Opening changes nothing; each act is a form
// that keeps the person's name and the time.
//
// No type that a view here can reach has a field for talent cost, margin, an
// internal note or another client (R20).
package clientlink
