"""Whether a program opens files of its own at run time, so that it needs more than its binary."""

from __future__ import annotations

from analyzers.model.program import Program
from analyzers.model.programs.values import Values

_OPENING_CALLS = (
    *("os.Open", "os.OpenFile", "os.ReadFile", "os.ReadDir", "os.DirFS", "os.Stat"),
    *("io/ioutil.ReadFile", "io/ioutil.ReadDir", "path/filepath.Walk", "path/filepath.WalkDir"),
    *("path/filepath.Glob", "html/template.ParseFiles", "html/template.ParseGlob"),
    *("text/template.ParseFiles", "text/template.ParseGlob", "net/http.Dir", "net/http.ServeFile"),
    *("plugin.Open", "os/exec.Command", "os/exec.CommandContext", "crypto/tls.LoadX509KeyPair"),
)
_OPENING_METHODS = (
    *("ParseFiles", "ParseGlob", "LoadHTMLGlob", "LoadHTMLFiles", "Static", "StaticFS", "StaticFile"),
    *("ReadInConfig", "SetConfigFile", "AddConfigPath", "SendFile", "File"),
)
_READING_MODULES = (
    *("github.com/joho/godotenv", "github.com/spf13/viper", "github.com/golang-migrate/migrate"),
    *(
        "github.com/pressly/goose",
        "github.com/knadh/koanf",
        "gopkg.in/ini.v1",
        "github.com/ilyakaznacheev/cleanenv",
    ),
)


def may_run_go(program: Program) -> bool:
    """It starts the go command, or a program that is not known, or loads packages by that command."""
    if any(path.startswith("golang.org/x/tools/go/packages") for path in program.imports):
        return True
    values = Values(program.code)
    for callee, index in (("os/exec.Command", 0), ("os/exec.CommandContext", 1)):
        for site in program.calls(callee):
            named = site.node.arguments[index : index + 1]
            if not named or values.constant(site.of(named[0])) in (None, "go"):
                return True
    return False


def needs_only_its_binary(program: Program) -> bool:
    """No call opens a file or starts a program, and no library is there for that."""
    opens = any(program.calls(*_OPENING_CALLS)) or any(program.methods(*_OPENING_METHODS))
    reads = any(path.startswith(_READING_MODULES) for path in program.imports)
    return not (opens or reads or "C" in program.imports)
