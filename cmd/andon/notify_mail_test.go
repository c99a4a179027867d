package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/mail"
	"strings"
	"testing"
)

// mailHost takes mail as long as the test runs, and hands over each one with its
// recipients. With an answer to MAIL it refuses all.
func mailHost(t *testing.T, refuse string) (address string, mails chan string) {
	t.Helper()
	mails = make(chan string, 4)
	address = listenLocally(t, func(conn net.Conn) {
		in := bufio.NewReader(conn)
		say := func(line string) { fmt.Fprint(conn, line+"\r\n") }
		say("220 mail.test ready")
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				return
			}
			switch verb := strings.ToUpper(line[:4]); {
			case verb == "EHLO":
				say("250 mail.test")
			case verb == "MAIL" && refuse != "":
				say(refuse)
			case verb == "DATA":
				say("354 go on")
				var text strings.Builder
				for line != ".\r\n" && err == nil {
					if line, err = in.ReadString('\n'); line != ".\r\n" {
						text.WriteString(line)
					}
				}
				mails <- text.String()
				say("250 taken")
			case verb == "QUIT":
				say("221 bye")
				return
			default:
				say("250 fine")
			}
		}
	})
	return address, mails
}

// listenLocally serves each connection until the test ends.
func listenLocally(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	leavesNothing(t)
	ctx, cancel := context.WithCancel(context.Background())
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
				defer stop()
				serve(conn)
			}()
		}
	}()
	return l.Addr().String()
}

func TestMailHasSubjectAndText(t *testing.T) {
	address, mails := mailHost(t, "")
	c := oneChannel(t, "smtp://"+address+"/?from=andon@example.com&to=po@example.com%2Cboss@example.com")
	const title = "SHOP-1: Störfall\r\nBcc: everybody@example.com"
	if err := c.Send(t.Context(), title, "Sprint 7 is cancelled.\nSee SHOP-1. Größe: 1"); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"po@example.com", "boss@example.com"} {
		m, err := mail.ReadMessage(strings.NewReader(<-mails))
		if err != nil {
			t.Fatal(err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if err != nil || subject != "SHOP-1: Störfall Bcc: everybody@example.com" {
			t.Errorf("subject %q, %v", subject, err)
		}
		if m.Header.Get("To") != to || m.Header.Get("Bcc") != "" {
			t.Errorf("headers %v", m.Header)
		}
		text := new(strings.Builder)
		if _, err := bufio.NewReader(m.Body).WriteTo(text); err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSpace(text.String()); got != "Sprint 7 is cancelled.\r\nSee SHOP-1. Größe: 1" {
			t.Errorf("text %q", got)
		}
	}
}

func TestMailThatIsRefused(t *testing.T) {
	address, _ := mailHost(t, "550 no mail from "+canary+"@example.com")
	c := oneChannel(t, "smtp://"+address+"/?from="+canary+"@example.com&to="+canary+"@example.com")
	err := c.Send(t.Context(), "title", "text")
	if err == nil || strings.Contains(err.Error(), canary) || !strings.Contains(err.Error(), `550 "no mail from ***"`) {
		t.Errorf("got %v", err)
	}
}

// The library gives a mail server that says nothing all the time in the world.
func TestAMailServerThatSaysNothing(t *testing.T) {
	arrived := make(chan struct{}, 1)
	address := listenLocally(t, func(conn net.Conn) {
		arrived <- struct{}{}
		_, _ = conn.Read(make([]byte, 1))
	})
	c := oneChannel(t, "smtp://"+address+"/?from=andon@example.com&to=po@example.com")
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-arrived; cancel() }()
	if err := c.Send(ctx, "title", "text"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
