"""The paths a program answers to."""

from __future__ import annotations

import pytest

from analyzers.model.program import Program
from analyzers.model.route import Route
from tests.analyzers.model.go_source import program


def told(route: Route) -> str:
    """`GET /path/ *` with a star for all below, `?` for what is not known."""
    method = "?" if route.method is None else route.method
    path = "?" if route.path is None else route.host + route.path
    return " ".join(filter(None, (method, path, "*" if route.is_prefix else "")))


def routes(body: str, outside: str = "") -> set[str]:
    return {told(route) for route in program(body, outside).routes}


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        pytest.param('client.Get("/x", h)', "", id="a method of something else"),
        pytest.param('http.Get("/x")', "", id="a request"),
        pytest.param('r := http.NewServeMux(); r.Handler("/x")', "", id="another method"),
        pytest.param("", 'func unused() { http.HandleFunc("/x", h) }', id="a function nobody calls"),
    ],
)
def test_what_registers_nothing(body: str, outside: str) -> None:
    assert routes(body, outside) == set()


@pytest.mark.parametrize(
    ("body", "outside", "expected"),
    [
        pytest.param('http.HandleFunc("/x", h)', "", {"/x"}, id="the default mux"),
        pytest.param('m := http.NewServeMux(); m.Handle("/x/", h)', "", {"/x/ *"}, id="a mux"),
        pytest.param(
            'm := http.NewServeMux(); m.HandleFunc("GET /x/{id}", h)', "", {"GET /x/{id}"}, id="Go 1.22"
        ),
        pytest.param(
            'http.HandleFunc("POST example.com/x", h)', "", {"POST example.com/x"}, id="with a host"
        ),
        pytest.param('http.HandleFunc("/{$}", h)', "", {"/{$}"}, id="only the root"),
        pytest.param('http.HandleFunc(prefix + "/x", h)', 'const prefix = "/v1"', {"/v1/x"}, id="a constant"),
        pytest.param("http.HandleFunc(f(), h)", "", {"?"}, id="an unknown path"),
        pytest.param(
            "http.DefaultServeMux.Handle(path, h)", 'var path = "/x"', {"/x"}, id="the default mux by name"
        ),
        pytest.param('r := gin.Default(); r.GET("/x", h)', "", {"GET /x"}, id="gin"),
        pytest.param(
            'r := gin.New(); v := r.Group("/v1"); v.Any("/x", a, b)', "", {"/v1/x"}, id="a group of gin"
        ),
        pytest.param(
            'r := gin.New(); r.Group("/a").Group("b").POST("/:id", h)',
            "",
            {"POST /a/b/:id"},
            id="groups in a row",
        ),
        pytest.param('r := gin.New(); r.Handle("PUT", "/x", h)', "", {"PUT /x"}, id="a method by name"),
        pytest.param('r := gin.New(); r.Static("/files", "d")', "", {"GET /files *"}, id="files"),
        pytest.param('r := gin.New(); r.StaticFile("/a.ico", "d")', "", {"GET /a.ico"}, id="one file"),
        pytest.param("r := gin.New(); r.NoRoute(h)", "", {"/ *"}, id="what no route answers"),
        pytest.param('e := echo.New(); e.GET("/x", h, auth(f))', "", {"GET /x"}, id="echo"),
        pytest.param(
            'e := echo.New(); g := e.Group("/v1"); g.Add("GET", "/x", h)',
            "",
            {"GET /v1/x"},
            id="echo's group",
        ),
        pytest.param('a := fiber.New(); a.Group("/v1").Get("/x", h)', "", {"GET /v1/x"}, id="fiber"),
        pytest.param(
            'a := fiber.New(); a.Route("/v1", func(r fiber.Router) { r.Post("/x", h) })',
            "",
            {"POST /v1/x"},
            id="a block of fiber",
        ),
        pytest.param('r := chi.NewRouter(); r.With(auth).Get("/x", h)', "", {"GET /x"}, id="chi"),
        pytest.param(
            'r := chi.NewRouter(); r.Route("/a", func(r chi.Router) {'
            ' r.Group(func(r chi.Router) { r.Get("/x", h) }) })',
            "",
            {"GET /a/x"},
            id="blocks of chi",
        ),
        pytest.param(
            'r := chi.NewRouter(); r.Mount("/admin", admin())',
            'func admin() http.Handler { r := chi.NewRouter(); r.Get("/x", h); return r }',
            {"GET /admin/x"},
            id="a mounted router",
        ),
        pytest.param(
            'r := chi.NewRouter(); r.Mount("/debug", outside.Profiler())',
            "",
            {"/debug *"},
            id="a mounted library",
        ),
        pytest.param(
            'r := chi.NewRouter(); r.Route("/a", users)',
            'func users(r chi.Router) { r.Get("/x", h) }',
            {"GET /a/x"},
            id="a block in a function of its own",
        ),
        pytest.param(
            'r := mux.NewRouter(); r.HandleFunc("/x", h).Methods("GET", http.MethodPut)',
            "",
            {"GET /x", "PUT /x"},
            id="gorilla",
        ),
        pytest.param(
            'r := mux.NewRouter(); s := r.PathPrefix("/v1").Subrouter(); s.Handle("/x", h)',
            "",
            {"/v1/x"},
            id="a subrouter",
        ),
        pytest.param(
            'r := mux.NewRouter(); r.Methods("GET").Path("/x").HandlerFunc(h)', "", {"GET /x"}, id="a chain"
        ),
        pytest.param('r := mux.NewRouter(); r.PathPrefix("/s/").Handler(h)', "", {"/s/ *"}, id="a prefix"),
        pytest.param('r := httprouter.New(); r.GET("/x/:id", h)', "", {"GET /x/:id"}, id="httprouter"),
        pytest.param(
            'm := http.NewServeMux(); r := chi.NewRouter(); r.Get("/x", h)\n'
            'm.Handle("/api/", http.StripPrefix("/api", r))',
            "",
            {"GET /api/x"},
            id="a router below a mux",
        ),
        pytest.param(
            'r := gin.New(); register(r.Group("/api"))',
            'func register(g *gin.RouterGroup) { g.GET("/x", h) }',
            {"GET /api/x"},
            id="a parameter",
        ),
        pytest.param(
            "s := server{r: gin.New()}; s.routes()",
            'type server struct { r *gin.Engine }\nfunc (s *server) routes() { s.r.GET("/x", h) }',
            {"GET /x"},
            id="a field",
        ),
        pytest.param(
            's := server{gin.New()}; s.GET("/x", h)',
            "type server struct { *gin.Engine }",
            {"GET ?"},
            id="an embedded router that is not set by name",
        ),
        pytest.param(
            'add("/x", h)',
            "func add(path string, h http.Handler) { http.Handle(path, h) }",
            {"/x"},
            id="a path from the caller",
        ),
        pytest.param(
            "serve(r)", 'func serve(g gin.IRouter) { g.GET("/x", h) }', {"GET ?"}, id="an unknown router"
        ),
        pytest.param('http.HandleFunc("GET \\t/x", h)', "", {"GET /x"}, id="a tab between method and path"),
        pytest.param(
            'http.HandleFunc(http.MethodPut+" "+base+"/x", h)',
            'const base = "/v1"',
            {"PUT /v1/x"},
            id="a method by its constant",
        ),
        pytest.param(
            'r := chi.NewRouter(); r.Route("/v1", func(r chi.Router) { r.HandleFunc("GET  /x", h) })',
            "",
            {"GET /v1/x"},
            id="a method in chi's pattern",
        ),
        pytest.param(
            'r := chi.NewRouter(); files(r, "/files")',
            'func files(r chi.Router, path string) {\n\tif path != "/" { path += "/" }\n\tpath += "*"\n'
            "\tr.Get(path, h)\n}",
            {"GET ?"},
            id="a path that grows where it is registered",
        ),
        pytest.param(
            'a := fiber.New(); a.Get("/x", h).Post("/y", h).Name("y")', "", {"GET /x", "POST /y"}, id="a row"
        ),
        pytest.param('r := gin.New(); r.GET("/x", h).PUT("/x", h)', "", {"GET /x", "PUT /x"}, id="gin's row"),
        pytest.param(
            'a := fiber.New(); a.RouteChain("/x").Get(h).Post(f, h)',
            "",
            {"GET /x", "POST /x"},
            id="a row for one path",
        ),
        pytest.param(
            'a := fiber.New(); a.Domain("a.example").Get("/x", h)',
            "",
            {"GET a.example/x"},
            id="fiber's domain",
        ),
        pytest.param(
            'e := echo.New(); g := e.Host("a.example"); g.GET("/x", h)',
            "",
            {"GET a.example/x"},
            id="echo's host",
        ),
        pytest.param(
            'e := echo.New(); e.AddRoute(echo.Route{Method: "GET", Path: "/x", Handler: h})',
            "",
            {"GET /x"},
            id="echo's route as a value",
        ),
        pytest.param(
            's := mux.NewRouter().Host("a.example").Methods("PUT").Subrouter(); s.HandleFunc("/x", h)',
            "",
            {"PUT a.example/x"},
            id="a subrouter for one host and method",
        ),
        pytest.param(
            'r := mux.NewRouter(); r.Host("a.example").Path("/x").HandlerFunc(h)',
            "",
            {"a.example/x"},
            id="gorilla's host",
        ),
        pytest.param(
            'for _, p := range []string{"/x", "/y"} { http.HandleFunc(p, h) }', "", {"/x", "/y"}, id="a list"
        ),
        pytest.param(
            'for p, h := range map[string]http.Handler{"/x": a, "/y": b} { http.Handle(p, h) }',
            "",
            {"/x", "/y"},
            id="a map",
        ),
        pytest.param(
            'for _, v := range []string{"/v1", "/v2"} { for _, p := range paths { http.Handle(v+p, h) } }',
            'var paths = []string{"/x"}',
            {"/v1/x", "/v2/x"},
            id="a loop in a loop",
        ),
        pytest.param(
            "r := mux.NewRouter(); for _, e := range all { r.Methods(e.Method).Path(e.Path).Handler(e.Do) }",
            "type Route struct { Method, Path string; Do http.Handler }\ntype Routes []Route\n"
            'var all = Routes{{"GET", "/x", h}, Route{Path: "/y", Method: http.MethodPut, Do: h}}',
            {"GET /x", "PUT /y"},
            id="a table",
        ),
        pytest.param(
            "r := gin.New(); add(r, table())",
            'func table() []struct{ M, P string } { return []struct{ M, P string }{{"GET", "/x"}} }\n'
            "func add(r *gin.Engine, all []struct{ M, P string }) {\n"
            "\tfor _, e := range all { e := e; r.Handle(e.M, e.P, h) }\n}",
            {"GET /x"},
            id="a table from a function",
        ),
        pytest.param(
            'all := []string{"/x"}; all = append(all, more); for _, p := range all { http.HandleFunc(p, h) }',
            "",
            {"?"},
            id="a list that grows",
        ),
        pytest.param(
            "for _, p := range outside.Paths() { http.HandleFunc(p, h) }", "", {"?"}, id="a list from outside"
        ),
        pytest.param("", 'import _ "net/http/pprof"', {"/debug/pprof/ *"}, id="an import that registers"),
        pytest.param(
            "pb.RegisterUsersHandlerFromEndpoint(ctx, m, a, o)",
            'import pb "example.org/pb"',
            {"? ?"},
            id="generated handlers",
        ),
        pytest.param(
            'controllerruntime.NewManager(c, controllerruntime.Options{}); m.AddHealthzCheck("ping", p)',
            "",
            {"GET /healthz *", "GET /metrics"},
            id="a manager",
        ),
    ],
)
def test_what_is_registered(body: str, outside: str, expected: set[str]) -> None:
    assert routes(body, outside) == expected


