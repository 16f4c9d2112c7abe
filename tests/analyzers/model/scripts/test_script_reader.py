"""What becomes of a shell that runs a script."""

from __future__ import annotations

import pytest

from analyzers.finding import Location
from analyzers.model.scripts.script_reader import is_shell_text, read_command_line, read_script
from analyzers.parsers.position import Span

AT = Location("deploy.yaml", Span(7, 9, 7, 40))


@pytest.mark.parametrize(
    ("text", "end", "last"),
    [
        pytest.param("", "nothing", [], id="empty"),
        pytest.param("set -e\necho done", "nothing", [], id="only words"),
        pytest.param("./migrate\nexec ./server", "exec", ["./server"], id="exec"),
        pytest.param('exec "$@"\necho never', "exec", ['"$@"'], id="nothing behind exec is reached"),
        pytest.param(
            'if [ "$1" = api ]; then exec ./api; fi\nexec "$@"', "exec", ['"$@"'], id="exec on every way"
        ),
        pytest.param(
            "case $1 in a) exec ./a;; b) exec ./b;; *) echo usage; exit 1;; esac",
            "exec",
            ["./a", "./b"],
            id="exec in every case that runs",
        ),
        pytest.param(
            'main() { prepare; exec ./server; }\nmain "$@"', "exec", ["./server"], id="in a function"
        ),
        pytest.param("./server", "child", ["./server"], id="a child"),
        pytest.param("./server; exit $?", "child", ["./server"], id="a child, then its exit code"),
        pytest.param("./server || exit 1", "child", ["./server"], id="a child or the end"),
        pytest.param("main() { ./server; }\nmain", "child", ["./server"], id="a child in a function"),
        pytest.param("exec ./server | tee log", "child", ["tee"], id="exec in a pipeline"),
        pytest.param("(exec ./server)", "child", ["./server"], id="exec in parentheses"),
        pytest.param("while true; do ./server; done", "child", ["./server"], id="again and again"),
        pytest.param("tini -- ./server", "child", ["./server"], id="an init as a child"),
        pytest.param("./a &\n./b &\nwait", "wait", ["wait"], id="waits"),
        pytest.param(
            "if $A; then exec ./a; else ./b; fi", "unknown", ["./a", "./b"], id="one way or the other"
        ),
        pytest.param('eval "$@"', "unknown", ["eval"], id="eval"),
        pytest.param("./server; if x", "unknown", ["x"], id="not understood"),
    ],
)
def test_hands_over(text: str, end: str, last: list[str]) -> None:
    script = read_script(f"#!/bin/sh\n{text}\n", "run.sh")
    assert (script.hands_over, [command.words[0] for command in script.last]) == (end, last)


def test_who_stays_is_told() -> None:
    script = read_script("if $A; then exec ./a; else ./b; fi\n", "run.sh")
    assert [command.name for command in script.children] == ["b"]


@pytest.mark.parametrize(
    ("words", "sh", "end"),
    [
        (["sh", "-c", "./server"], "sh", "unknown"),
        (["sh", "-c", "./server"], "dash", "child"),
        (["sh", "-c", "./server"], "ash", "exec"),
        (["bash", "-c", "./server"], "sh", "exec"),
        (["bash", "-c", "./a; ./server"], "sh", "exec"),
        (["bash", "-c", "./server >log"], "sh", "child"),
        (["bash", "-c", "trap : TERM; ./server"], "sh", "child"),
        (["bash", "-c", "./server | tee log"], "sh", "child"),
        (["sh", "-c", "exec ./server"], "dash", "exec"),
        (["tini", "--", "sh", "-ec", "./server"], "dash", "child"),
    ],
)
def test_command_lines(words: list[str], sh: str, end: str) -> None:
    script = read_command_line(words, AT, sh)  # type: ignore[arg-type]
    assert script
    assert (script.hands_over, script.at) == (end, AT)
    assert all(command.at.path == AT.path and command.at.line == 7 for command in script.commands)


