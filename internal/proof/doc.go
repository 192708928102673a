// Package proof keeps what a pitch convinces with: the proof library (A24), and service
// sheets with their versions and whom they were shown to (A6).
//
// Words. A proof is a testimonial, a case study made from a closed campaign's report, a
// statistic with its source, or an expert with consent. Its permission says whether
// clients may see it: yes, anonymised, or no. A sheet is a document that the agency
// shows; each version holds from one day to another.
//
// Laws. What a client sees of a proof comes only from Show, which enforces the
// permission; an anonymised proof that still names its client is refused. A statistic
// past its age is warned of. A sheet that is out of date is shown only with a reason.
package proof
