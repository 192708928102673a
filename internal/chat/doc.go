// Package chat keeps what people said outside: chats exported from a phone, line by
// line, as evidence for decisions that were told there (R9).
//
// Its words. An export is a text file in one of two layouts, with brackets or with a
// dash. A line is one message of it. A chat is what was imported for one campaign
// under one name; its zone and the order of its dates are asked once.
//
// Its laws. Importing twice adds nothing. A date that can be read in two ways is asked
// about, never guessed. Lines from long before the campaign are not kept. A line is
// what a phone says was said; it proves no right to decide.
//
// Review and everything above may import it. It knows campaigns, and no drafts.
package chat
