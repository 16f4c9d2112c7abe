"""Ends of a program that skip what was deferred, and errors of servers that end it."""

from __future__ import annotations

import pytest

from tests.analyzers.model.go_source import program

DEFERRED = "db := open()\ndefer db.Close()\n"


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        pytest.param("log.Fatal(1)\n" + DEFERRED, "", id="before anything is deferred"),
        pytest.param(DEFERRED + "log.Print(1)", "", id="a line in the log"),
        pytest.param(DEFERRED + "panic(1)", "", id="a panic runs what was deferred"),
        pytest.param(DEFERRED + "go func() { os.Exit(1) }()", "", id="in a goroutine's function"),
        pytest.param(
            "if cond { db := open(); defer db.Close(); return }\nos.Exit(1)",
            "",
            id="deferred in a branch that is left",
        ),
        pytest.param("defer func() { os.Exit(code) }()", "", id="the deferred call ends the program"),
        pytest.param(DEFERRED + "t.Fatal(1)", "", id="a test"),
        pytest.param(DEFERRED, "func other() { os.Exit(1) }", id="another function"),
    ],
)
def test_ends_that_skip_nothing(body: str, outside: str) -> None:
    assert program(body, outside).exits == ()


@pytest.mark.parametrize(
    ("body", "outside", "callee", "in_main"),
    [
        pytest.param(DEFERRED + "os.Exit(1)", "", "os.Exit", True, id="os.Exit"),
        pytest.param(DEFERRED + "if err != nil { log.Fatalf(err) }", "", "log.Fatalf", True, id="log.Fatalf"),
        pytest.param(DEFERRED + "logger.Fatal(err)", "", "logger.Fatal", True, id="a logger's Fatal"),
        pytest.param(
            "run()", f"func run() {{\n{DEFERRED}os.Exit(1)\n}}", "os.Exit", False, id="in a function of main"
        ),
    ],
)
def test_ends_that_skip_what_was_deferred(body: str, outside: str, callee: str, in_main: bool) -> None:
    (exit_call,) = program(body, outside).exits
    assert (exit_call.callee, exit_call.in_main, len(exit_call.skipped)) == (callee, in_main, 1)


SERVER = 'srv := &http.Server{Addr: ":80"}\n'


@pytest.mark.parametrize(
    ("body", "is_fatal"),
    [
        pytest.param(SERVER + "srv.ListenAndServe()", False, id="its error does not matter"),
        pytest.param(
            SERVER + "if err := srv.ListenAndServe(); err != nil { log.Print(err) }",
            False,
            id="its error is told",
        ),
        pytest.param(
            SERVER + "if err := srv.ListenAndServe(); err != http.ErrServerClosed { log.Fatal(err) }",
            False,
            id="a stopped server is no error",
        ),
        pytest.param(
            SERVER + "if err := load(); err != nil { log.Fatal(err) }\nsrv.ListenAndServe()",
            False,
            id="an earlier error",
        ),
        pytest.param(SERVER + "go srv.ListenAndServe()\nif bad { log.Fatal(1) }", False, id="another reason"),
        pytest.param(
            SERVER + "if err := srv.ListenAndServe(); err != nil && !stopping { log.Fatal(err) }",
            False,
            id="something else counts too",
        ),
        pytest.param(SERVER + "log.Fatal(srv.ListenAndServe())", True, id="handed to Fatal"),
        pytest.param(
            SERVER + "if tls { err := srv.ListenAndServe(); log.Fatal(err) }", True, id="in a branch"
        ),
        pytest.param(
            SERVER + "if err := srv.ListenAndServe(); err != nil { panic(err) }", True, id="a panic"
        ),
        pytest.param(
            SERVER + "if err := srv.ListenAndServe(); err != nil { log.Fatal(err) }", True, id="any error"
        ),
        pytest.param(
            SERVER + 'err := srv.ListenAndServe()\nlog.Fatalf("served: %v", err)', True, id="a variable"
        ),
        pytest.param(
            SERVER + "go func() { log.Fatal(srv.ListenAndServe()) }()\n<-c", True, id="in a goroutine"
        ),
    ],
)
def test_errors_of_servers_that_end_the_program(body: str, is_fatal: bool) -> None:
    (serving,) = program(body).servings
    assert serving.server == "net/http.Server"
    assert (serving.fatal is not None) is is_fatal
