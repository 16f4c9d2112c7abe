"""Known vulnerabilities of a module at a version, from the Go vulnerability database.

Layout and fields: https://go.dev/doc/security/vuln/database. Nothing here touches the network: a `Reader`
hands over the files, as `index/modules.json` or `ID/GO-2020-0015.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from analyzers.model.advisory import Advisory
from analyzers.model.modules.upgrades import highest_fix
from analyzers.parsers import semver
from analyzers.parsers.problem import Unreadable

_OTHER_SYSTEM = re.compile(r"\bon (?:Windows|macOS|Darwin)\b|\bBSD\b|\bWindows (?:file|path)", re.I)
_LINUX = re.compile(r"\b(?:Linux|Unix)\b", re.I)

Entries = dict[str, Mapping[str, Any]]
Reader = Callable[[str], bytes | None]
"""The content of a file of the database, None where there is none. May raise OSError."""


class AdvisoryDatabase:
    """The database behind a reader. The index is parsed again only when the reader hands over another one."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._index: tuple[bytes, Mapping[str, Sequence[Mapping[str, str]]]] = (b"", {})

    def advisories_for(self, path: str, version: str) -> tuple[Advisory, ...]:
        """What is known of a module (`stdlib` for Go's own packages) at a version, by id.

        An unknown version is not affected. Raises OSError where the database cannot be reached and
        Unreadable where it is none.
        """
        return self._find(path, version, {})

    def examine(self, path: str, version: str) -> tuple[tuple[Advisory, ...], str]:
        """The same, and the next version that leaves behind all that has a fix; empty without one.

        A version that mends one thing may have brought another, so it is looked at in its turn. Written as
        the database does.
        """
        entries: Entries = {}
        found = left = self._find(path, version, entries)
        mended = ""
        while fix := highest_fix(left):
            mended = fix
            left = self._find(path, fix, entries)
        return found, mended

    def _find(self, path: str, version: str, entries: Entries) -> tuple[Advisory, ...]:
        """`entries` keeps what is read for one module."""
        key = semver.key(version)
        if key is None:
            return ()
        try:
            named = [entry["id"] for entry in self._candidates(path, key)]
            found = [_advisory(self._entry(name, entries), path, key) for name in named]
        except (AttributeError, KeyError, TypeError, ValueError):
            raise Unreadable("the vulnerability database is of another shape") from None
        return tuple(sorted((advisory for advisory in found if advisory), key=lambda advisory: advisory.id))

    def _candidates(self, path: str, key: semver.Key) -> Iterator[Mapping[str, str]]:
        """The index's entries of a module, but for those whose last fix is in."""
        for entry in self._modules().get(path, ()):
            fixed = semver.key(entry.get("fixed", ""))
            if fixed is None or key < fixed:
                yield entry

    def _modules(self) -> Mapping[str, Sequence[Mapping[str, str]]]:
        content = self._read("index/modules.json")
        if content is None:
            raise Unreadable("the vulnerability database has no index/modules.json")
        known, modules = self._index
        if content is not known:
            modules = {module["path"]: module["vulns"] for module in _parse(content)}
            self._index = (content, modules)
        return modules

    def _entry(self, name: str, entries: Entries) -> Mapping[str, Any]:
        if name not in entries:
            content = self._read(f"ID/{name}.json")
            entries[name] = _parse(content) if content else {}
        return entries[name]


def directory_reader(folder: Path) -> Reader:
    """Reads an unpacked database. The index is read again when its file changes."""
    kept: dict[str, tuple[int, bytes]] = {}

    def read(name: str) -> bytes | None:
        file = Path(f"{folder}/{name}")
        try:
            changed = file.stat().st_mtime_ns
            if name in kept and kept[name][0] == changed:
                return kept[name][1]
            content = file.read_bytes()
        except FileNotFoundError:
            return None
        if name.startswith("index/"):
            kept[name] = changed, content
        return content

    return read


def _advisory(entry: Mapping[str, Any], path: str, key: semver.Key) -> Advisory | None:
    if "withdrawn" in entry or _is_about_another_system(entry.get("summary", "")):
        return None
    affected = [part for part in entry.get("affected", ()) if part["package"]["name"] == path]
    matching = [part for part in affected if _concerns_containers(part) and _is_affected(part, key)]
    return _describe(entry, matching, key) if matching else None


