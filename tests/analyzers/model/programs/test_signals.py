"""The signals that programs ask for: which, by what channel, and whether they get to it."""

from __future__ import annotations

import pytest

from analyzers.model.programs.signals import is_beside
from tests.analyzers.model.go_source import go_main, program

SERVER = 'srv := &http.Server{Addr: ":80"}\n'
NOTIFY = "c := make(chan os.Signal, 1)\nsignal.Notify(c, syscall.SIGTERM)\n"


@pytest.mark.parametrize(
    ("arguments", "outside", "signals"),
    [
        pytest.param("", "", (), id="every signal"),
        pytest.param("os.Interrupt, syscall.SIGTERM", "", ("SIGINT", "SIGTERM"), id="two"),
        pytest.param("os.Interrupt, syscall.SIGINT", "", ("SIGINT",), id="one by two names"),
        pytest.param("os.Kill", "", ("SIGKILL",), id="one that cannot be caught"),
        pytest.param("syscall.Signal(15)", "", None, id="a number"),
        pytest.param("wanted", "", None, id="a variable"),
        pytest.param("syscall.SIGTERM, wanted", "", None, id="a variable beside a known one"),
        pytest.param(
            "wanted...",
            "var wanted = []os.Signal{os.Interrupt, syscall.SIGTERM}",
            ("SIGINT", "SIGTERM"),
            id="a list of the package",
        ),
        pytest.param(
            "wanted()...", "func wanted() []os.Signal { return nil }", None, id="a list of a function"
        ),
    ],
)
def test_which_signals(arguments: str, outside: str, signals: tuple[str, ...] | None) -> None:
    listed = f", {arguments}" if arguments else ""
    (handling,) = program(f"c := make(chan os.Signal, 1)\nsignal.Notify(c{listed})", outside).signals
    assert handling.signals == signals
    assert handling.asks_for_termination == (not signals or "SIGTERM" in signals)


@pytest.mark.parametrize(
    ("body", "outside", "buffer"),
    [
        pytest.param("c := make(chan os.Signal)\nsignal.Notify(c)", "", 0, id="none"),
        pytest.param("c := make(chan os.Signal, 1)\nsignal.Notify(c)", "", 1, id="one"),
        pytest.param(
            "c := make(chan os.Signal, size)\nsignal.Notify(c)", "const size = 4", 4, id="a constant"
        ),
        pytest.param("c := make(chan os.Signal, size())\nsignal.Notify(c)", "", None, id="a call"),
        pytest.param(
            "run(make(chan os.Signal))",
            "func run(c chan os.Signal) { signal.Notify(c) }",
            None,
            id="handed over",
        ),
        pytest.param(
            "a := app{stop: make(chan os.Signal)}\nsignal.Notify(a.stop)",
            "type app struct { stop chan os.Signal }",
            0,
            id="a field",
        ),
        pytest.param("signal.Notify(stop)", "var stop = make(chan os.Signal)", 0, id="the package's"),
        pytest.param("signal.NotifyContext(context.Background())", "", None, id="a context has none"),
    ],
)
def test_how_many_signals_a_channel_keeps(body: str, outside: str, buffer: int | None) -> None:
    (handling,) = program(body, outside).signals
    assert handling.buffer == buffer


