// Package desk is the frame of the staff app: the shell around every screen and
// the page that says what went wrong. The screens are in its folders, one an
// area; each shows and accepts, and decides nothing.
package desk
