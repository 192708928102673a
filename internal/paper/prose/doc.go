// Package prose takes the words out of a document that somebody sends: plain text, a
// Word document (docx) or a PDF whose letters are letters.
//
// Laws. What is read is bounded before and while it is unpacked, and a file beyond a
// bound is refused and never cut. Nothing in a file is run or fetched. A picture of
// words has no words: that is said, not guessed at.
//
// It imports nothing of Kolega but fault.
package prose
