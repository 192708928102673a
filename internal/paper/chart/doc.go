// Package chart lays charts out once, as plain shapes, for two painters: SVG for a page
// and vectors for a PDF.
//
// Words. A Drawing is shapes in a box, with a title and the figures it was made from. A
// Role says what a shape is (a fill, an axis); a Tone says what it means (good, bad).
//
// Laws. SVG has geometry attributes and classes only, because the pages' policy blocks
// style attributes; colours are the stylesheet's. Every drawing has a title and a table
// of its figures for those who do not see it. The same input gives the same bytes.
//
// Classes on a page: svg.chart or svg.er-bar (a bullet); shapes ch-fill, ch-track,
// ch-tick, ch-axis, ch-line, ch-area, ch-dot, ch-label, ch-value, in a bullet er-fill,
// er-track, er-tick; tones is-brand, is-wait, is-client, is-good, is-bad, is-info,
// is-avg.
//
// paper and the pages import chart. It imports nothing of Kolega.
package chart
