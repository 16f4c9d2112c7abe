"""Who calls whom inside a program."""

from __future__ import annotations

import pytest

from analyzers.model.program import Program
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Function
from tests.analyzers.model.go_source import program

STORES = """
type memory struct{}
func (m *memory) Close() {}
func (m *memory) Save(key string) {}
type disk struct{ memory }
func (d *disk) Save(key string) {}
type store interface { Save(key string) }
type app struct { first *memory; second disk; any store }
func open() (*disk, error) { return nil, nil }
"""


def function(read: Program, name: str) -> Site[Function]:
    """A function by name, or a method as `type.name`."""
    receiver, _, plain = name.rpartition(".")
    (found,) = [
        Site(package, path, each, each)
        for package in read.packages
        for path, each in package.functions
        if (each.receiver, each.name) == (receiver, plain)
    ]
    return found


def names(sites: object) -> set[str]:
    assert isinstance(sites, (list, tuple))
    return {f"{each.function.receiver}.{each.function.name}".lstrip(".") for each in sites}


def called_by_main(body: str, outside: str = STORES) -> set[str]:
    read = program(body, outside)
    return names(read.code.callees(function(read, "main"))) - {"open"}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('http.DefaultClient.Save("a")', id="a library's value"),
        pytest.param('c := http.NewRequest(); c.Save("a")', id="what a library gave"),
        pytest.param("x.Save()", id="another number of arguments"),
        pytest.param('open := outside.Open; open("a")', id="a variable named like a function"),
        pytest.param("m := memory{}; m.Missing()", id="a method that is not there"),
    ],
)
def test_what_calls_nothing_of_the_program(body: str) -> None:
    assert called_by_main(body) == set()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param('m := &memory{}; m.Save("a")', {"memory.Save"}, id="a literal"),
        pytest.param('var d disk; d.Save("a")', {"disk.Save"}, id="a typed variable"),
        pytest.param('d := new(disk); d.Save("a")', {"disk.Save"}, id="new"),
        pytest.param('d, _ := open(); d.Save("a")', {"disk.Save"}, id="a function's result"),
        pytest.param("d := disk{}; d.Close()", {"memory.Close"}, id="an embedded struct's method"),
        pytest.param('a := app{}; a.first.Save("a")', {"memory.Save"}, id="a field"),
        pytest.param('a := app{}; a.second.memory.Save("a")', {"memory.Save"}, id="an embedded field"),
        pytest.param('a := app{}; a.any.Save("a")', {"memory.Save", "disk.Save"}, id="an interface"),
        pytest.param('x.Save("a")', {"memory.Save", "disk.Save"}, id="an unknown value"),
        pytest.param('x.(*disk).Save("a")', {"disk.Save"}, id="an asserted type"),
        pytest.param('all := []disk{}; all[0].Save("a")', {"disk.Save"}, id="an element"),
        pytest.param('for _, d := range []disk{} { d.Save("a") }', {"disk.Save"}, id="each element"),
        pytest.param('func(d *disk) { d.Save("a") }(nil)', {"disk.Save"}, id="a literal's parameter"),
        pytest.param(
            'd := disk{}; func() { d := memory{}; d.Close() }(); d.Save("a")',
            {"memory.Close", "disk.Save"},
            id="a name that means another thing inside",
        ),
        pytest.param("d := disk{}; defer d.Close()", {"memory.Close"}, id="a deferred call"),
        pytest.param("m := memory{}; outside.Do(m.Close)", {"memory.Close"}, id="a method handed on"),
    ],
)
def test_methods_are_told_by_type(body: str, expected: set[str]) -> None:
    assert called_by_main(body) == expected


def test_functions_of_other_packages_and_through_variables() -> None:
    read = program(
        "command.Execute()",
        "var command = &outside.Command{RunE: serve}\nfunc serve() {}",
    )
    assert names(read.code.callees(function(read, "main"))) == {"serve"}
    read = program(
        "start()",
        'import work "example.com/app/work"\nfunc start() { work.Start() }',
        {
            "work/work.go": "package work\nfunc Start() { deep() }\nfunc deep() {}\n"
            "func init() { first() }\nfunc first() {}"
        },
    )
    main = function(read, "main")
    assert names(read.code.reached_from(main)) == {"main", "start", "Start", "deep", "init", "first"}
    assert read.code.reaches(main, function(read, "deep"))
    assert not read.code.reaches(function(read, "deep"), main)


def test_callers_are_those_of_just_this_method() -> None:
    read = program('m := &memory{}; m.Save("a"); d := &disk{}; d.Save("b")', STORES)
    callers = read.code.callers(function(read, "disk.Save"))
    assert [each.node.arguments[0].text for each in callers] == ["b"]


def test_functions_that_call_each_other_end() -> None:
    read = program("ping()", "func ping() { pong() }\nfunc pong() { ping() }")
    assert names(read.code.reached_from(function(read, "ping"))) == {"ping", "pong"}
