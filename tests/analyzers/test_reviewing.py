"""Two trees compared: what a person is told of a change, and what they are not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from analyzers import Config, Severity, Status, check, review
from analyzers.catalogue import load_rules
from analyzers.files import MemoryFiles
from analyzers.finding import Report
from analyzers.model.image import Stage
from analyzers.rule import Problem, Rule

ONLY = Config(disabled={name: "another matter" for name in load_rules() if name != "base-image-latest"})
TWO = Config(disabled={name: reason for name, reason in ONLY.disabled.items() if name != "dsn-with-password"})
GOOD, BAD = 'FROM alpine:3.22\nCMD ["x"]\n', 'FROM alpine:latest\nCMD ["x"]\n'

COMPARISONS = {
    "nothing to say": ({"Dockerfile": GOOD}, {"Dockerfile": GOOD}, {}, [], 0),
    "introduced": ({"Dockerfile": GOOD}, {"Dockerfile": BAD}, {}, [Status.INTRODUCED], 0),
    "fixed": ({"Dockerfile": BAD}, {"Dockerfile": GOOD}, {}, [], 1),
    "known before": ({"Dockerfile": BAD}, {"Dockerfile": BAD}, {}, [Status.KNOWN], 0),
    "moved down": ({"Dockerfile": BAD}, {"Dockerfile": "# note\n\n" + BAD}, {}, [Status.KNOWN], 0),
    "a second one of the same": (
        {"Dockerfile": BAD},
        {"Dockerfile": "FROM alpine:latest AS a\n" + BAD},
        {},
        [Status.KNOWN, Status.INTRODUCED],
        0,
    ),
    "renamed": (
        {"Dockerfile": BAD},
        {"web/Dockerfile": BAD},
        {"Dockerfile": "web/Dockerfile"},
        [Status.KNOWN],
        0,
    ),
    "copied": (
        {"Dockerfile": BAD},
        {"Dockerfile": BAD, "b/Dockerfile": BAD},
        {},
        [Status.KNOWN, Status.INTRODUCED],
        0,
    ),
    "file removed": ({"Dockerfile": BAD}, {}, {}, [], 1),
    "ignored": (
        {"Dockerfile": GOOD},
        {"Dockerfile": "# shipworthy: ignore[base-image-latest] rebuilt daily\n" + BAD},
        {},
        [Status.IGNORED],
        0,
    ),
    "ignored no more": (
        {"Dockerfile": "# shipworthy: ignore[base-image-latest] for now\n" + BAD},
        {"Dockerfile": BAD},
        {},
        [Status.INTRODUCED],
        0,
    ),
}


@pytest.mark.parametrize(
    ("base", "head", "renames", "statuses", "fixed"), COMPARISONS.values(), ids=COMPARISONS.keys()
)
def test_a_change_is_told_what_it_did(
    base: dict[str, str], head: dict[str, str], renames: dict[str, str], statuses: list[Status], fixed: int
) -> None:
    report = review(MemoryFiles(base), MemoryFiles(head), ONLY, renames=renames)
    assert [finding.status for finding in report.findings] == statuses
    assert len(report.fixed) == fixed


# A Dockerfile knows no comment behind an instruction, so the ones there stand alone.
SECRET = "test:\n  script: [make]\n  variables:\n    DB: postgres://app:hunter22@db.acme.io/app"
IGNORES = {
    "at the end of the line": (
        ".gitlab-ci.yml",
        SECRET + " # shipworthy: ignore[dsn-with-password] why\n",
        True,
        [],
    ),
    "on the line above": ("Dockerfile", "# shipworthy: ignore[base-image-latest] why\n" + BAD, True, []),
    "for the file": ("Dockerfile", BAD + "# shipworthy: ignore-file[base-image-latest] why\n", True, []),
    "two rules": (
        "Dockerfile",
        "# shipworthy: ignore[base-image-latest, vulnerable-module] why\n" + BAD,
        True,
        [],
    ),
    "two lines above": (
        "Dockerfile",
        "# shipworthy: ignore[base-image-latest] why\n\n" + BAD,
        False,
        ["the ignore comment ignores nothing: no finding of base-image-latest here"],
    ),
    "after other words": (
        ".gitlab-ci.yml",
        "stages: [a] # shipworthy: ignore[dsn-with-password] why\n" + SECRET + "\n",
        False,
        ["the ignore comment ignores nothing: no finding of dsn-with-password here"],
    ),
    "without a reason": (
        "Dockerfile",
        "# shipworthy: ignore[base-image-latest]\n" + BAD,
        False,
        ["the ignore comment is not obeyed: an ignore needs a reason after the bracket"],
    ),
    "misspelt": (
        "Dockerfile",
        "# shipworthy: ignore[base-image-lates] why\n" + BAD,
        False,
        ['the ignore comment ignores the unknown rule "base-image-lates"; did you mean "base-image-latest"?'],
    ),
}


BARE_POD = """apiVersion: v1
kind: Pod
metadata:
  name: shop{annotations}
spec:
  containers:
    - name: shop
      env:
        - {{name: DB, value: "postgres://app:hunter22@db.acme.io/app"}}
