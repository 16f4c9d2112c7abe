"""The paths that go-zero, goa, Twirp and Connect answer to."""

from __future__ import annotations

import pytest

from tests.analyzers.model.go_source import program
from tests.analyzers.model.programs.test_routes import told

TWIRP = """package rpc

import "github.com/twitchtv/twirp"

const OrdersPathPrefix = "/twirp/shop.v1.Orders/"

type TwirpServer interface{ PathPrefix() string }

func NewOrdersServer(svc Orders, opts ...interface{}) TwirpServer { return &ordersServer{} }
"""
CONNECT = """package ordersv1connect

import (
	"connectrpc.com/connect"
	"net/http"
)

func NewOrdersServiceHandler(svc OrdersServiceHandler, opts ...connect.HandlerOption) (string, http.Handler) {
	list := connect.NewUnaryHandler("/shop.v1.OrdersService/List", svc.List, opts...)
	return "/shop.v1.OrdersService/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		list.ServeHTTP(w, r)
	})
}

func NewPlainHandler(svc OrdersServiceHandler) (string, http.Handler) { return path(), nil }
"""
GOA = """package server

import (
	goahttp "goa.design/goa/v3/http"
	"net/http"
)

func Mount(mux goahttp.Muxer, h *Server) { MountShowHandler(mux, h.Show) }

func (s *Server) Mount(mux goahttp.Muxer) { Mount(mux, s) }

func MountShowHandler(mux goahttp.Muxer, h http.Handler) {
	f, ok := h.(http.HandlerFunc)
	if !ok {
		f = func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }
	}
	mux.Handle("GET", "/orders/{id}", f)
}
"""
FILES = {
    "rpc/orders.twirp.go": TWIRP,
    "gen/ordersv1connect/orders.connect.go": CONNECT,
    "gen/http/orders/server/server.go": GOA,
}
IMPORTS = {
    "rest": "github.com/zeromicro/go-zero/rest",
    "twirp": "github.com/twitchtv/twirp",
    "rpc": "example.com/app/rpc",
    "ordersv1connect": "example.com/app/gen/ordersv1connect",
    "billingv1connect": "buf.build/gen/go/shop/billing/connectrpc/go/billing/v1/billingv1connect",
    "goahttp": "goa.design/goa/v3/http",
    "grpchealth": "connectrpc.com/grpchealth",
    "ordersvr": "example.com/app/gen/http/orders/server",
}
SERVER = "server := rest.MustNewServer(c)\n"
LIST = '[]rest.Route{{Method: http.MethodGet, Path: "/users/:id", Handler: h}}'
SERVE = '\nhttp.ListenAndServe(":80", mux)'
TWO = "path, handler := ordersv1connect.NewOrdersServiceHandler(s)\n"
MUX = "mux := http.NewServeMux()\n"


def read(body: str, outside: str = "") -> tuple[set[str], bool]:
    """The routes, and whether they are known to be all."""
    used = "".join(
        f'import {name} "{path}"\n' for name, path in IMPORTS.items() if f"{name}." in body + outside
    )
    found = program(body, used + outside, FILES)
    return {told(route) for route in found.routes}, found.routes_are_known


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        pytest.param(f"outside.New().AddRoutes({LIST})", "", id="another library's list"),
        pytest.param("pb.NewOrdersServer(s)", 'import pb "example.org/pb"', id="a constructor elsewhere"),
        pytest.param("NewStoreHandler(s)", "func NewStoreHandler(s int) int { return 1 }", id="a function"),
        pytest.param("ordersv1connect.NewPlainHandler(s)", "", id="not generated"),
        pytest.param("", "func unused() { rpc.NewOrdersServer(s) }", id="a function nobody calls"),
    ],
)
def test_what_registers_nothing(body: str, outside: str) -> None:
    assert read(body, outside)[0] == set()


