package film

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"kolega/internal/fault"
)

// ErrUnreadable: the tool finds no video in the file.
var ErrUnreadable = fault.New(fault.Invalid, "film.unreadable")

// Limits of one run.
const (
	probeTime  = 30 * time.Second
	posterTime = time.Minute
	copyTime   = 30 * time.Minute
	side       = 720 // the copy's shorter side, at most
)

// Film is what a video is.
type Film struct {
	Duration      time.Duration
	Width, Height int64
}

// Tool is the machine's ffmpeg.
type Tool struct {
	ffmpeg, ffprobe string
	nice            string // lowers the priority; "" where the machine has no such program
}

// Find looks for the tool on the machine; false where it is not installed.
func Find() (Tool, bool) {
	ffmpeg, err := exec.LookPath("ffmpeg")
	if err != nil {
		return Tool{}, false
	}
	ffprobe, err := exec.LookPath("ffprobe")
	nice, _ := exec.LookPath("nice")
	return Tool{ffmpeg, ffprobe, nice}, err == nil
}

// Path is where the tool was found.
func (t Tool) Path() string { return t.ffmpeg }

// probed is what ffprobe prints.
type probed struct {
	Streams []struct {
		Width    int64 `json:"width"`
		Height   int64 `json:"height"`
		SideData []struct {
			Rotation json.Number `json:"rotation"`
		} `json:"side_data_list"`
	} `json:"streams"`
	Format struct {
		Duration string `json:"duration"`
	} `json:"format"`
}

// Probe reads duration and size, as it is shown upright. Fault: film.unreadable.
func (t Tool) Probe(ctx context.Context, file string) (Film, error) {
	out, err := t.run(ctx, probeTime, t.ffprobe, "-v", "error", "-protocol_whitelist", "file", "-select_streams", "v:0",
		"-show_entries", "stream=width,height:stream_side_data=rotation:format=duration", "-of", "json", file)
	if err != nil {
		return Film{}, err
	}
	var p probed
	if err := json.Unmarshal(out, &p); err != nil || len(p.Streams) == 0 {
		return Film{}, ErrUnreadable
	}
	f := Film{Width: p.Streams[0].Width, Height: p.Streams[0].Height, Duration: durationOf(p.Format.Duration)}
	for _, s := range p.Streams[0].SideData {
		if r := s.Rotation.String(); strings.Contains(r, "90") || strings.Contains(r, "270") {
			f.Width, f.Height = f.Height, f.Width
		}
	}
	return f, nil
}

// durationOf reads seconds as ffprobe writes them, "12.345000", without floats.
func durationOf(text string) time.Duration {
	whole, part, _ := strings.Cut(text, ".")
	s, err := strconv.ParseInt(whole, 10, 32)
	if err != nil {
		return 0
	}
	ms, err := strconv.ParseInt((part + "000")[:3], 10, 32)
	if err != nil {
		ms = 0
	}
	return time.Duration(s)*time.Second + time.Duration(ms)*time.Millisecond
}

// Copy writes an H.264 copy with AAC sound, at most 720 on its shorter side, that begins
// to play before it has come whole. Fault: film.unreadable.
func (t Tool) Copy(ctx context.Context, from, to string) error {
	scale := fmt.Sprintf("scale='if(gt(iw,ih),-2,min(%[1]d,iw))':'if(gt(iw,ih),min(%[1]d,ih),-2)',pad=ceil(iw/2)*2:ceil(ih/2)*2", side)
	_, err := t.run(ctx, copyTime, t.ffmpeg, "-nostdin", "-v", "error", "-y", "-protocol_whitelist", "file", "-threads", "1", "-i", from,
		"-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", "-vf", scale, "-r", "30", "-c:v", "libx264", "-preset", "veryfast", "-crf", "27", "-pix_fmt", "yuv420p",
		"-c:a", "aac", "-b:a", "96k", "-ac", "2", "-movflags", "+faststart", "-threads", "1", "-f", "mp4", to)
	return err
}

// Poster writes one early frame as JPEG, at most 720 wide. Fault: film.unreadable.
func (t Tool) Poster(ctx context.Context, from, to string, of Film) error {
	at := min(of.Duration/2, time.Second)
	_, err := t.run(ctx, posterTime, t.ffmpeg, "-nostdin", "-v", "error", "-y", "-protocol_whitelist", "file", "-threads", "1",
		"-ss", strconv.FormatInt(at.Milliseconds(), 10)+"ms", "-i", from, "-map", "0:v:0", "-frames:v", "1", "-vf", fmt.Sprintf("scale='min(%d,iw)':-2", side), "-q:v", "5", "-f", "mjpeg", to)
	return err
}

// run carries one command out. What it says on its error stream is the fault's cause, for
// the log alone.
func (t Tool) run(ctx context.Context, limit time.Duration, name string, args ...string) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, limit)
	defer stop()
	var out, said bytes.Buffer
	if t.nice != "" {
		name, args = t.nice, append([]string{"-n", "15", name}, args...)
	}
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // the program was found by name; the arguments are ours and one path of ours
	cmd.Stdout, cmd.Stderr = &out, &said
	cmd.Env = []string{} // nothing of the house's environment
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		text := said.String()
		return nil, ErrUnreadable.Wrap(fmt.Errorf("%w: %.300s", err, text))
	}
	return out.Bytes(), nil
}
