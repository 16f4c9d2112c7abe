"""Variables without which a program does not start."""

from __future__ import annotations

import pytest

from analyzers.model.programs.required_settings import required_settings
from tests.analyzers.model.go_source import program

STRUCT = 'type config struct { Port int `env:"PORT,required"` }'


@pytest.mark.parametrize(
    ("body", "outside", "names"),
    [
        pytest.param('os.Getenv("PORT")', "", [], id="only read"),
        pytest.param('if a { p := os.Getenv("PORT"); if p == "" { log.Fatal(1) } }', "", [], id="sometimes"),
        pytest.param("if a { env.Parse(&config{}) }", STRUCT, [], id="a struct, sometimes"),
        pytest.param("env.Parse(&config{}); env.Parse(&config{})", STRUCT, [], id="two structs"),
        pytest.param(
            'godotenv.Load(); p := os.Getenv("PORT"); if p == "" { log.Fatal(1) }', "", [], id="a file"
        ),
        pytest.param('p := os.Getenv("PORT"); if p == "" { log.Fatal(1) }', "", ["PORT"], id="always"),
        pytest.param("env.Parse(&config{})", STRUCT, ["PORT"], id="a struct"),
        pytest.param("load()", STRUCT + "\nfunc load() { env.Parse(&config{}) }", ["PORT"], id="a function"),
    ],
)
def test_what_must_be_set(body: str, outside: str, names: list[str]) -> None:
    found = required_settings(program(body, outside))
    assert [name for setting in found for name in setting.variables] == names
