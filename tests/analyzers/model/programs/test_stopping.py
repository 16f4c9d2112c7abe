"""Whether programs get to stop their servers, and wait until they have."""

from __future__ import annotations

import pytest

from tests.analyzers.model.go_source import program

SERVER = 'srv := &http.Server{Addr: ":80"}\n'
SIGNAL = "c := make(chan os.Signal, 1)\nsignal.Notify(c, syscall.SIGTERM)\n"
STOP = "srv.Shutdown(context.Background())"
CANCELLED = "ctx, cancel := context.WithCancel(context.Background())\n"
NOTIFIED = "ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)\ndefer stop()\n"
SERVE = "srv.ListenAndServe()\n"


@pytest.mark.parametrize(
    ("body", "outside", "is_awaited"),
    [
        pytest.param(
            SERVER + SIGNAL + f"go srv.ListenAndServe()\n<-c\n{STOP}", "", True, id="in main itself"
        ),
        pytest.param(SERVER + f"defer {STOP}\nrun()", "", True, id="deferred in main"),
        pytest.param(
            SERVER
            + SIGNAL
            + f"done := make(chan struct{{}})\ngo func() {{ <-c; {STOP}; close(done) }}()\n{SERVE}<-done",
            "",
            True,
            id="a channel is closed",
        ),
        pytest.param(
            SERVER
            + SIGNAL
            + f"done := make(chan error)\ngo func() {{ <-c; done <- {STOP} }}()\n{SERVE}<-done",
            "",
            True,
            id="a channel is filled",
        ),
        pytest.param(
            SERVER
            + SIGNAL
            + "var wg sync.WaitGroup\nwg.Add(1)\n"
            + f"go func() {{ defer wg.Done(); <-c; {STOP} }}()\n{SERVE}wg.Wait()",
            "",
            True,
            id="a wait group",
        ),
        pytest.param(
            SERVER + SIGNAL + f"go func() {{ <-c; {STOP} }}()\n{SERVE}<-other",
            "",
            None,
            id="something else is waited for",
        ),
        pytest.param(
            SERVER + SIGNAL + f"go func() {{ <-c; {STOP} }}()\n{SERVE}finish()",
            "",
            None,
            id="a call of who knows what",
        ),
        pytest.param(
            SERVER + SIGNAL + f"go func() {{ <-c; {STOP} }}()\n{SERVE}time.Sleep(time.Second)",
            "",
            None,
            id="a pause",
        ),
        pytest.param(
            SERVER + f"g.Go(func() error {{ {STOP}; return nil }})\ng.Wait()",
            "",
            True,
            id="a group's function",
        ),
        pytest.param(
            SERVER + f"g.Go(func() error {{ {STOP}; return nil }})\nother.Wait()",
            "",
            None,
            id="another group is waited for",
        ),
        pytest.param(
            SERVER + f"g.Go(func() error {{ {STOP}; return nil }})\n{SERVE}",
            "",
            None,
            id="a group nobody waits for",
        ),
        pytest.param(SERVER + SIGNAL + f"go func() {{ <-c; {STOP} }}()\n{SERVE}", "", False, id="main ends"),
        pytest.param(
            SERVER
            + SIGNAL
            + f"go func() {{ <-c; {STOP} }}()\n"
            + "if err := srv.ListenAndServe(); err != nil { log.Fatal(err) }",
            "",
            False,
            id="main ends with its error",
        ),
        pytest.param(
            "if err := run(); err != nil { log.Fatal(err) }",
            f"func run() error {{\n{SERVER}{NOTIFIED}go func() {{ <-ctx.Done(); {STOP} }}()\n"
            f"return srv.ListenAndServe()\n}}",
            False,
            id="a function of main ends",
        ),
        pytest.param(
            "run()\nwait()",
            f"func run() {{\n{SERVER}{SIGNAL}go func() {{ <-c; {STOP} }}()\n{SERVE}\n}}",
            None,
            id="main goes on",
        ),
    ],
)
def test_whether_main_waits(body: str, outside: str, is_awaited: bool | None) -> None:
    (shutdown,) = program(body, outside).shutdowns
    assert shutdown.is_awaited is is_awaited


@pytest.mark.parametrize(
    ("body", "has_ended"),
    [
        pytest.param(SERVER + NOTIFIED + f"<-ctx.Done()\n{STOP}", False, id="a context of its own"),
        pytest.param(SERVER + NOTIFIED + "srv.Shutdown(ctx)", False, id="one that was not waited for"),
        pytest.param(
            SERVER + NOTIFIED + "<-ctx.Done()\nctx = context.Background()\nsrv.Shutdown(ctx)",
            False,
            id="another of the same name",
        ),
        pytest.param(
            SERVER
            + NOTIFIED
            + "<-ctx.Done()\nlast, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5)\n"
            + "defer cancel()\nsrv.Shutdown(last)",
            False,
            id="one that outlives its parent",
        ),
        pytest.param(
            SERVER + NOTIFIED + "select {\ncase <-ctx.Done():\ncase <-failed:\n}\nsrv.Shutdown(ctx)",
            False,
            id="one of two ends",
        ),
        pytest.param(SERVER + NOTIFIED + "<-ctx.Done()\nsrv.Shutdown(ctx)", True, id="the one waited for"),
        pytest.param(
            SERVER + NOTIFIED + "select {\ncase <-ctx.Done():\n\tsrv.Shutdown(ctx)\ncase <-failed:\n}",
            True,
            id="in its case",
        ),
        pytest.param(
            SERVER + NOTIFIED + f"go func() {{ <-ctx.Done(); srv.Shutdown(ctx) }}()\n{SERVE}",
            True,
            id="in a goroutine",
        ),
        pytest.param(
            SERVER
            + NOTIFIED
            + "<-ctx.Done()\nlast, cancel := context.WithTimeout(ctx, 5)\ndefer cancel()\nsrv.Shutdown(last)",
            True,
            id="one made of it",
        ),
        pytest.param(
            SERVER
            + NOTIFIED
            + "<-ctx.Done()\nctx, cancel := context.WithTimeout(ctx, 5)\ndefer cancel()\nsrv.Shutdown(ctx)",
            True,
            id="one made of it by the same name",
        ),
    ],
)
def test_contexts_that_have_ended(body: str, has_ended: bool) -> None:
    (shutdown,) = program(body).shutdowns
    assert shutdown.context_has_ended is has_ended


