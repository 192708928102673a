// Package film asks the machine's ffmpeg for what a phone needs to play a video: a small
// H.264 copy, a poster, the duration.
//
// Words. A Tool is ffmpeg with ffprobe as the machine has them; where they are absent
// there is no Tool, and videos are shown as they were sent. A Film is what was found of
// one video.
//
// Laws. A video is what strangers sent: it is read from a file of this machine under a
// time limit, with network protocols forbidden, on one thread at low priority. Nothing of
// what the tool prints is shown to people.
//
// It imports fault and nothing else of Kolega.
package film