@pytest.mark.parametrize(
    ("body", "line"),
    [
        pytest.param(NOTIFY, None, id="nowhere"),
        pytest.param(NOTIFY + "<-c", 3, id="a receive"),
        pytest.param(NOTIFY + "for range c { f() }", 3, id="a range"),
        pytest.param(NOTIFY + "go func() { s := <-c; f(s) }()", 3, id="in a goroutine"),
        pytest.param(
            "ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)\n"
            "defer stop()\n<-ctx.Done()",
            3,
            id="a context",
        ),
    ],
)
def test_where_a_signal_is_waited_for(body: str, line: int | None) -> None:
    read = program(body)
    (handling,) = read.signals
    first = read.at.span.line
    assert (handling.waited_at.span.line - first if handling.waited_at else None) == line


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        pytest.param(NOTIFY + SERVER + "srv.ListenAndServe()", "", id="before it serves"),
        pytest.param(SERVER + "go srv.ListenAndServe()\n" + NOTIFY, "", id="beside a goroutine that serves"),
        pytest.param(
            SERVER + "go func() { srv.ListenAndServe() }()\n" + NOTIFY, "", id="beside a goroutine's function"
        ),
        pytest.param(
            SERVER + "if cond { srv.ListenAndServe() }\n" + NOTIFY, "", id="after one that may serve"
        ),
        pytest.param(SERVER + "defer srv.ListenAndServe()\n" + NOTIFY, "", id="beside a deferred call"),
        pytest.param(
            "serve()\n" + NOTIFY,
            'func serve() { go http.ListenAndServe(":80", nil) }',
            id="a function that starts a goroutine",
        ),
        pytest.param("x.Serve(1)\n" + NOTIFY, "", id="a Serve of who knows what"),
        pytest.param(
            "serve()\nlisten()",
            "func serve() { if cond { return }; f() }\nfunc listen() {\n" + NOTIFY + "}",
            id="after a function that ends",
        ),
    ],
)
def test_signals_that_are_asked_for_in_time(body: str, outside: str) -> None:
    assert [handling.blocked_by for handling in program(body, outside).signals] == [None]


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        pytest.param(SERVER + "srv.ListenAndServe()\n" + NOTIFY, "", id="after a server"),
        pytest.param(
            SERVER + "if err := srv.ListenAndServe(); err != nil { log.Print(err) }\n" + NOTIFY,
            "",
            id="after its error",
        ),
        pytest.param(
            'log.Print(http.ListenAndServe(":80", nil))\n' + NOTIFY, "", id="after a function of net/http"
        ),
        pytest.param("s := grpc.NewServer()\ns.Serve(nil)\n" + NOTIFY, "", id="after gRPC"),
        pytest.param("r := gin.Default()\nr.Run()\n" + NOTIFY, "", id="after gin"),
        pytest.param(
            SERVER + "srv.ListenAndServe()\ngo func() {\n" + NOTIFY + "}()",
            "",
            id="in a goroutine started too late",
        ),
        pytest.param(
            "serve()\n" + NOTIFY,
            'func serve() { http.ListenAndServe(":80", nil) }',
            id="after a function that serves",
        ),
        pytest.param(
            "serve()\nlisten()",
            'func serve() { http.ListenAndServe(":80", nil) }\nfunc listen() {\n' + NOTIFY + "}",
            id="in a function that is called too late",
        ),
    ],
)
def test_signals_that_are_asked_for_too_late(body: str, outside: str) -> None:
    (handling,) = program(body, outside).signals
    assert handling.blocked_by is not None


COMMANDS = "root := &cobra.Command{RunE: serve}\nroot.AddCommand(&cobra.Command{RunE: watch})\nroot.Execute()"
SERVING = 'func serve() { listen() }\nfunc listen() { http.ListenAndServe(":80", nil) }\n'
WATCHING = "func watch() {\n" + NOTIFY + "}"


@pytest.mark.parametrize(
    ("body", "outside", "beside"),
    [
        pytest.param(COMMANDS, SERVING + WATCHING, False, id="in another command"),
        pytest.param(NOTIFY + COMMANDS, SERVING, True, id="for all commands"),
        pytest.param(NOTIFY + "serve()", SERVING, True, id="in the function that leads to it"),
        pytest.param("watch()\nserve()", SERVING + WATCHING, True, id="called beside it"),
    ],
)
def test_whether_signals_are_those_of_a_server(body: str, outside: str, beside: bool) -> None:
    source = go_main(body, outside)
    if "cobra" in body:
        source = source.replace("import (", 'import (\n\t"github.com/spf13/cobra"')
    read = program("", files={"main.go": source})
    (handling,) = read.signals
    assert is_beside(read.code, handling.at, [listen.at for listen in read.listens]) is beside