@pytest.mark.parametrize(
    ("body", "outside", "expected"),
    [
        pytest.param(f"{SERVER}server.AddRoutes({LIST})", "", {"GET /users/:id"}, id="go-zero"),
        pytest.param(
            f'{SERVER}server.AddRoutes({LIST}, rest.WithJwt(k), rest.WithPrefix("/v1"))',
            "",
            {"GET /v1/users/:id"},
            id="a prefix",
        ),
        pytest.param(f"{SERVER}server.AddRoutes({LIST}, o)", "", {"GET ?"}, id="an unknown option"),
        pytest.param(
            f"{SERVER}server.AddRoutes({LIST}, rest.WithPrefix(p()))", "", {"GET ?"}, id="unknown prefix"
        ),
        pytest.param(f"{SERVER}server.AddRoutes(routes())", "", {"? ?"}, id="a list from elsewhere"),
        pytest.param(
            f'{SERVER}server.AddRoutes(rest.WithMiddlewares(m, {LIST}...), rest.WithPrefix("/v1"))',
            "",
            {"GET /v1/users/:id"},
            id="middleware",
        ),
        pytest.param(
            f"{SERVER}all := {LIST}\nserver.AddRoutes(all)", "", {"GET /users/:id"}, id="a variable"
        ),
        pytest.param(
            f'{SERVER}server.AddRoute(rest.Route{{Method: "POST", Path: "/users", Handler: h}})',
            "",
            {"POST /users"},
            id="one",
        ),
        pytest.param(
            f"{SERVER}register(server)",
            f"func register(s *rest.Server) {{ s.AddRoutes({LIST}) }}",
            {"GET /users/:id"},
            id="in a function",
        ),
        pytest.param(
            "mux := goahttp.NewMuxer()\nordersvr.Mount(mux, s)", "", {"GET /orders/{id}"}, id="goa, generated"
        ),
        pytest.param(
            f"{MUX}s := rpc.NewOrdersServer(o, hooks)\nmux.Handle(s.PathPrefix(), s)",
            "",
            {"POST /twirp/shop.v1.Orders/ *"},
            id="Twirp",
        ),
        pytest.param(
            'rpc.NewOrdersServer(o, twirp.WithServerPathPrefix("/api"))',
            "",
            {"POST /api/shop.v1.Orders/ *"},
            id="Twirp with a prefix",
        ),
        pytest.param(
            "o := twirp.WithServerPathPrefix(p)\nrpc.NewOrdersServer(s, o)", "", {"POST ? *"}, id="unknown"
        ),
        pytest.param(
            f"{MUX}mux.Handle(ordersv1connect.NewOrdersServiceHandler(s))",
            "",
            {"/shop.v1.OrdersService/ *"},
            id="Connect",
        ),
        pytest.param(
            f"{MUX}{TWO}mux.Handle(path, wrap(handler))",
            "func wrap(h http.Handler) http.Handler { return outside.Wrap(h) }",
            {"/shop.v1.OrdersService/ *"},
            id="Connect, in two steps",
        ),
        pytest.param(
            f"{MUX}_, handler := ordersv1connect.NewOrdersServiceHandler(s)\n"
            'mux.Handle("/api/", http.StripPrefix("/api", handler))',
            "",
            {"/api/shop.v1.OrdersService/ *"},
            id="below a prefix",
        ),
        pytest.param(
            f"r := chi.NewRouter()\n{TWO}r.Mount(path, handler)",
            "",
            {"/shop.v1.OrdersService/ *"},
            id="mounted on chi, which cuts nothing",
        ),
        pytest.param(
            f"{MUX}mux.Handle(billingv1connect.NewBillingServiceHandler(s))", "", {"? *"}, id="code elsewhere"
        ),
        pytest.param(
            f"{MUX}mux.Handle(made())", "func made() (string, http.Handler)", {"? *"}, id="two results"
        ),
        pytest.param(
            f"{MUX}mux.Handle(grpchealth.NewHandler(c))", "", {"/grpc.health.v1.Health/ *"}, id="health"
        ),
    ],
)
def test_what_is_registered(body: str, outside: str, expected: set[str]) -> None:
    assert read(body, outside)[0] == expected


@pytest.mark.parametrize(
    ("body", "known"),
    [
        pytest.param(f"{SERVER}server.AddRoutes({LIST})\nserver.Start()", False, id="go-zero's own server"),
        pytest.param(
            f"{MUX}mux.Handle(billingv1connect.NewBillingServiceHandler(s)){SERVE}",
            False,
            id="code elsewhere",
        ),
        pytest.param(f"{MUX}mux.Handle(made()){SERVE}", False, id="a call of two results"),
        pytest.param(
            f"{MUX}mux.Handle(ordersv1connect.NewOrdersServiceHandler(s)){SERVE}", True, id="Connect"
        ),
        pytest.param(
            f"{MUX}{TWO}mux.Handle(path, handler){SERVE}",
            True,
            id="in two steps",
        ),
        pytest.param('s := rpc.NewOrdersServer(o)\nhttp.ListenAndServe(":80", s)', True, id="Twirp alone"),
        pytest.param(
            'mux := goahttp.NewMuxer()\nordersvr.Mount(mux, s)\nhttp.ListenAndServe(":80", mux)',
            True,
            id="goa",
        ),
    ],
)
def test_whether_all_routes_are_known(body: str, known: bool) -> None:
    assert read(body)[1] is known


def test_a_service_knows_its_server() -> None:
    body = f"{MUX}mux.Handle(ordersv1connect.NewOrdersServiceHandler(s)){SERVE}"
    used = f'import ordersv1connect "{IMPORTS["ordersv1connect"]}"\n'
    found = program(body, used, FILES)
    (route,) = found.routes
    assert (route.framework, route.servers) == ("connect", (found.listens[0].at,))
