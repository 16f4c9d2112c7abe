"""How fast each parser reads the files of a corpus beside a peer, what it refuses, and whether it breaks."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import tree_sitter
import tree_sitter_bash
import tree_sitter_go
import tree_sitter_hcl
import tree_sitter_java
import yaml
from dockerfile_parse import DockerfileParser

from analyzers.collector import collector_resting
from analyzers.model.compose_reader import is_compose
from analyzers.model.pipelines.entries import is_github_workflow, is_gitlab_entry
from analyzers.parsers.bake import parse_hcl
from analyzers.parsers.dockerfile import parse_dockerfile
from analyzers.parsers.dockerignore import parse_dockerignore
from analyzers.parsers.go import parse_go
from analyzers.parsers.gomod import parse_gomod
from analyzers.parsers.helm import parse_template
from analyzers.parsers.java import parse_java
from analyzers.parsers.makefile import parse_makefile
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.properties import parse_properties
from analyzers.parsers.shell import parse_shell
from analyzers.parsers.xml_tree import parse_xml
from analyzers.parsers.yaml_tree import parse_yaml
from analyzers.selection import MAX_FILE_BYTES, is_dockerfile, is_go_source, is_makefile, is_yaml

Row = tuple[str, str]
Belongs = Callable[[str], bool]
Parse = Callable[[bytes], object]


@dataclass(frozen=True)
class Peer:
    """Something else that reads the same bytes, measured beside it: machines differ, ratios hold."""

    name: str
    parse: Parse


@dataclass(frozen=True)
class Parser:
    name: str
    belongs: Belongs
    parse: Parse
    peer: Peer


@dataclass
class Tally:
    """What came of many files. `refused` were refused in so many words, anything else is `broken`."""

    seconds: float = 1e-9
    refused: int = 0
    broken: list[str] = field(default_factory=list)


def of_text(parse: Callable[[str], object]) -> Parse:
    return lambda content: parse(content.decode())


def ends(*endings: str) -> Belongs:
    return lambda path: path.endswith(endings)


def is_template(path: str) -> bool:
    """Told by the place alone, as the corpus may be a part of a chart."""
    return "/templates/" in f"/{path}" and path.endswith((".yaml", ".yml", ".tpl"))


def is_workflow(path: str) -> bool:
    """In the folder of a corpus or at the root of what is measured alone."""
    return is_github_workflow(path) or is_github_workflow(path.partition("/")[2])


def is_gitlab(path: str) -> bool:
    return is_gitlab_entry(path) or is_gitlab_entry(path.partition("/")[2])


def is_plain_yaml(path: str) -> bool:
    special = (is_template, is_workflow, is_gitlab, is_compose)
    return is_yaml(path) and not any(belongs(path) for belongs in special)


def syntax_alone(language: object) -> Parse:
    """What tree-sitter makes of it before a single fact is taken from the tree."""
    parser = tree_sitter.Parser(tree_sitter.Language(language))
    return parser.parse


def _yaml(content: bytes) -> object:
    return list(yaml.compose_all(content, yaml.CSafeLoader))


def _dockerfile(content: bytes) -> object:
    return DockerfileParser(fileobj=BytesIO(content)).structure


def _words(content: bytes) -> object:
    return [(found.start(), found.group()) for found in re.finditer(r"\S+", content.decode())]


YAML = Peer("PyYAML's C composer", _yaml)
WORDS = Peer("its words with their places", _words)
DOCKERFILE = Peer("dockerfile-parse, which reads no flags", _dockerfile)
GO = Peer("tree-sitter's syntax alone", syntax_alone(tree_sitter_go.language()))
SHELL = Peer("tree-sitter's syntax alone", syntax_alone(tree_sitter_bash.language()))
HCL = Peer("tree-sitter's syntax alone", syntax_alone(tree_sitter_hcl.language()))
JAVA = Peer("tree-sitter's syntax alone", syntax_alone(tree_sitter_java.language()))
PARSERS = (
    Parser("Dockerfile", is_dockerfile, of_text(parse_dockerfile), DOCKERFILE),
    Parser("GitHub workflows", is_workflow, of_text(parse_yaml), YAML),
    Parser("GitLab CI", is_gitlab, of_text(parse_yaml), YAML),
    Parser("compose", is_compose, of_text(parse_yaml), YAML),
    Parser("manifests and other YAML", is_plain_yaml, of_text(parse_yaml), YAML),
    Parser("Helm templates", is_template, of_text(parse_template), WORDS),
    Parser("Go", is_go_source, parse_go, GO),
    Parser("go.mod", ends("go.mod", "go.work"), of_text(parse_gomod), WORDS),
    Parser("shell", ends(".sh", ".bash"), of_text(parse_shell), SHELL),
    Parser("bake, HCL", ends(".hcl"), of_text(parse_hcl), HCL),
    Parser("Makefile", is_makefile, of_text(parse_makefile), WORDS),
    Parser(".dockerignore", ends(".dockerignore"), of_text(parse_dockerignore), WORDS),
    Parser("Java", ends(".java"), parse_java, JAVA),
    Parser(".properties", ends(".properties"), of_text(parse_properties), WORDS),
    Parser("XML", lambda path: "logback" in path and path.endswith(".xml"), of_text(parse_xml), WORDS),
)


def parsers(corpus: Mapping[str, bytes]) -> Iterator[Row]:
    """Files and megabytes a second of each parser, and how much longer it takes than its peer."""
    files = broken = 0
    for parser in PARSERS:
        contents = [
            content
            for path, content in corpus.items()
            if len(content) <= MAX_FILE_BYTES and parser.belongs(path)
        ]
        if contents:
            ours, theirs = _tallies((parser.parse, parser.peer.parse), contents)
            files, broken = files + len(contents), broken + len(ours.broken)
            yield f"parse {parser.name}", _figure(parser.peer, contents, ours, theirs)
    yield "exceptions of all parsers", f"{broken} in {files} files"


def _figure(peer: Peer, contents: Sequence[bytes], ours: Tally, theirs: Tally) -> str:
    return (
        f"{ours.seconds / theirs.seconds:.1f} times {peer.name}; {_speed(contents, ours)}"
        f" (it: {_speed(contents, theirs)}); {len(contents)} files, {ours.refused} refused "
        + " ".join(sorted(set(ours.broken)))
    ).rstrip()


def _speed(contents: Sequence[bytes], tally: Tally) -> str:
    megabytes = sum(map(len, contents)) / 1e6
    return f"{len(contents) / tally.seconds:,.0f} files/s, {megabytes / tally.seconds:.1f} MB/s"


@collector_resting()
def _tallies(parsers: Sequence[Parse], contents: Sequence[bytes]) -> list[Tally]:
    """In processor time, and file by file in turn, as the machine has other work: it weighs on all alike.

    The collector rests, as in a review.
    """
    tallies = [Tally() for _ in parsers]
    for content in contents:
        for parse, tally in zip(parsers, tallies, strict=True):
            started = time.thread_time()
            try:
                parse(content)
            except (Unreadable, UnicodeDecodeError):
                tally.refused += 1
            except Exception as failure:
                tally.broken.append(type(failure).__name__)
            tally.seconds += time.thread_time() - started
    return tallies
