"""Programs: where they listen, how they stop, what they reach."""

from __future__ import annotations

import pytest

from analyzers.model.modules.module_reader import read_module
from analyzers.model.programs.program_reader import reached_files
from analyzers.parsers.go import parse_go_header
from analyzers.parsers.gomod import parse_gomod
from tests.analyzers.model.go_source import go_main, program, programs

Listened = tuple[int | None, str | None, str, str]


def listens(body: str, outside: str = "") -> list[Listened]:
    found = program(body, outside).listens
    return [(listen.port, listen.host, listen.variable, listen.protocol) for listen in found]


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        pytest.param('http.Get("http://x")', "", id="a client"),
        pytest.param('net.Listen("unix", "/run/x")', "", id="a socket file"),
        pytest.param('net.Listen("tcp", ":0")', "", id="any free port"),
        pytest.param('exec.Run(":80")', "", id="another Run"),
        pytest.param("worker.Start()", "", id="another Start"),
        pytest.param("tp.ListenAndServe(a)", "", id="another ListenAndServe"),
        pytest.param("", 'func unused() { http.ListenAndServe(":80", nil) }', id="a function nobody calls"),
    ],
)
def test_what_does_not_listen(body: str, outside: str) -> None:
    assert listens(body, outside) == []


@pytest.mark.parametrize(
    ("body", "outside", "expected"),
    [
        pytest.param('http.ListenAndServe(":8080", nil)', "", (8080, "", "", "http"), id="net/http"),
        pytest.param(
            'http.ListenAndServe("localhost:80", nil)', "", (80, "localhost", "", "http"), id="loopback"
        ),
        pytest.param("http.ListenAndServe(x, nil)", "", (None, None, "", "http"), id="an unknown address"),
        pytest.param(
            'http.ListenAndServe(":"+os.Getenv("PORT"), nil)', "", (None, "", "PORT", "http"), id="a variable"
        ),
        pytest.param(
            'srv := http.Server{Addr: ":81"}; srv.ListenAndServe()', "", (81, "", "", "http"), id="a server"
        ),
        pytest.param(
            "srv := http.Server{}; srv.ListenAndServe()", "", (80, "", "", "http"), id="a server without Addr"
        ),
        pytest.param(
            'srv := &http.Server{}; srv.Addr = ":81"; go srv.ListenAndServe()',
            "",
            (81, "", "", "http"),
            id="Addr set later",
        ),
        pytest.param(
            "srv := build(); srv.ListenAndServeTLS(c, k)",
            'func build() *http.Server { return &http.Server{Addr: ":443"} }',
            (443, "", "", "http"),
            id="a server from a function",
        ),
        pytest.param(
            "a := app{}; a.run()",
            'type app struct { srv *http.Server }\nfunc (a *app) run() { a.srv = &http.Server{Addr: ":81"}; '
            "go func() { a.srv.ListenAndServe() }() }",
            (81, "", "", "http"),
            id="a server in a field",
        ),
        pytest.param(
            '(&http.Server{Addr: ":81"}).ListenAndServe()', "", (81, "", "", "http"), id="a server at once"
        ),
        pytest.param(
            'l, _ := net.Listen("tcp", ":9000"); s := grpc.NewServer(); s.Serve(l)',
            "",
            (9000, "", "", "grpc"),
            id="gRPC",
        ),
        *(
            pytest.param(
                f"l, _ := open(9000); s := {server}; go func() {{ s.Serve({given}) }}()",
                'func open(p int) (net.Listener, error) { return net.Listen("tcp", fmt.Sprintf(":%d", p)) }',
                (9000, "", "", protocol),
                id=name,
            )
            for server, given, protocol, name in (
                ("grpc.NewServer()", "l", "grpc", "gRPC on a listener from a function"),
                ("&http.Server{}", "l", "http", "HTTP on a listener from a function"),
                ("&http.Server{}", "other", "tcp", "a listener from a function that nothing serves"),
            )
        ),
        pytest.param(
            'l, _ := net.Listen("tcp", ":9000"); http.Serve(l, nil)',
            "",
            (9000, "", "", "http"),
            id="http.Serve",
        ),
        pytest.param(
            'e := exporter{}; e.Server = &http.Server{Addr: ":81"}; e.ListenAndServe()',
            "type exporter struct { *http.Server }",
            (81, "", "", "http"),
            id="an embedded server",
        ),
        pytest.param(
            "d := outside.Server{}; d.ListenAndServe()", "", (None, None, "", "http"), id="a foreign server"
        ),
        pytest.param("r := gin.Default(); r.Run()", "", (8080, "", "PORT", "http"), id="gin by itself"),
        pytest.param('r := gin.New(); r.Run(":81")', "", (81, "", "", "http"), id="gin"),
        pytest.param(
            'l, _ := (&net.ListenConfig{}).Listen(ctx, "tcp", ":81")',
            "",
            (81, "", "", "tcp"),
            id="a ListenConfig",
        ),
        pytest.param(
            'l, _ := net.Listen("tcp", ":81"); http.Serve(l, h)', "", (81, "", "", "http"), id="http.Serve"
        ),
        pytest.param('l := tls.Listen("tcp", ":81", c)', "", (81, "", "", "tcp"), id="TLS"),
        pytest.param("http.Serve(autocert.NewListener(d), h)", "", (443, "", "", "http"), id="autocert"),
        pytest.param(
            "s := app{}; s.start()",
            'type app struct {}\nfunc (a app) address() string { return fmt.Sprintf(":%d", 8083) }\n'
            "func (a app) start() { http.ListenAndServe(a.address(), nil) }",
            (8083, "", "", "http"),
            id="a method's result",
        ),
        pytest.param('e := echo.New(); e.Logger.Fatal(e.Start(":81"))', "", (81, "", "", "http"), id="echo"),
        pytest.param('app := fiber.New(); app.Listen(":81")', "", (81, "", "", "http"), id="fiber"),
        pytest.param(
            'echo5.StartConfig{Address: ":81"}.Start(ctx, e)', "", (81, "", "", "http"), id="echo's config"
        ),
        pytest.param(
            "sc := echo5.StartConfig{HideBanner: true}; sc.Address = addr; sc.StartTLS(ctx, e, c, k)",
            'const addr = ":81"',
            (81, "", "", "http"),
            id="echo's config, filled later",
        ),
        pytest.param(
            's := &http.Server{Addr: ":81"}; e := echo.New(); e.StartServer(s)',
            "",
            (81, "", "", "http"),
            id="echo with a server",
        ),
        pytest.param(
            'l, _ := net.Listen("tcp", ":81"); r := gin.New(); r.RunListener(l)',
            "",
            (81, "", "", "http"),
            id="gin on a listener",
        ),
        pytest.param(
            'l, _ := net.ListenTCP("tcp", &net.TCPAddr{Port: 0x51}); http.Serve(l, nil)',
            "",
            (81, "", "", "http"),
            id="an address as a value",
        ),
        pytest.param(
            'a, _ := net.ResolveUDPAddr("udp", ":53"); net.ListenUDP("udp", a)',
            "",
            (53, "", "", "udp"),
            id="an address that is resolved",
        ),
        pytest.param(
            's := &http.Server{Addr: ":80"}; port(os.Getenv("PORT"))(s); s.ListenAndServe()',
            "func port(p string) func(*http.Server) {\n"
            '\treturn func(s *http.Server) { s.Addr = net.JoinHostPort("", p) }\n}',
            (80, "", "PORT", "http"),
            id="an option over a default",
        ),
        pytest.param(
            's := &http.Server{Addr: ":80"}; port()(s); s.ListenAndServe()',
            'func port() func(*http.Server) { return func(s *http.Server) { s.Addr = ":81" } }',
            (None, None, "", "http"),
            id="an option that may be another",
        ),
        pytest.param("net.ListenTCP(n, a)", "", (None, None, "", "tcp"), id="an address from elsewhere"),
        pytest.param(
            "newApp().run()",
            "type app struct { web, other *http.Server }\n"
            'func newApp() *app { return &app{web: &http.Server{Addr: ":81"}, other: &http.Server{}} }\n'
            "func (a *app) run() { a.web.ListenAndServe() }",
            (81, "", "", "http"),
            id="one of a struct's servers",
        ),
        pytest.param('fasthttp.ListenAndServe(":81", nil)', "", (81, "", "", "http"), id="fasthttp"),
        pytest.param('daprd.NewService(":50001")', "", (50001, "", "", "grpc"), id="Dapr"),
    ],
)
def test_what_listens(body: str, outside: str, expected: Listened) -> None:
    assert listens(body, outside) == [expected]


