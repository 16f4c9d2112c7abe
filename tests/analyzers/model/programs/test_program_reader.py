"""Programs: how they stop, what they reach, which services they register."""

from __future__ import annotations

import pytest

from analyzers.model.modules.module_reader import read_module
from analyzers.model.programs.program_reader import reached_files
from analyzers.parsers.go import parse_go_header
from analyzers.parsers.gomod import parse_gomod
from tests.analyzers.model.go_source import go_main, program, programs


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        pytest.param("tp := trace.NewTracerProvider(); tp.Shutdown(context.Background())", "", id="a tracer"),
        pytest.param("queue.Shutdown(ctx)", "", id="a queue"),
        pytest.param("q := Queue{}; q.GracefulStop()", "type Queue struct{}", id="an own GracefulStop"),
    ],
)
def test_what_is_no_shutdown(body: str, outside: str) -> None:
    assert program(body, outside).shutdowns == ()


SERVER = "srv := &http.Server{}\n"


@pytest.mark.parametrize(
    ("body", "outside", "seconds"),
    [
        pytest.param(SERVER + "srv.Shutdown(ctx)", "", None, id="an unknown context"),
        pytest.param(
            SERVER + "ctx, stop := signal.NotifyContext(context.Background()); srv.Shutdown(ctx)",
            "",
            None,
            id="signals",
        ),
        pytest.param(SERVER + "srv.Shutdown(context.Background())", "", 0, id="no deadline"),
        pytest.param(SERVER + "ctx := context.TODO(); srv.Shutdown(ctx)", "", 0, id="no deadline, by name"),
        pytest.param(
            SERVER + "ctx, c := context.WithTimeout(context.Background(), 15*time.Second); srv.Shutdown(ctx)",
            "",
            15,
            id="a timeout",
        ),
        pytest.param(
            SERVER + "go func() { ctx, c := context.WithTimeout(x, grace); defer c(); srv.Shutdown(ctx) }()",
            "const grace = time.Minute",
            60,
            id="a constant timeout in a literal",
        ),
        pytest.param(
            SERVER + "ctx, c := context.WithDeadline(x, time.Now().Add(5 * time.Second)); srv.Shutdown(ctx)",
            "",
            5,
            id="a deadline",
        ),
        pytest.param(
            "ctx, c := context.WithTimeout(x, 7*time.Second); stop(ctx, &http.Server{})",
            "func stop(ctx context.Context, s *http.Server) { s.Shutdown(ctx) }",
            7,
            id="in a function of its own",
        ),
        pytest.param(
            SERVER
            + 'd, _ := time.ParseDuration("20s"); ctx, c := context.WithTimeout(x, d); srv.Shutdown(ctx)',
            "",
            20,
            id="a parsed duration",
        ),
        pytest.param("app := fiber.New(); app.Shutdown()", "", 0, id="fiber"),
        pytest.param(
            "app := fiber.New(); app.ShutdownWithTimeout(3 * time.Second)", "", 3, id="fiber with a timeout"
        ),
        pytest.param("s := grpc.NewServer(); s.GracefulStop()", "", 0, id="gRPC"),
        pytest.param(
            "s := grpc.NewServer(); t := time.AfterFunc(9*time.Second, s.Stop); s.GracefulStop()",
            "",
            9,
            id="gRPC, bounded",
        ),
        pytest.param(
            "s := grpc.NewServer(); t := time.NewTicker(x); defer t.Stop(); s.GracefulStop()",
            "",
            0,
            id="gRPC beside a ticker that is stopped",
        ),
        pytest.param(
            "s := grpc.NewServer(); t := time.NewTicker(x); defer t.Stop(); "
            "ctx, c := context.WithTimeout(y, 9*time.Second); s.GracefulStop()",
            "",
            None,
            id="gRPC beside a ticker and a context for something else",
        ),
    ],
)
def test_shutdowns(body: str, outside: str, seconds: float | None) -> None:
    (shutdown,) = program(body, outside).shutdowns
    assert shutdown.seconds == seconds


