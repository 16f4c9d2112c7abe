from __future__ import annotations

import pytest

from analyzers.model.programs.program_files import may_run_go, needs_only_its_binary
from tests.analyzers.model.repositories import module, repository


def needs_only_itself(imports: str, body: str) -> bool:
    source = f"package main\n\nimport (\n{imports}\n)\n\nfunc main() {{\n{body}\n}}\n"
    return needs_only_its_binary(repository({"go.mod": module(), "main.go": source}).programs[0])


@pytest.mark.parametrize(
    ("imports", "body"),
    [
        ('"os"', 'os.ReadFile("a")'),
        ('"html/template"', 'template.ParseGlob("*.html")'),
        ('"html/template"', 'template.New("a").ParseFiles("a.html")'),
        ('"net/http"', 'http.FileServer(http.Dir("static"))'),
        ('"os/exec"', 'exec.Command("sh").Run()'),
        ('"github.com/spf13/viper"', "viper.AutomaticEnv()"),
        ('"C"', ""),
    ],
)
def test_more_than_the_binary_may_be_needed(imports: str, body: str) -> None:
    assert not needs_only_itself(imports, body)


@pytest.mark.parametrize(
    ("imports", "body"),
    [('"os"', 'os.Getenv("A")'), ('"net/http"', 'http.ListenAndServe(":8080", nil)'), ('_ "embed"', "")],
)
def test_the_binary_is_enough(imports: str, body: str) -> None:
    assert needs_only_itself(imports, body)


@pytest.mark.parametrize(
    ("imports", "body", "may"),
    [
        ('"os/exec"', 'exec.Command("git", "log").Run()', False),
        ('"net/http"', 'http.Get("a")', False),
        ('"os/exec"', 'exec.Command("go", "vet").Run()', True),
        ('"os/exec"', 'exec.CommandContext(ctx, "go", "list").Run()', True),
        ('"os/exec"', "exec.Command(name).Run()", True),
        ('"golang.org/x/tools/go/packages"', "packages.Load(nil)", True),
    ],
)
def test_the_go_command_may_be_started(imports: str, body: str, may: bool) -> None:
    source = f"package main\n\nimport (\n{imports}\n)\n\nfunc main() {{\n{body}\n}}\n"
    assert may_run_go(repository({"go.mod": module(), "main.go": source}).programs[0]) is may