@pytest.mark.parametrize(
    ("body", "known"),
    [
        pytest.param("", False, id="nothing found"),
        pytest.param("http.ListenAndServe(x, nil)", False, id="an unknown address"),
        pytest.param(
            'http.ListenAndServe(":80", nil); controllerruntime.NewManager(config, options)',
            False,
            id="a manager whose options are not seen",
        ),
        pytest.param(
            'http.ListenAndServe(":80", nil); artifactserver.Start(ctx)',
            False,
            id="a library's server package",
        ),
        pytest.param(
            'http.ListenAndServe(":80", nil); outside.StartServer()', False, id="a library that serves"
        ),
        pytest.param('http.ListenAndServe(":80", nil)', True, id="all seen"),
        pytest.param('http.ListenAndServe(":"+os.Getenv("PORT"), nil)', True, id="a variable is an answer"),
    ],
)
def test_whether_all_listens_are_known(body: str, known: bool) -> None:
    assert program(body).listens_are_known is known


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


def test_what_a_manager_listens_on() -> None:
    served = 'metrics.Options{BindAddress: ":8443"}'
    options = f"controllerruntime.Options{{HealthProbeBindAddress: probes, Metrics: {served}}}"
    read = program(
        f'probes := ":8081"; controllerruntime.NewManager(c, {options}); m.GetWebhookServer()',
        'import metrics "sigs.k8s.io/controller-runtime/pkg/metrics/server"',
    )
    assert [(listen.port, listen.protocol) for listen in read.listens] == [
        (8081, "http"),
        (8443, "metrics"),
        (9443, "webhook"),
    ]
    assert read.listens_are_known


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("", {(8080, "metrics")}, id="never"),
        pytest.param("o.Metrics.BindAddress = read()", {(None, "metrics")}, id="metrics"),
        pytest.param(
            "o.HealthProbeBindAddress = read()", {(8080, "metrics"), (None, "http")}, id="health probes"
        ),
    ],
)
def test_options_of_a_manager_that_are_set_later(body: str, expected: set[tuple[int | None, str]]) -> None:
    read = program(f"o := controllerruntime.Options{{}}; {body}; controllerruntime.NewManager(c, o)")
    assert {(listen.port, listen.protocol) for listen in read.listens} == expected