@pytest.mark.parametrize(
    ("body", "outside", "handles"),
    [
        pytest.param("signal.Ignore(syscall.SIGHUP)", "", False, id="only ignores"),
        pytest.param("", "func unused() { signal.Notify(c) }", False, id="in a function nobody calls"),
        pytest.param("signal.Notify(c, syscall.SIGHUP, syscall.SIGUSR1)", "", False, id="no end is meant"),
        pytest.param("signal.Notify(c, syscall.SIGTERM)", "", True, id="Notify"),
        pytest.param("signal.Notify(c)", "", True, id="Notify of every signal"),
        pytest.param("signal.Notify(c, os.Interrupt)", "", True, id="another way to end it"),
        pytest.param(
            "serve()", "func serve() { signal.NotifyContext(x) }", True, id="NotifyContext further down"
        ),
        pytest.param("m.Start(controllerruntime.SetupSignalHandler())", "", True, id="controller-runtime"),
        pytest.param('e := echo.New(); e.Start(":81")', "", False, id="echo up to v4"),
        pytest.param("echo5.StartConfig{}.Start(ctx, e)", "", False, id="echo with a context of its own"),
        pytest.param('e := echo5.New(); e.Start(":81")', "", True, id="echo"),
        pytest.param("outside.HandleSignals()", "", True, id="a library that says so"),
    ],
)
def test_signals(body: str, outside: str, handles: bool) -> None:
    assert program(body, outside).handles_signals is handles


def test_which_main_packages_are_programs() -> None:
    main = go_main("")
    found = programs(
        {
            "go.mod": "module example.com/app",
            "cmd/api/main.go": main,
            "cmd/api/windows_windows.go": go_main('http.ListenAndServe(":80", nil)'),
            "cmd/library/lib.go": "package library\nfunc main() {}",
            "examples/one/main.go": main,
            "hack/gen/main.go": main,
            "_old/main.go": main,
            "cmd/ignored/main.go": "//go:build ignore\n\n" + main,
            "cmd/test/main.go": main,
            "worker/go.mod": "module example.com/worker",
            "worker/main.go": main,
        }
    )
    assert [(program.directory, program.name, program.module.name) for program in found] == [
        ("cmd/api", "api", "example.com/app"),
        ("worker", "worker", "example.com/worker"),
    ]
    assert (found[0].at.line, found[0].at.span.column) == (8, 6)
    assert not found[0].serves


def test_a_repository_without_modules_has_no_programs() -> None:
    assert programs({"main.go": go_main("")}) == ()


def test_what_a_program_reaches() -> None:
    files = {
        "store/store.go": 'package store\nimport "database/sql"\n'
        'func Open() { db, err := sql.Open("postgres", dsn) }\n',
        "other/other.go": "package other\n",
        "store/store_test.go": 'package store\nimport "testing"\n',
    }
    read = program("store.Open()", 'import "example.com/app/store"\nimport "example.com/gone"', files)
    assert [package.import_path for package in read.packages] == ["example.com/app", "example.com/app/store"]
    assert set(read.imports) == {"example.com/app/store", "example.com/gone", "database/sql"}
    (site,) = read.calls("database/sql.Open")
    assert (site.package.name, site.function.name, site.node.names) == ("store", "Open", ("db", "err"))
    assert str(site.at) == "store/store.go:3"
    assert (site.at.span.column, site.at.span.end_column) == (26, 51)


def test_only_what_programs_are_made_of_is_reached() -> None:
    files = {
        "cmd/api/main.go": 'package main\n\nimport "example.com/app/store"\n\nfunc main() {}\n',
        "cmd/api/doc_windows.go": "package main\n",
        "store/store.go": 'package store\n\nimport "example.com/app/inner"\n\nvar x = inner.X\n',
        "inner/inner.go": "package inner\n\nconst X = 1\n",
        "unused/unused.go": "package unused\n",
        "tools/gen/main.go": 'package main\n\nimport "example.com/app/unused"\n',
    }
    module = read_module("go.mod", parse_gomod("module example.com/app\n"), files)
    headers = {path: parse_go_header(text.encode()) for path, text in files.items()}
    assert reached_files(headers, [module]) == ("cmd/api/main.go", "inner/inner.go", "store/store.go")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("orders.RegisterOrders(s, o)", [], id="another function"),
        pytest.param("grpc.RegisterOrdersHTTPServer(s, o)", [], id="HTTP handlers"),
        pytest.param("grpc.RegisterOrdersServer(s, o)", [("Orders", False)], id="a service"),
        pytest.param("health.RegisterHealthServer(s, h)", [("Health", True)], id="health"),
        pytest.param("reflection.Register(s)", [("Reflection", False)], id="reflection"),
    ],
)
def test_grpc_services(body: str, expected: list[tuple[str, bool]]) -> None:
    outside = (
        'import health "google.golang.org/grpc/health/grpc_health_v1"\n'
        'import "google.golang.org/grpc/reflection"\n'
    )
    assert [(service.name, service.is_health) for service in program(body, outside).rpc_services] == expected
