"""Every Java application of a repository, as far as its pools and its logging go."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator

from analyzers.model.java.application import JavaApplication, Logback, LogCall, Pool, SpringSettings
from analyzers.model.java.log_calls import find_log_calls
from analyzers.model.java.logback import is_logback, read_logback
from analyzers.model.java.pools import pools_of_settings, pools_of_source
from analyzers.model.java.spring import is_spring_settings, read_spring_properties, read_spring_yaml
from analyzers.model.scope import is_deployed
from analyzers.parsers.properties import parse_properties
from analyzers.parsers.yaml_comments import read_comments
from analyzers.parsers.yaml_tree import parse_yaml
from analyzers.sources import Sources

_BUILD_FILES = frozenset({"pom.xml", "build.gradle", "build.gradle.kts"})
_TELLING = re.compile(rb"Hikari|\b(?:log|logger|LOG|LOGGER)\s?\.(?:trace|debug|info|warn|error)\(")
"""Only source with one of these can hold a fact that is read here."""
_DIVISION = re.compile(r"^[#!]---", re.M)

Found = SpringSettings | Pool | Logback | LogCall


def read_java_applications(sources: Sources) -> tuple[JavaApplication, ...]:
    """What is deployed of Java, by the folder of its build file."""
    roots = frozenset(
        posixpath.dirname(path) for path in sources.tree if posixpath.basename(path) in _BUILD_FILES
    )
    found: dict[str, list[Found]] = defaultdict(list)
    for path in filter(is_deployed, sources.paths):
        for fact in _read(sources, path):
            found[_root_of(path, roots)].append(fact)
    return tuple(_application(directory, facts) for directory, facts in sorted(found.items()))


def _application(directory: str, facts: list[Found]) -> JavaApplication:
    settings = tuple(fact for fact in facts if isinstance(fact, SpringSettings))
    written = (fact for fact in facts if isinstance(fact, Pool))
    return JavaApplication(
        directory,
        settings,
        (*(pool for each in settings for pool in pools_of_settings(each)), *written),
        tuple(fact for fact in facts if isinstance(fact, Logback)),
        tuple(fact for fact in facts if isinstance(fact, LogCall)),
    )


def _root_of(path: str, roots: frozenset[str]) -> str:
    """The nearest folder with a build file, else the one that holds `src`, else the file's own."""
    folder = posixpath.dirname(path)
    around = folder
    while around not in roots and around:
        around = posixpath.dirname(around)
    if around in roots:
        return around
    return path.partition("src/")[0].rstrip("/") if f"/{path}".find("/src/") >= 0 else folder


def _read(sources: Sources, path: str) -> Iterator[Found]:
    if path.endswith(".java"):
        yield from _read_source(sources, path)
    elif is_logback(path):
        from analyzers.parsers.xml_tree import parse_xml

        root = sources.parse(path, parse_xml)
        logback = read_logback(path, root) if root else None
        yield from (logback,) if logback else ()
    elif is_spring_settings(path) or posixpath.basename(path) == "hikari.properties":
        yield from _read_settings(sources, path)


def _read_settings(sources: Sources, path: str) -> Iterator[SpringSettings]:
    text = sources.text(path) or ""
    if path.endswith(".properties"):
        properties = sources.parse(path, parse_properties)
        if properties:
            yield read_spring_properties(path, properties, is_divided=bool(_DIVISION.search(text)))
    elif documents := sources.parse(path, parse_yaml):
        comments = {each.line: each.text for each in read_comments(text, documents)}
        yield from read_spring_yaml(path, documents, comments)


def _read_source(sources: Sources, path: str) -> Iterator[Pool | LogCall]:
    if not _TELLING.search(sources.content(path) or b""):
        return
    from analyzers.parsers.java import parse_java

    if file := sources.parse_bytes(path, parse_java):
        if file.is_partial:
            why = file.limit or "syntax that is wrong, or newer than ours"
            sources.note(path, f"could not be read as a whole: {why}")
        yield from pools_of_source(path, file)
        yield from find_log_calls(path, file)
