// Package blob keeps files by their content: drafts, evidence, signed papers.
//
// Words. A Ref names content by its SHA-256, with size and sniffed type. A Store puts
// and opens content; Folder is the Store of one machine.
//
// Laws. A name is the hash of the bytes, so content never changes under its name and
// the same file is kept once. What Put has returned survives a crash and a power cut;
// what it has not returned leaves at most a temporary file, which Sweep removes. File
// names that people gave are never paths here.
//
// Every room above db may import blob. It imports fault and nothing else of Kolega.
package blob
