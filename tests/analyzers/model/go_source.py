"""Programs and values read from texts, for the tests of the Go model."""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.model.modules.module_reader import read_module
from analyzers.model.program import Program
from analyzers.model.programs.program_reader import read_programs
from analyzers.model.programs.text import Text
from analyzers.model.programs.values import Values
from analyzers.parsers.go import parse_go
from analyzers.parsers.gomod import parse_gomod

IMPORTS = {
    "artifactserver": "example.org/artifact/server",
    "autocert": "golang.org/x/crypto/acme/autocert",
    "daprd": "github.com/dapr/go-sdk/service/grpc",
    "chi": "github.com/go-chi/chi/v5",
    "cmp": "cmp",
    "context": "context",
    "controllerruntime": "sigs.k8s.io/controller-runtime",
    "echo": "github.com/labstack/echo/v4",
    "echo5": "github.com/labstack/echo/v5",
    "fasthttp": "github.com/valyala/fasthttp",
    "fiber": "github.com/gofiber/fiber/v2",
    "flag": "flag",
    "fmt": "fmt",
    "gin": "github.com/gin-gonic/gin",
    "grpc": "google.golang.org/grpc",
    "http": "net/http",
    "httprouter": "github.com/julienschmidt/httprouter",
    "kingpin": "github.com/alecthomas/kingpin/v2",
    "log": "log",
    "mux": "github.com/gorilla/mux",
    "net": "net",
    "os": "os",
    "outside": "example.org/platform/serving",
    "signal": "os/signal",
    "strconv": "strconv",
    "sync": "sync",
    "syscall": "syscall",
    "cleanenv": "github.com/ilyakaznacheev/cleanenv",
    "cli": "github.com/urfave/cli/v2",
    "conf": "github.com/ardanlabs/conf/v3",
    "env": "github.com/caarlos0/env/v11",
    "envconfig": "github.com/kelseyhightower/envconfig",
    "goenv": "github.com/sethvargo/go-envconfig",
    "godotenv": "github.com/joho/godotenv",
    "koanf": "github.com/knadh/koanf/v2",
    "kong": "github.com/alecthomas/kong",
    "pflag": "github.com/spf13/pflag",
    "strings": "strings",
    "viper": "github.com/spf13/viper",
    "yaml": "gopkg.in/yaml.v3",
    "time": "time",
    "tls": "crypto/tls",
    "trace": "go.opentelemetry.io/otel/sdk/trace",
}


def go_main(body: str, outside: str = "") -> str:
    """A main package with the imports that its text uses."""
    used = [f'\t{name} "{path}"\n' for name, path in IMPORTS.items() if f"{name}." in body + outside]
    return f"package main\n\nimport (\n{''.join(used)})\n\n{outside}\n\nfunc main() {{\n{body}\n}}\n"


def programs(files: Mapping[str, str]) -> tuple[Program, ...]:
    modules = [
        read_module(path, parse_gomod(text), files) for path, text in files.items() if path.endswith("go.mod")
    ]
    return read_programs(
        {path: parse_go(text.encode()) for path, text in files.items() if path.endswith(".go")}, modules
    )


def program(body: str, outside: str = "", files: Mapping[str, str] | None = None) -> Program:
    """The one program of a module `example.com/app`."""
    everything = {"go.mod": "module example.com/app\n", "main.go": go_main(body, outside), **(files or {})}
    (only,) = programs(everything)
    return only


def value(
    expression: str, before: str = "", outside: str = "", files: Mapping[str, str] | None = None
) -> Text:
    """What an expression at the end of main amounts to."""
    return value_of_sink(f"{before}\nsink({expression})", outside, files)


def value_of_sink(body: str, outside: str = "", files: Mapping[str, str] | None = None) -> Text:
    """What the argument of the one call of `sink` amounts to."""
    read = program(body, outside, files)
    (site,) = read.calls("sink")
    return Values(read.code).text(site.of(site.node.arguments[0]))
