// Package whatsapp sends and hears through WhatsApp's Business Cloud API, for one phone
// number of the agency.
//
// Words are Meta's: a wamid is the id of a message, the BSUID is the id of a person who
// may hide their number, a template is a text that Meta approved.
//
// Laws. The API has no key that makes a call safe to make again: an answer that never
// came leaves open whether the message went, and the id that was given along
// (biz_opaque_callback_data) comes back with each status. Errors are judged by their
// code alone. Calls from Meta are proved over their raw bytes before anything is read.
package whatsapp