SERVE = 'http.ListenAndServe(":80", nil)'


@pytest.mark.parametrize(
    ("body", "known"),
    [
        pytest.param('http.HandleFunc("/x", h)', False, id="no server"),
        pytest.param(f"http.HandleFunc(path(), h); {SERVE}", False, id="an unknown path"),
        pytest.param('http.ListenAndServe(":80", h)', False, id="a handler of its own"),
        pytest.param(
            "r := gin.New(); outside.Register(r); r.Run()", False, id="a router handed to a library"
        ),
        pytest.param(f"pb.RegisterUsersHTTPServer(s, u); {SERVE}", False, id="generated handlers"),
        pytest.param(f'http.HandleFunc("/x", h); {SERVE}', True, id="the default mux"),
        pytest.param('r := gin.New(); r.GET("/x", h); r.Run()', True, id="gin"),
        pytest.param(
            "m := http.NewServeMux(); s := http.Server{Handler: wrap(m)}; s.ListenAndServe()",
            True,
            id="wrapped",
        ),
        pytest.param('e := echo.New(); e.Start(":80")', True, id="no routes"),
    ],
)
def test_whether_all_routes_are_known(body: str, known: bool) -> None:
    outside = 'import pb "example.org/pb"\nfunc wrap(h http.Handler) http.Handler { return outside.Wrap(h) }'
    assert program(body, outside).routes_are_known is known