REGISTER = "func (o *%s) Register(m ctrl.Manager) { ctrl.NewWebhookManagedBy(m, o).Complete() }\n"
ORDER = (
    'package api\n\nimport ctrl "sigs.k8s.io/controller-runtime"\n\n'
    + "type Order struct{}\n\ntype Item struct{}\n"
    + REGISTER % "Order"
    + REGISTER % "Item"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("_ = api.Order{}", [], id="a type whose webhook nobody registers"),
        pytest.param("_, _ = api.Order{}, api.Item{}", [], id="two such types"),
        pytest.param("(&api.Order{}).Register(m)", [9443], id="one that is registered"),
        pytest.param("setUp((&api.Order{}).Register)", [9443], id="one that is handed on"),
    ],
)
def test_where_webhooks_are_served(body: str, expected: list[int]) -> None:
    options = 'controllerruntime.Options{MetricsBindAddress: "0"}'
    read = program(
        f"m, _ := controllerruntime.NewManager(c, {options}); {body}",
        'import "example.com/app/api"',
        {"api/order.go": ORDER},
    )
    assert [listen.port for listen in read.listens] == expected


@pytest.mark.parametrize("off", ['""', '"0"'])
def test_a_manager_that_listens_on_nothing(off: str) -> None:
    options = f"controllerruntime.Options{{HealthProbeBindAddress: {off}, MetricsBindAddress: {off}}}"
    assert program(f"controllerruntime.NewManager(c, {options})").listens == ()


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