WAITING = f"go func() {{ <-ctx.Done(); {STOP} }}()\n"


@pytest.mark.parametrize(
    ("body", "outside", "in_vain"),
    [
        pytest.param(SERVER + NOTIFIED + WAITING + SERVE, "", False, id="a signal ends it"),
        pytest.param(
            SERVER + CANCELLED + WAITING + "go func() { <-c; cancel() }()\n" + SERVE,
            "",
            False,
            id="a call of cancel",
        ),
        pytest.param(
            SERVER + CANCELLED + WAITING + "watch(cancel)\n" + SERVE, "", False, id="cancel is handed on"
        ),
        pytest.param(
            SERVER
            + "ctx, cancel := context.WithTimeout(context.Background(), time.Minute)\ndefer cancel()\n"
            + WAITING
            + SERVE,
            "",
            False,
            id="time ends it",
        ),
        pytest.param(
            SERVER + CANCELLED + "defer cancel()\n" + WAITING + "go srv.ListenAndServe()\n<-c",
            "",
            False,
            id="main ends first",
        ),
        pytest.param(
            "run(framework.Context())",
            f"func run(ctx context.Context) {{\n{SERVER}{WAITING}{SERVE}}}",
            False,
            id="an unknown one",
        ),
        pytest.param(
            SERVER + CANCELLED + "defer cancel()\n" + WAITING + SERVE,
            "",
            True,
            id="deferred until it has served",
        ),
        pytest.param(
            SERVER
            + CANCELLED
            + "defer cancel()\ngo func() { <-ctx.Done(); last, cancel := context.WithTimeout(x, 5); "
            + "defer cancel(); srv.Shutdown(last) }()\n"
            + SERVE,
            "",
            True,
            id="another cancel hides its own",
        ),
        pytest.param(
            SERVER + "ctx, _ := context.WithCancel(context.Background())\n" + WAITING + SERVE,
            "",
            True,
            id="nobody can cancel",
        ),
        pytest.param(
            SERVER + "ctx := context.Background()\n" + WAITING + SERVE, "", True, id="one that never ends"
        ),
        pytest.param(
            "run(context.Background())",
            f"func run(ctx context.Context) {{\n{SERVER}{WAITING}{SERVE}}}",
            True,
            id="the caller's never ends",
        ),
    ],
)
def test_contexts_that_nothing_ends(body: str, outside: str, in_vain: bool) -> None:
    (shutdown,) = program(body, outside).shutdowns
    assert (shutdown.waits_in_vain is not None) is in_vain


@pytest.mark.parametrize(
    ("body", "is_blocked"),
    [
        pytest.param(
            "s := grpc.NewServer()\ngo s.Serve(l)\n<-c\ns.GracefulStop()", False, id="beside a goroutine"
        ),
        pytest.param(
            "s := grpc.NewServer()\ngo func() { <-c; s.GracefulStop() }()\ns.Serve(l)",
            False,
            id="in a goroutine",
        ),
        pytest.param("s := grpc.NewServer()\ns.Serve(l)\ns.GracefulStop()", True, id="after it has served"),
    ],
)
def test_shutdowns_that_come_too_late(body: str, is_blocked: bool) -> None:
    (shutdown,) = program(body).shutdowns
    assert (shutdown.blocked_by is not None) is is_blocked


@pytest.mark.parametrize(
    ("body", "fallbacks"),
    [
        pytest.param("x.Stop()", [], id="of who knows what"),
        pytest.param("t := time.NewTimer(1)\nt.Stop()", [], id="of a timer"),
        pytest.param("s := grpc.NewServer()\n<-c\ns.Stop()", [False], id="at once"),
        pytest.param(
            "s := grpc.NewServer()\nt := time.AfterFunc(5, func() { s.Stop() })\ns.GracefulStop()\nt.Stop()",
            [True],
            id="after a graceful stop",
        ),
    ],
)
def test_hard_stops(body: str, fallbacks: list[bool]) -> None:
    assert [stop.is_fallback for stop in program(body).hard_stops] == fallbacks


@pytest.mark.parametrize(
    ("body", "is_on_error", "is_blocked"),
    [
        pytest.param("<-c\ns.Stop()", False, False, id="on a signal"),
        pytest.param("if err != nil { s.Stop() }", True, False, id="on an error"),
        pytest.param("s.Serve(l)\ns.Stop()", False, True, id="after it has served"),
    ],
)
def test_when_a_hard_stop_comes(body: str, is_on_error: bool, is_blocked: bool) -> None:
    (stop,) = program(f"s := grpc.NewServer()\n{body}").hard_stops
    assert (stop.receiver, stop.is_on_error, stop.blocked_by is not None) == ("s", is_on_error, is_blocked)


@pytest.mark.parametrize(
    ("timer", "seconds"), [("", 0), ("time.AfterFunc(time.Second, end)\n", None), ("<-time.After(1)\n", None)]
)
def test_a_timer_may_end_the_wait(timer: str, seconds: int | None) -> None:
    (shutdown,) = program(SERVER + timer + STOP).shutdowns
    assert shutdown.seconds == seconds
