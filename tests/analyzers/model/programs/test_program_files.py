from __future__ import annotations

import pytest

from analyzers.model.programs.program_files import needs_only_its_binary
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
