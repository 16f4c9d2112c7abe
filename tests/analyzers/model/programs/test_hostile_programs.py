"""Programs written to keep us busy: the work on each stays bounded."""

from __future__ import annotations

import pytest

from tests.analyzers.model.go_source import program
from tests.hanging import must_end

_MANY = 800
_CALLERS = "".join(
    f"func f{index}(key string) {{\n" + f"f{index + 1}(key)\n" * 60 + "}\n" for index in range(6)
)


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        pytest.param(
            "srv.ListenAndServe()\n" * _MANY + "signal.Notify(c)\n" * _MANY, "", id="servers and signals"
        ),
        pytest.param("defer f()\n" * _MANY + "os.Exit(1)\n" * _MANY, "", id="deferred calls and ends"),
        pytest.param(
            "".join(
                f'v{index} := os.Getenv("V{index}"); if v{index} == "" {{ panic(1) }}\n'
                for index in range(_MANY)
            ),
            "",
            id="variables that must be set",
        ),
        pytest.param(
            "f0(name)", _CALLERS + "func f6(key string) { os.Getenv(key) }", id="names handed on and on"
        ),
        pytest.param(
            "f0(ctx)",
            _CALLERS.replace("key string", "key context.Context")
            + "func f6(ctx context.Context) { <-ctx.Done(); srv.Shutdown(ctx) }",
            id="contexts handed on and on",
        ),
        pytest.param(
            "f0(http.HandlerFunc(nil))",
            _CALLERS.replace("key string", "key http.Handler")
            + 'func f6(key http.Handler) { http.Handle("/", key) }',
            id="handlers handed on and on",
        ),
        pytest.param(
            "env.Parse(&config{})",
            "type config struct { " + "A, B *config\n" * 20 + "}",
            id="a struct inside itself",
        ),
        pytest.param(
            "env.Parse(&config{})",
            "type config struct { A int `" + "a" * 400_000 + "` }",
            id="a tag without end",
        ),
        pytest.param('viper.SetDefault("a", viper.GetString("a"))\n' * _MANY, "", id="keys of themselves"),
    ],
)
def test_hostile_programs_are_read_soon(body: str, outside: str) -> None:
    with must_end():
        program(body, outside)
