// Package shoot is the day on location: who has to be where and when, which points of
// the brief were filmed, and what somebody wished on set (A39, A40).
//
// Its words. A shoot is one day at one place; its clock is the place's. A call is the
// time at which one person has to be there. A tick says that a point of the agreed
// brief was filmed of one talent. A wish is what was said on site; somebody marks it
// in or out of the brief before anyone films it.
//
// Its laws. A call has a zone, and everybody reads it on their own clock. Nobody is
// called to two places at once. A wish outside the brief is filmed after the brief has
// a version that holds it, or as a wish of a review round (R1), and not before.
//
// Review and everything above may import it. It knows bookings and no drafts.
package shoot
