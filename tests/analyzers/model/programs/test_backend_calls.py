"""Which handlers wait for somebody else."""

from __future__ import annotations

import pytest

from analyzers.model.programs.backend_calls import find_backend_call
from tests.analyzers.model.go_source import program

IMPORTS = """package main

import (
	"database/sql"
	"net/http"

	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"
)

var db *sql.DB
var orm *gorm.DB
var rdb redis.UniversalClient
var client = &http.Client{}

func main() {
	http.HandleFunc("/", handle)
	http.ListenAndServe(":80", nil)
}

type cache map[string]string

func (c cache) Get(key string) string { return c[key] }

var local cache
"""
FAIL = "\n\tw.WriteHeader(http.StatusServiceUnavailable)"


def asked(body: str, more: str = "") -> str | None:
    source = f"{IMPORTS}\nfunc handle(w http.ResponseWriter, r *http.Request) {{\n{body}\n}}\n{more}\n"
    read = program("", files={"main.go": source})
    (route,) = read.routes
    call = find_backend_call(read.code, route)
    return call.asked if call else None


@pytest.mark.parametrize(
    ("body", "more"),
    [
        pytest.param("w.WriteHeader(200)", "", id="nobody is asked"),
        pytest.param("db.Ping()\n\tw.WriteHeader(http.StatusOK)", "", id="the answer is the same"),
        pytest.param("log.Error(db.Ping())", "", id="only logged"),
        pytest.param("go db.Ping()" + FAIL, "", id="in a goroutine"),
        pytest.param("db.Stats()" + FAIL, "", id="only counted"),
        pytest.param('local.Get("a")' + FAIL, "", id="a method of that name"),
        pytest.param('http.Get("http://localhost/metrics")' + FAIL, "", id="itself"),
        pytest.param(
            "check.Run()" + FAIL,
            "type a struct{}\nfunc (a) Run() { db.Ping() }\ntype b struct{}\nfunc (b) Run() {}\n"
            "type runner interface{ Run() }\nvar check runner",
            id="one of several implementations",
        ),
    ],
)
def test_nobody_is_waited_for(body: str, more: str) -> None:
    assert asked(body, more) is None


@pytest.mark.parametrize(
    ("body", "more", "expected"),
    [
        pytest.param("db.PingContext(r.Context())" + FAIL, "", "the database", id="sql"),
        pytest.param('orm.Raw("select 1").Scan(nil)' + FAIL, "", "the database", id="gorm"),
        pytest.param("rdb.Ping(r.Context()).Err()" + FAIL, "", "Redis", id="redis"),
        pytest.param("client.Do(r)" + FAIL, "", "another service", id="http"),
        pytest.param(
            "if check() != nil {\n\t\tpanic(1)\n\t}",
            "func check() error { return db.Ping() }",
            "the database",
            id="in a function",
        ),
        pytest.param(
            "check()" + FAIL,
            "func check() { check(); db.Ping() }",
            "the database",
            id="in one that calls itself",
        ),
        pytest.param(
            "ping.PingContext(r.Context())" + FAIL,
            "type pinger interface{ PingContext(any) error }\nvar ping pinger",
            "the database",
            id="an interface that the code does not implement",
        ),
    ],
)
def test_who_is_waited_for(body: str, more: str, expected: str) -> None:
    assert asked(body, more) == expected
