"""Matching modules against a small database of our own, and the real one where it is at hand."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from analyzers.model.modules.advisories import AdvisoryDatabase, Reader, directory_reader
from analyzers.model.modules.module_reader import read_module, with_advisories
from analyzers.parsers.gomod import parse_gomod
from analyzers.parsers.problem import Unreadable

Event = Mapping[str, str]


def entry(*events: Event, custom: Sequence[Event] = (), **more: object) -> dict[str, Any]:
    specific: dict[str, Any] = {"imports": [{"path": "example.com/a/sub"}, {"path": "example.com/a/sub"}]}
    if custom:
        specific["custom_ranges"] = [{"type": "ECOSYSTEM", "events": list(custom)}]
    return {
        "summary": "Something is wrong",
        "aliases": ["CVE-2000-1"],
        "affected": [
            {
                "package": {"name": "example.com/a"},
                "ranges": [{"type": "SEMVER", "events": list(events)}] if events else [],
                "ecosystem_specific": specific,
            }
        ],
        "database_specific": {"review_status": "REVIEWED"},
        **more,
    }


def database(*entries: Mapping[str, Any], fixed: str = "") -> AdvisoryDatabase:
    """Entries GO-1, GO-2, … of example.com/a."""
    files = {f"ID/GO-{number}.json": {"id": f"GO-{number}", **item} for number, item in enumerate(entries, 1)}
    vulns = [
        {"id": f"GO-{number}", **({"fixed": fixed} if fixed else {})} for number in range(1, len(entries) + 1)
    ]
    texts = {name: json.dumps(content).encode() for name, content in files.items()}
    texts["index/modules.json"] = json.dumps([{"path": "example.com/a", "vulns": vulns}]).encode()
    return AdvisoryDatabase(texts.get)


START, FIX = {"introduced": "0"}, {"fixed": "1.2.0"}
INDEX = b'[{"path": "example.com/a", "vulns": [{"id": "GO-1"}]}]'


@pytest.mark.parametrize(
    ("entries", "version"),
    [
        pytest.param([entry(START, FIX)], "v1.2.0", id="the fix"),
        pytest.param([entry(START, FIX)], "v1.3.0-rc.1", id="after the fix"),
        pytest.param([entry(START, FIX)], "main", id="no version"),
        pytest.param([entry({"introduced": "1.0.0"})], "v0.9.0", id="before it came"),
        pytest.param([entry(START, FIX, {"introduced": "1.4.0"})], "v1.3.0", id="between two ranges"),
        pytest.param([entry(START, withdrawn="2020-01-01T00:00:00Z")], "v1.0.0", id="withdrawn"),
        pytest.param([entry(START, custom=[START, FIX])], "v1.2.0", id="fixed by the vendor's own numbers"),
        pytest.param([], "v1.0.0", id="nothing known"),
    ],
)
def test_not_affected(entries: list[Mapping[str, Any]], version: str) -> None:
    assert database(*entries).advisories_for("example.com/a", version) == ()


@pytest.mark.parametrize(
    ("affected", "version", "fixed"),
    [
        pytest.param(entry(START, FIX), "v1.1.9", "1.2.0", id="before the fix"),
        pytest.param(entry(START, FIX), "v1.2.0-rc.1", "1.2.0", id="a release candidate of the fix"),
        pytest.param(entry(START, FIX), "v0.0.0-20200101000000-abcdefabcdef", "1.2.0", id="a pseudo-version"),
        pytest.param(entry({"introduced": "1.0.0"}), "v1.0.0", "", id="the first bad one, without fix"),
        pytest.param(
            entry(START, FIX, {"introduced": "1.4.0"}, {"fixed": "1.4.5"}),
            "v1.4.0",
            "1.4.5",
            id="a second range",
        ),
        pytest.param(entry(FIX, START), "v1.0.0", "1.2.0", id="events out of order"),
        pytest.param(entry(), "v1.0.0", "", id="no ranges at all"),
        pytest.param(entry(START, custom=[START, FIX]), "v1.1.0", "", id="the vendor's own numbers agree"),
        pytest.param(
            entry(START, custom=[START, {"fixed": "r12"}]),
            "v1.3.0",
            "",
            id="the vendor's numbers are no versions",
        ),
    ],
)
def test_affected(affected: Mapping[str, Any], version: str, fixed: str) -> None:
    (advisory,) = database(affected).advisories_for("example.com/a", version)
    assert (advisory.id, advisory.fixed, advisory.aliases) == ("GO-1", fixed, ("CVE-2000-1",))
    assert advisory.packages == ("example.com/a/sub",)
    assert advisory.reviewed


@pytest.mark.parametrize(
    ("packages", "affected"),
    [
        pytest.param([{"path": "example.com/a/w", "goos": ["windows"]}], None, id="another system's package"),
        pytest.param(
            [{"path": "example.com/a/l", "goos": ["linux", "darwin"]}], ("example.com/a/l",), id="ours"
        ),
        pytest.param(
            [{"path": "example.com/a/w", "goos": ["windows"]}, {"path": "example.com/a"}],
            ("example.com/a",),
            id="both",
        ),
    ],
)
def test_only_what_is_built_for_containers_counts(
    packages: list[Mapping[str, Any]], affected: tuple[str, ...] | None
) -> None:
    item = entry(START, FIX)
    item["affected"][0]["ecosystem_specific"]["imports"] = packages
    found = database(item).advisories_for("example.com/a", "v1.0.0")
    assert [advisory.packages for advisory in found] == ([affected] if affected else [])


@pytest.mark.parametrize(
    ("entries", "mended"),
    [
        pytest.param([entry({"introduced": "0"})], "", id="nothing is fixed"),
        pytest.param([entry({"introduced": "0"}, {"fixed": "1.1.0"})], "1.1.0", id="one entry"),
        pytest.param(
            [
                entry({"introduced": "0"}, {"fixed": "1.1.0"}),
                entry({"introduced": "1.1.0"}, {"fixed": "1.2.0"}, {"introduced": "1.3.0"}),
            ],
            "1.2.0",
            id="the first fix brings another vulnerability",
        ),
        pytest.param(
            [entry({"introduced": "0"}, {"fixed": "1.1.0"}), entry({"introduced": "1.1.0"})],
            "1.1.0",
            id="what came with the fix has none itself",
        ),
    ],
)
def test_the_version_that_leaves_all_behind(entries: list[Mapping[str, Any]], mended: str) -> None:
    assert database(*entries).examine("example.com/a", "v1.0.0")[1] == mended


def test_the_index_saves_reading_what_is_fixed() -> None:
    asked: list[str] = []
    inner = database(entry(START, FIX), fixed="1.2.0")

    def read(name: str) -> bytes | None:
        asked.append(name)
        return inner._read(name)

    assert AdvisoryDatabase(read).advisories_for("example.com/a", "v1.2.0") == ()
    assert asked == ["index/modules.json"]


def test_a_database_that_changes_is_read_again(tmp_path: Path) -> None:
    write(tmp_path, {"index/modules.json": []})
    read = AdvisoryDatabase(directory_reader(tmp_path))
    assert read.advisories_for("example.com/a", "v1.0.0") == ()
    index = [{"path": "example.com/a", "vulns": [{"id": "GO-1"}]}]
    write(tmp_path, {"index/modules.json": index, "ID/GO-1.json": {"id": "GO-1", **entry(START)}})
    os.utime(tmp_path / "index/modules.json", (1, 1))
    assert len(read.advisories_for("example.com/a", "v1.0.0")) == 1


def write(folder: Path, files: Mapping[str, object]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param({}, "no index/modules.json", id="no index"),
        pytest.param({"index/modules.json": b"<html>"}, "no JSON", id="a page instead"),
        pytest.param({"index/modules.json": b'{"a": 1}'}, "another shape", id="an index of another shape"),
        pytest.param(
            {"index/modules.json": INDEX, "ID/GO-1.json": b"[1]"}, "another shape", id="an entry that is none"
        ),
        pytest.param(
            {"index/modules.json": INDEX, "ID/GO-1.json": b'{"id": "GO-1", "affected": [{}]}'},
            "another shape",
            id="an entry without its module",
        ),
    ],
)
def test_a_broken_database_is_said(files: Mapping[str, bytes], message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        AdvisoryDatabase(files.get).advisories_for("example.com/a", "v1.0.0")


@pytest.mark.parametrize(
    ("gomod", "count"),
    [
        pytest.param("require example.com/a v1.2.0", 0, id="a fixed version"),
        pytest.param(
            "require example.com/a v1.0.0\nreplace example.com/a => ../a", 0, id="replaced by a folder"
        ),
        pytest.param(
            "require example.com/a v1.0.0\nreplace example.com/a => example.com/f v1.0.0", 0, id="a fork"
        ),
        pytest.param(
            "require example.com/a v1.0.0\nreplace example.com/a => example.com/a v1.2.0", 0, id="lifted"
        ),
        pytest.param("require example.com/a v1.0.0", 1, id="a vulnerable version"),
        pytest.param(
            "require example.com/b v1.0.0\nreplace example.com/b => example.com/a v1.0.0", 1, id="as a fork"
        ),
    ],
)
def test_requirements_are_judged_after_replacement(gomod: str, count: int) -> None:
    module = with_advisories(read_module("go.mod", parse_gomod(gomod), ()), database(entry(START, FIX)))
    assert [len(requirement.advisories) for requirement in module.requirements] == [count]


@pytest.fixture(scope="module")
def snapshot() -> Reader:
    """The database in SHIPWORTHY_ADVISORIES: a folder or a zip file in the vuln.go.dev layout."""
    place = os.environ.get("SHIPWORTHY_ADVISORIES")
    beside = Path(__file__).parents[5] / "shared" / "advisories"
    found = [Path(place)] if place else sorted(beside.glob("go-vulndb-*.zip"))
    if not found:
        pytest.skip("no snapshot of the Go vulnerability database: SHIPWORTHY_ADVISORIES is not set")
    if found[0].is_dir():
        return directory_reader(found[0])
    archive = zipfile.ZipFile(found[0])
    names = set(archive.namelist())
    return lambda name: archive.read(name) if name in names else None


@pytest.mark.parametrize(
    ("path", "version", "expected"),
    [
        pytest.param("github.com/moby/term", "v0.0.0", {}, id="moby/term has none"),
        pytest.param("golang.org/x/text", "v0.39.0", {}, id="x/text, all fixed"),
        pytest.param(
            "golang.org/x/text",
            "v0.3.0",
            {
                "GO-2020-0015": "0.3.3",
                "GO-2021-0113": "0.3.7",
                "GO-2022-1059": "0.3.8",
                "GO-2026-5970": "0.39.0",
            },
            id="x/text v0.3.0",
        ),
    ],
)
def test_facts_of_the_snapshot(
    snapshot: Reader, path: str, version: str, expected: Mapping[str, str]
) -> None:
    found = AdvisoryDatabase(snapshot).advisories_for(path, version)
    assert {advisory.id: advisory.fixed for advisory in found} == expected


@pytest.mark.parametrize(
    ("path", "version", "fixed"),
    [
        pytest.param("golang.org/x/net", "v0.17.0", None, id="x/net fixed"),
        pytest.param("stdlib", "go1.20.10", None, id="Go 1.20 fixed"),
        pytest.param("golang.org/x/net", "v0.16.0", "0.17.0", id="x/net"),
        pytest.param("stdlib", "go1.20.9", "1.20.10", id="Go 1.20"),
        pytest.param("stdlib", "1.21.2", "1.21.3", id="Go 1.21"),
    ],
)
def test_rapid_reset_in_the_snapshot(snapshot: Reader, path: str, version: str, fixed: str | None) -> None:
    found = {advisory.id: advisory for advisory in AdvisoryDatabase(snapshot).advisories_for(path, version)}
    rapid_reset = found.get("GO-2023-2102")
    assert (rapid_reset and rapid_reset.fixed) == fixed
    assert rapid_reset is None or "CVE-2023-39325" in rapid_reset.aliases


def test_symbols_are_what_others_can_call() -> None:
    packages = [
        {"path": "example.com/a/x", "symbols": ["Run", "T.Do", "t.Do", "hide"]},
        {"path": "example.com/a/y", "symbols": ["hide"]},
        {"path": "example.com/a/z"},
    ]
    changed = entry(START, FIX)
    changed["affected"][0]["ecosystem_specific"]["imports"] = packages
    (advisory,) = database(changed).advisories_for("example.com/a", "v1.0.0")
    assert advisory.symbols == {"example.com/a/x": ("Run", "T.Do")}


@pytest.mark.parametrize(
    ("summary", "matters"),
    [
        ("Panic in Dial on Windows in net", False),
        ("Windows path traversal in Static", False),
        ("BSD kenv command without a path", False),
        ("Wrong flags on Unix and on Windows in os", True),
        ("Windows can be opened in a house", True),
    ],
)
def test_other_systems_are_told_in_words(summary: str, matters: bool) -> None:
    known = database(entry(START, FIX, summary=summary)).advisories_for("example.com/a", "v1.0.0")
    assert bool(known) is matters
