// Package access says who is who and who may do what.
//
// People of the agency sign in and have a role. People outside open a room link:
// one party's room in one campaign, for one named contact or talent. Both become
// an Actor, and every use case asks the Actor for the right it needs, naming
// whose the thing is. The table in rights.go is the only source of rights (R20).
//
// Secrets are random, kept only as a hash, and can be withdrawn at once. Opening
// a link changes nothing. "Not yours" and "not there" are the same answer.
package access