"""


def annotated(*annotations: str) -> str:
    lines = "".join(f"\n    {annotation}" for annotation in annotations)
    return BARE_POD.format(annotations=f"\n  annotations:{lines}")


IGNORES |= {
    "an object's annotation": (
        "deploy/pod.yaml",
        annotated("shipworthy.dev/ignore.dsn-with-password: a database for demonstrations"),
        True,
        [],
    ),
    "another object's annotation": (
        "deploy/pod.yaml",
        annotated("a: b")
        + "---\n"
        + "metadata: {annotations: {shipworthy.dev/ignore.dsn-with-password: why}}\n",
        False,
        ["the ignore annotation ignores nothing: no finding of dsn-with-password here"],
    ),
    "an annotation without a reason": (
        "deploy/pod.yaml",
        annotated("shipworthy.dev/ignore.dsn-with-password:"),
        False,
        ["the ignore annotation is not obeyed: an ignore needs a reason as its value"],
    ),
    "a misspelt annotation": (
        "deploy/pod.yaml",
        annotated("shipworthy.dev/ignore.dsn-with-pasword: why"),
        False,
        [
            'the ignore annotation ignores the unknown rule "dsn-with-pasword"; '
            'did you mean "dsn-with-password"?'
        ],
    ),
}


@pytest.mark.parametrize(("path", "text", "silenced", "notes"), IGNORES.values(), ids=IGNORES.keys())
def test_an_ignore_is_obeyed(path: str, text: str, silenced: bool, notes: list[str]) -> None:
    report = check(MemoryFiles({path: text}), TWO)
    assert [finding.status is Status.IGNORED for finding in report.findings] == [silenced]
    assert [note.reason for note in report.notes] == notes
    assert not any(note.is_failure for note in report.notes)


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 12345\n"
BROKEN = {
    "binary": ("sub/Dockerfile", b"\xff\xfe\x00", "is not UTF-8 text, not analysed"),
    "a Git LFS pointer": (
        "sub/Dockerfile",
        POINTER,
        "is a Git LFS pointer: what it stands for is not in the repository, not analysed",
    ),
    "YAML that is none": ("deploy/app.yaml", b"a: [\n", None),
    "too large": ("deploy/big.yaml", b"#" * ((5 << 20) + 1), "larger than 1024 KiB, not analysed"),
    "bottomless YAML": ("deploy/deep.yaml", b"[" * 100_000, None),
    "Go that is none": ("broken.go", b"{" * 1_000_000, None),
}


@pytest.mark.parametrize(("path", "content", "reason"), BROKEN.values(), ids=BROKEN.keys())
def test_a_file_that_cannot_be_read_is_named_and_costs_no_other(
    path: str, content: bytes, reason: str | None
) -> None:
    report = check(MemoryFiles({"Dockerfile": BAD, path: content}), ONLY)
    assert [finding.at.path for finding in report.findings] == ["Dockerfile"]
    assert [note.path for note in report.notes] == [path]
    assert reason is None or [note.reason for note in report.notes] == [reason]


def test_a_file_that_only_speaks_of_pointers_is_read() -> None:
    content = BAD + "# " + POINTER.decode().replace("\n", "\n# ")
    report = check(MemoryFiles({"Dockerfile": content}), ONLY)
    assert ([finding.rule for finding in report.findings], report.notes) == (["base-image-latest"], ())


def test_settings_are_obeyed() -> None:
    files = MemoryFiles({"Dockerfile": BAD, "examples.d/Dockerfile": BAD})
    config = Config(
        exclude=("examples.d/",), severities={"base-image-latest": Severity.NOTE}, disabled=ONLY.disabled
    )
    (finding,) = check(files, config).findings
    assert (finding.at.path, finding.severity) == ("Dockerfile", Severity.NOTE)


def test_only_the_paths_asked_for_are_reported() -> None:
    files = MemoryFiles({"Dockerfile": BAD, "web/Dockerfile": BAD})
    assert [finding.at.path for finding in check(files, ONLY, paths=["web"]).findings] == ["web/Dockerfile"]


def test_a_rule_that_breaks_is_named_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(stage: Stage) -> Iterator[Problem]:
        raise ZeroDivisionError("one")
        yield

    whole = load_rules()
    broken = Rule("a-broken-rule", "image", whole["base-image-latest"].page_path, Stage, fall)
    monkeypatch.setattr("analyzers.engine.load_rules", lambda: {broken.id: broken, **whole})
    report: Report = check(MemoryFiles({"Dockerfile": BAD}), ONLY)
    assert [finding.rule for finding in report.findings] == ["base-image-latest"]
    assert [note.reason for note in report.notes] == [
        "the rule a-broken-rule failed (ZeroDivisionError) and was left out"
    ]


def test_a_broken_go_file_that_nothing_uses_is_named_where_the_change_touches_it() -> None:
    base = {"go.mod": "module example.com/x\n"}
    head = base | {"inner/part.go": "package inner\n\nfunc half( {\n"}
    report = review(MemoryFiles(base), MemoryFiles(head), ONLY, changed=["inner/part.go"])
    assert [(note.path, note.line, note.is_failure) for note in report.notes] == [("inner/part.go", 3, True)]
