"""Where programs listen."""

from __future__ import annotations

import pytest

from tests.analyzers.model.go_source import program

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
