// Package meeting keeps what people talk over: meetings with clients and among
// themselves, what was prepared for them, what was said, and what the client was told
// of it (A14–A18, A25, R14).
//
// Its words. A line is one thing said in a meeting: a decision, a wish, a target, an
// open question or an action. A line stands in the client part or in the internal
// part; nothing of the internal part ever leaves. A contact report is the client part,
// sent. A change is a decision that wants the brief, a date or a fee to be otherwise.
//
// Its laws. A brief changes by a version only: what a report proposes comes into force
// by the client's click, or by 48 of the client's working hours of silence where the
// agreement lets silence count. An objection keeps its own line out and no other. What
// is in force stays, whatever happens to the meeting.
//
// Match and everything above may import it. It knows campaigns and clients, and no
// drafts: who stands above tells it of those.
package meeting
