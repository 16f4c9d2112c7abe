"""What is read from a line or less: each text goes to all of these readers."""

from __future__ import annotations

from analyzers.model.quantity import bytes_of, cores_of
from analyzers.parsers.connection_string import find_credentials
from analyzers.parsers.expansion import Unset, expand
from analyzers.parsers.go.build_constraint import holds, is_built
from analyzers.parsers.image_name import parse_image_name, split_from
from analyzers.parsers.semver import is_older, key
from analyzers.parsers.wildcard import compile_wildcard
from tests.fuzz.entries.files import of_text
from tests.fuzz.entry import Entry
from tests.fuzz.grammar import load, one_of

_VALUES: dict[str, str | None] = {"A": "a*b/c.d", "LONG": "ab" * 2000, "EMPTY": "", "UNKNOWN": None}


def _lookup(name: str) -> str | Unset | None:
    return _VALUES.get(name, Unset.UNSET)


def _expand(text: str) -> object:
    pattern = compile_wildcard(text[:400])
    return expand(text, _lookup), expand(text, _lookup, "`"), pattern and pattern.search(text[::-1])


def _credentials(text: str) -> object:
    found = find_credentials(text)
    assert found is None or len(found.password) < 6 or found.password not in found.shown
    return found


def _read(text: str) -> tuple[object, ...]:
    return (
        _expand(text),
        (parse_image_name(text), split_from(text)),
        (key(text), is_older(text, "v1.2.3"), bytes_of(text), cores_of(text)),
        (holds(text), is_built(f"{text}_linux_arm64.go", text)),
        _credentials(text),
    )


_GRAMMARS = ("expansion", "image-name", "version", "build-constraint", "connection-string")

WORDS = (Entry("words", of_text(_read), one_of(*map(load, _GRAMMARS))),)