def _parse(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        raise Unreadable("the vulnerability database holds a file that is no JSON") from None


def _is_about_another_system(summary: str) -> bool:
    """Newer entries say it in words alone, and name no `goos`."""
    return bool(_OTHER_SYSTEM.search(summary)) and not _LINUX.search(summary)


def _concerns_containers(part: Mapping[str, Any]) -> bool:
    """The part is not about packages that are built for other systems than Linux alone."""
    packages = part.get("ecosystem_specific", {}).get("imports", ())
    return not packages or any(map(_is_built_for_linux, packages))


def _is_built_for_linux(package: Mapping[str, Any]) -> bool:
    return "linux" in package.get("goos", ("linux",))


def _is_affected(part: Mapping[str, Any], key: semver.Key) -> bool:
    """Whether a version lies in the ranges, and in the vendor's own numbering where the entry has it.

    Many entries without a fix in module versions are open in `ranges`; their `custom_ranges` know better.
    """
    if not _lies_in(part.get("ranges", ()), key):
        return False
    custom = part.get("ecosystem_specific", {}).get("custom_ranges", ())
    return not custom or not _is_comparable(custom) or _lies_in(custom, key)


def _is_comparable(ranges: Sequence[Mapping[str, Any]]) -> bool:
    versions = (version for span in ranges for event in span["events"] for version in event.values())
    return all(semver.key(version) is not None for version in versions)


def _lies_in(ranges: Sequence[Mapping[str, Any]], key: semver.Key) -> bool:
    """No ranges at all mean every version."""
    return not ranges or any(_is_inside(span["events"], key) for span in ranges)


def _is_inside(events: Sequence[Mapping[str, str]], key: semver.Key) -> bool:
    """Left-closed, right-open intervals: the last event at or before the version decides."""
    inside = False
    for boundary, is_start in sorted(_boundaries(events)):
        if boundary <= key:
            inside = is_start
    return inside


def _boundaries(events: Sequence[Mapping[str, str]]) -> Iterator[tuple[semver.Key, bool]]:
    for event in events:
        for kind, version in event.items():
            key = semver.key(version)
            if key is not None and kind in ("introduced", "fixed"):
                yield key, kind == "introduced"


def _describe(entry: Mapping[str, Any], parts: Sequence[Mapping[str, Any]], key: semver.Key) -> Advisory:
    packages = [
        package
        for part in parts
        for package in part.get("ecosystem_specific", {}).get("imports", ())
        if _is_built_for_linux(package)
    ]
    return Advisory(
        id=entry["id"],
        aliases=tuple(entry.get("aliases", ())),
        summary=entry.get("summary", ""),
        fixed=_first_fix(parts, key),
        packages=tuple(dict.fromkeys(package["path"] for package in packages)),
        reviewed=entry.get("database_specific", {}).get("review_status") == "REVIEWED",
        symbols=_symbols(packages),
    )


def _symbols(packages: Sequence[Mapping[str, Any]]) -> Mapping[str, tuple[str, ...]]:
    """What others can call; nothing of a package of which one entry names none, or none of that kind."""
    found: dict[str, tuple[str, ...]] = {}
    whole: set[str] = set()
    for package in packages:
        exported = tuple(filter(_is_exported, package.get("symbols", ())))
        found[package["path"]] = (*found.get(package["path"], ()), *exported)
        if not exported:
            whole.add(package["path"])
    return {path: symbols for path, symbols in found.items() if path not in whole}


def _is_exported(symbol: str) -> bool:
    return all(part[:1].isupper() for part in symbol.split("."))


def _first_fix(parts: Sequence[Mapping[str, Any]], key: semver.Key) -> str:
    """The nearest fix after a version, as the database writes it (`0.17.0`)."""
    fixes = [
        (fixed, event["fixed"])
        for part in parts
        for span in part.get("ranges", ())
        for event in span["events"]
        if "fixed" in event and (fixed := semver.key(event["fixed"])) is not None and fixed > key
    ]
    return min(fixes)[1] if fixes else ""