@pytest.mark.parametrize("words", [[], ["/server"], ["sh", "run.sh"], ["sh", "-c"]])
def test_other_command_lines(words: list[str]) -> None:
    assert read_command_line(words, AT) is None


@pytest.mark.parametrize(
    ("trap", "signals", "handler", "is_reset", "forwards"),
    [
        ("trap - TERM INT", ("TERM", "INT"), "", True, False),
        ("trap 15", ("TERM",), "", True, False),
        ("trap '' HUP", ("HUP",), "", False, False),
        ("trap cleanup EXIT", ("EXIT",), "cleanup", False, False),
        ("trap 'kill -TERM $PID' SIGTERM 2", ("TERM", "INT"), "kill -TERM $PID", False, True),
        ("stop() { kill $PID; }\ntrap stop term", ("TERM",), "stop", False, True),
    ],
)
def test_traps(trap: str, signals: tuple[str, ...], handler: str, is_reset: bool, forwards: bool) -> None:
    (found,) = read_script(f"{trap}\n./server &\nwait $!\n", "run.sh").traps
    assert (found.signals, found.handler.value, found.is_reset, found.forwards) == (
        signals,
        handler,
        is_reset,
        forwards,
    )


def test_traps_of_a_signal() -> None:
    script = read_script("trap stop TERM\ntrap '' HUP\ntrap - INT\nwait\n", "run.sh")
    assert [len(script.traps_of(signal)) for signal in ("TERM", "HUP", "INT", "QUIT")] == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("a", set()),
        ("set -- -e", set()),
        ("#!/bin/sh -e\na", {"errexit"}),
        ("set -euo pipefail", {"errexit", "nounset", "pipefail"}),
        ("set -o errexit -o pipefail", {"errexit", "pipefail"}),
    ],
)
def test_options(text: str, options: set[str]) -> None:
    assert read_script(text, "run.sh").options == options


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("echo '$A' \\$B", []),
        ("echo $1 $@", []),
        ("cat <<'X'\n$A\nX\n", []),
        ("cat <<X\n$A\nX\n", [("A", None, False)]),
        ('echo "$A"', [("A", None, False)]),
        ('server --port="${PORT:-8080}" ${X-y}', [("PORT", "8080", False), ("X", "y", False)]),
        (": ${DSN:?not set}", [("DSN", None, True)]),
        ("for x in $LIST; do a; done", [("LIST", None, False)]),
    ],
)
def test_uses(text: str, uses: list[tuple[str, str | None, bool]]) -> None:
    found = read_script(text, "run.sh").uses
    assert [(use.name, use.default, use.is_required) for use in found] == uses


def test_settings() -> None:
    text = "A=1\nexport B=2 C\nC=$D\nE=5 ./server\nif x; then F=6; fi\n: ${G:=7}\n"
    found = read_script(text, "run.sh").settings
    assert [(each.name, each.value.value, each.is_exported, each.is_conditional) for each in found] == [
        ("A", "1", False, False),
        ("B", "2", True, False),
        ("C", None, True, False),
        ("F", "6", False, True),
        ("G", None, False, True),
    ]


def test_windows_line_ends() -> None:
    script = read_script("#!/bin/bash\r\nexec ./server\r\n", "run.sh")
    assert (script.has_windows_line_ends, script.shell, script.last[0].words) == (True, "bash", ("./server",))


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("entrypoint.py", "import os\n", False),
        ("entrypoint", "#!/usr/bin/env python3\n", False),
        ("docs/entrypoint.md", "words\n", False),
        ("entrypoint", "exec app\n", True),
        ("run.sh", "exec app\n", True),
        ("entrypoint.txt", "#!/usr/bin/env -S bash -e\n", True),
    ],
)
def test_is_shell_text(path: str, text: str, expected: bool) -> None:
    assert is_shell_text(path, text) is expected
