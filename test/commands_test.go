package test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// caller is one script's program and what talks to it.
type caller struct {
	bin, database, data string
	cmd                 *exec.Cmd
	said                string // file of the program's messages
	url                 string
	last                string // body of the last answer
}

func of(ts *testscript.TestScript) *caller { return ts.Value("caller").(*caller) }

func (c *caller) stop() {
	if c.cmd == nil {
		return
	}
	_ = c.cmd.Process.Signal(os.Interrupt)
	_ = c.cmd.Wait()
	c.cmd = nil
}

// serve TIME: (re)starts the demo agency on the script's data with the clock at TIME.
// Each person's token is in a variable of the first name.
func serve(ts *testscript.TestScript, _ bool, args []string) {
	c := of(ts)
	c.stop()
	c.said = ts.MkAbs("messages")
	said, err := os.OpenFile(c.said, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	ts.Check(err)
	defer said.Close()
	c.cmd = exec.Command(c.bin, "serve", "--demo", "--json", "--addr", "127.0.0.1:0", "--data", c.data, "--database", c.database, "--now", args[0])
	c.cmd.Stderr = said
	out, err := c.cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(c.cmd.Start())
	var hello struct {
		URL    string
		Logins []struct{ Email, Token string }
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		b, _ := os.ReadFile(c.said)
		ts.Fatalf("the program does not start: %v\n%s", err, b)
	}
	ts.Check(json.Unmarshal(line, &hello))
	c.url = hello.URL
	for _, l := range hello.Logins {
		name, _, _ := strings.Cut(l.Email, "@")
		ts.Setenv(name, l.Token)
	}
}

// kolega ARGS...: runs the program's command line with the program stopped.
func kolega(ts *testscript.TestScript, neg bool, args []string) {
	c := of(ts)
	c.stop()
	err := ts.Exec(c.bin, args...)
	if (err != nil) != neg {
		ts.Fatalf("kolega %s: %v", strings.Join(args, " "), err)
	}
}

// api WHO METHOD PATH [BODY] [STATUS] [NAME=path.in.answer ...]: one request with the token
// in variable WHO. $NAMES in PATH and BODY are filled in; @FILE sends a file. Without a
// STATUS every 2xx is right. An answer's part is named by keys and indexes; "key:value"
// picks the first element of a list whose key has that value.
func api(ts *testscript.TestScript, _ bool, args []string) {
	if fault := call(ts, args); fault != "" {
		ts.Fatalf("%s", fault)
	}
}

// until is api, asked again until it is as wanted: for what a job does after an answer.
func until(ts *testscript.TestScript, _ bool, args []string) {
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) { //nolint:forbidigo // waits for another program
		fault := call(ts, args)
		if fault == "" {
			return
		}
		if time.Now().After(end) { //nolint:forbidigo // waits for another program
			ts.Fatalf("%s", fault)
		}
	}
}

var status = regexp.MustCompile(`^[1-5][0-9][0-9]$`)

func call(ts *testscript.TestScript, args []string) string {
	c := of(ts)
	if len(args) < 3 {
		return "usage: api WHO METHOD PATH [BODY] [STATUS] [NAME=path ...]"
	}
	fill := func(s string) string { return os.Expand(s, ts.Getenv) }
	who, method, path, rest := args[0], args[1], fill(args[2]), args[3:]
	var body io.Reader
	kind := "application/json"
	if len(rest) > 0 && (strings.HasPrefix(rest[0], "{") || strings.HasPrefix(rest[0], "@")) {
		if name, ok := strings.CutPrefix(rest[0], "@"); ok {
			body, kind = strings.NewReader(ts.ReadFile(name)), "application/octet-stream"
		} else {
			body = strings.NewReader(fill(rest[0]))
		}
		rest = rest[1:]
	}
	want := 0
	if len(rest) > 0 && status.MatchString(rest[0]) {
		want, _ = strconv.Atoi(rest[0])
		rest = rest[1:]
	}
	r, err := http.NewRequest(method, c.url+"/api/v1"+path, body)
	ts.Check(err)
	r.Header.Set("Authorization", "Bearer "+ts.Getenv(who))
	r.Header.Set("Content-Type", kind)
	res, err := http.DefaultClient.Do(r)
	ts.Check(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	ts.Check(err)
	c.last = string(b)
	if want != 0 && res.StatusCode != want || want == 0 && res.StatusCode >= 300 {
		return fmt.Sprintf("%s %s as %s: %d\n%.2000s", method, path, who, res.StatusCode, b)
	}
	return take(ts, b, rest)
}

// take keeps parts of an answer in variables, or compares: NAME=path, path==value.
func take(ts *testscript.TestScript, body []byte, wants []string) string {
	var doc any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if len(wants) > 0 && d.Decode(&doc) != nil {
		return fmt.Sprintf("not JSON: %.500s", body)
	}
	for _, w := range wants {
		if path, value, ok := strings.Cut(w, "=="); ok {
			if got, _ := dig(doc, path); got != os.Expand(value, ts.Getenv) {
				return fmt.Sprintf("%s is %q, want %q\n%.3000s", path, got, value, body)
			}
			continue
		}
		name, path, _ := strings.Cut(w, "=")
		got, ok := dig(doc, os.Expand(path, ts.Getenv))
		if !ok {
			return fmt.Sprintf("no %s in the answer\n%.3000s", path, body)
		}
		ts.Setenv(name, got)
	}
	return ""
}

func dig(doc any, path string) (string, bool) {
	for _, step := range strings.Split(path, ".") {
		switch at := doc.(type) {
		case map[string]any:
			doc = at[step]
		case []any:
			doc = element(at, step)
		default:
			return "", false
		}
	}
	switch v := doc.(type) {
	case nil:
		return "", false
	case string:
		return v, true
	case []any:
		return strconv.Itoa(len(v)), true
	}
	return fmt.Sprint(doc), true
}

func element(list []any, step string) any {
	if n, err := strconv.Atoi(step); err == nil && n < len(list) {
		return list[n]
	}
	key, value, _ := strings.Cut(step, ":")
	for _, one := range list {
		if m, ok := one.(map[string]any); ok && fmt.Sprint(m[key]) == value {
			return one
		}
	}
	return nil
}

// code NAME WHO: waits for the step-up code that the demo prints instead of sending it.
func code(ts *testscript.TestScript, _ bool, args []string) {
	c := of(ts)
	line := regexp.MustCompile(`code (\d{6}) for ` + regexp.QuoteMeta(args[1]))
	for range 200 {
		b, err := os.ReadFile(c.said)
		ts.Check(err)
		if found := line.FindAllSubmatch(b, -1); len(found) > 0 {
			ts.Setenv(args[0], string(found[len(found)-1][1]))
			ts.Check(os.WriteFile(c.said, nil, 0o600)) // a code is read once
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("no code for %s", args[1])
}
