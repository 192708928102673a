// Package mail writes letters and hands them to an SMTP server. It knows no word of
// the trade.
//
// Words. A letter is one text to one address. An outcome is what became of handing it
// over: taken, refused for good, to be tried later, or unknown, when the connection
// went after the text was given and before the server said that it has it.
//
// Laws. A password goes over TLS only, unless the server is this machine itself. No
// value brings a line break into a header. An outcome is unknown only when the server
// may have the letter; whoever asked must not hand it over again unseen.
package mail
