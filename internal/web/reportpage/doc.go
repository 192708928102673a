// Package reportpage paints a report's document as a page: the same for the editor's
// preview and for the client's link, on a phone, on a desk and on A4. It knows only
// report.Document, which has nothing of talent cost (R20).
package reportpage
