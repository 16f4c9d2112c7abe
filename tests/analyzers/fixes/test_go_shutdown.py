"""What a fix makes of the end of a Go program."""

from __future__ import annotations

import pytest

from analyzers.finding import Fix
from analyzers.fixes.go_deadline import add_deadline
from analyzers.fixes.go_shutdown import add_termination, call_below, except_closed, stop_gracefully
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call
from tests.analyzers.model.go_source import program

HEAD = (
    'package main\n\nimport (\n\t"context"\n\t"errors"\n\t"net/http"\n\t"os"\n\t"os/signal"\n\t"syscall"\n'
    '\t"time"\n)\n\nfunc main() {\n%s\n}\n'
)


def calls(body: str, method: str) -> list[Site[Call]]:
    read = program("", files={"main.go": HEAD % body})
    return [site for site in read.code.every_call() if site.node.method == method]


def changed(body: str, fix: Fix | None) -> str | None:
    if fix is None:
        return None
    lines = (HEAD % body).split("\n")
    for edit in sorted(fix.edits, key=lambda edit: edit.start_line, reverse=True):
        lines[edit.start_line - 1 : edit.end_line] = edit.text.split("\n")
    start = lines.index("func main() {")
    return "\n".join(lines[start + 1 : -2])


MADE = "\tctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)\n\tdefer cancel()\n"
LAST = "\tctx, cancel := context.WithCancel(context.Background())\n\tdefer cancel()\n\tsrv.Shutdown(ctx)"


@pytest.mark.parametrize(
    ("body", "fixed"),
    [
        pytest.param("\tdefer srv.Shutdown(context.Background())", None, id="deferred"),
        pytest.param("\tfor {\n\t\tsrv.Shutdown(context.Background())\n\t}", None, id="in a loop"),
        pytest.param(LAST, None, id="a variable that nothing would use"),
        pytest.param("\tif a {\n\t\ta.Shutdown(x())\n\t}\n\tb.Shutdown(x())", None, id="out of sight"),
        pytest.param("\tsrv.Shutdown(context.Background())", f"{MADE}\tsrv.Shutdown(ctx)", id="one"),
        pytest.param(
            "\ta.Shutdown(context.Background())\n\tb.Shutdown(context.Background())",
            f"{MADE}\ta.Shutdown(ctx)\n\tb.Shutdown(ctx)",
            id="two share it",
        ),
        pytest.param(
            "\tctx := context.TODO()\n\tsrv.Shutdown(ctx)", f"{MADE}\tsrv.Shutdown(ctx)", id="made anew"
        ),
        pytest.param(
            "\tx, end := context.WithTimeout(ctx, 5)\n\tdefer end()\n\tsrv.Shutdown(x)",
            "\tx, end := context.WithTimeout(context.Background(), 5)\n\tdefer end()\n\tsrv.Shutdown(x)",
            id="of another parent",
        ),
    ],
)
def test_a_deadline(body: str, fixed: str | None) -> None:
    assert changed(body, add_deadline(calls(body, "Shutdown"))) == fixed


@pytest.mark.parametrize(
    ("signals", "fixed"),
    [
        ("wanted...", None),
        ("os.Interrupt", "os.Interrupt, syscall.SIGTERM"),
        ("os.Interrupt, os.Kill", "os.Interrupt, syscall.SIGTERM"),
        ("os.Kill", "os.Kill, syscall.SIGTERM"),
    ],
)
def test_a_signal_more(signals: str, fixed: str | None) -> None:
    body = f"\tsignal.Notify(c, {signals})"
    (call,) = calls(body, "Notify")
    assert changed(body, add_termination(call)) == (fixed and f"\tsignal.Notify(c, {fixed})")


@pytest.mark.parametrize(
    ("body", "fixed"),
    [
        ("\tdefer s.Stop()", None),
        ("\ttimer := 1\n\ts.Stop(timer)", None),
        (
            "\ts.Stop()",
            "\ttimer := time.AfterFunc(10*time.Second, s.Stop)\n\tdefer timer.Stop()\n\ts.GracefulStop()",
        ),
    ],
)
def test_a_graceful_stop(body: str, fixed: str | None) -> None:
    assert changed(body, stop_gracefully(calls(body, "Stop")[0])) == fixed


@pytest.mark.parametrize(
    ("body", "fixed"),
    [
        ('\tpanic("x" + s.Serve(l))', None),
        (
            "\tpanic(s.Serve(l))",
            "\tif err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {\n\t\tpanic(err)\n\t}",
        ),
        (
            "\tif e := s.Serve(l); e != nil {\n\t\tpanic(e)\n\t}",
            "\tif e := s.Serve(l); e != nil && !errors.Is(e, http.ErrServerClosed) {\n\t\tpanic(e)\n\t}",
        ),
    ],
)
def test_a_stopped_server_is_passed_over(body: str, fixed: str | None) -> None:
    (serving,), (end,) = calls(body, "Serve"), calls(body, "panic")
    assert changed(body, except_closed(serving, end)) == fixed


@pytest.mark.parametrize(
    ("body", "fixed"),
    [
        ("\treturn c.Start()", None),
        ("\tif c.Start() != nil {\n\t\tf()\n\t} else {\n\t\tg()\n\t}", None),
        ("\tc.Start()", "\tc.Start()\n\tgo c.Wait()"),
        ("\tif c.Start() != nil {\n\t\tf()\n\t}", "\tif c.Start() != nil {\n\t\tf()\n\t}\n\tgo c.Wait()"),
    ],
)
def test_a_call_below(body: str, fixed: str | None) -> None:
    (call,) = calls(body, "Start")
    assert changed(body, call_below(call, "go c.Wait()")) == fixed