def test_a_route_knows_its_servers_and_its_handler() -> None:
    read: Program = program(
        'm := http.NewServeMux(); m.HandleFunc("/x", health)\ngo http.ListenAndServe(":81", m)\n'
        'http.HandleFunc("/y", http.HandlerFunc(health))\nhttp.ListenAndServe(":80", nil)',
        "func health(w http.ResponseWriter, r *http.Request) {}",
    )
    ports = {listen.at: listen.port for listen in read.listens}
    assert {(route.path, *(ports[at] for at in route.servers)) for route in read.routes} == {
        ("/x", 81),
        ("/y", 80),
    }
    assert {route.function.function.name for route in read.routes if route.function} == {"health"}


@pytest.mark.parametrize(
    ("pattern", "path", "answers"),
    [
        pytest.param("/healthz", "/health", False, id="another path"),
        pytest.param("/healthz", "/healthz/live", False, id="below"),
        pytest.param("/users/:id", "/users", False, id="a parameter is missing"),
        pytest.param("/{$}", "/x", False, id="the root alone"),
        pytest.param("/healthz", "/healthz/?full=1", True, id="a slash and a query"),
        pytest.param("/users/:id", "/users/1", True, id="a parameter"),
        pytest.param("/users/{id:[0-9]+}", "/users/1", True, id="a parameter with a pattern"),
        pytest.param("/files/*path", "/files/a/b", True, id="all below"),
        pytest.param("/files/{path...}", "/files/a/b", True, id="all below in net/http"),
        pytest.param("/files/{*path}", "/files/a/b", True, id="all below in goa"),
        pytest.param(None, "/x", True, id="an unknown path"),
    ],
)
def test_which_requests_a_route_answers(pattern: str | None, path: str, answers: bool) -> None:
    (at,) = {program("").at}
    assert Route(at, "GET", pattern, "any").answers(path) is answers
    assert not Route(at, "POST", "/x", "any").answers("/x")
    assert Route(at, "", "/x", "any", is_prefix=True).answers("/x/y")
