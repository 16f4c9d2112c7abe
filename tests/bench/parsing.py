"""How fast each parser reads the files of a corpus, what it refuses, and whether it ever breaks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import yaml
from dockerfile_parse import DockerfileParser

from analyzers.model.compose_reader import is_compose
from analyzers.model.pipelines import is_github_workflow, is_gitlab_entry
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


@dataclass(frozen=True)
class Parser:
    """`refusals` are what it raises for a file it does not read; anything else is an exception."""

    name: str
    belongs: Belongs
    parse: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...] = (Unreadable, UnicodeDecodeError)


def of_text(parse: Callable[[str], object]) -> Callable[[bytes], object]:
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


def peer_yaml(content: bytes) -> object:
    return list(yaml.compose_all(content, yaml.CSafeLoader))


def peer_dockerfile(content: bytes) -> object:
    return DockerfileParser(fileobj=BytesIO(content)).structure


PARSERS = (
    Parser("Dockerfile", is_dockerfile, of_text(parse_dockerfile)),
    Parser("Dockerfile, dockerfile-parse", is_dockerfile, peer_dockerfile, (Exception,)),
    Parser("GitHub workflows", is_workflow, of_text(parse_yaml)),
    Parser("GitLab CI", is_gitlab, of_text(parse_yaml)),
    Parser("compose", is_compose, of_text(parse_yaml)),
    Parser("manifests and other YAML", is_plain_yaml, of_text(parse_yaml)),
    Parser("the same, PyYAML's C composer", is_plain_yaml, peer_yaml, (yaml.YAMLError, UnicodeDecodeError)),
    Parser("Helm templates", is_template, of_text(parse_template)),
    Parser("Go", is_go_source, parse_go),
    Parser("go.mod", ends("go.mod", "go.work"), of_text(parse_gomod)),
    Parser("shell", ends(".sh", ".bash"), of_text(parse_shell)),
    Parser("bake, HCL", ends(".hcl"), of_text(parse_hcl)),
    Parser("Makefile", is_makefile, of_text(parse_makefile)),
    Parser(".dockerignore", ends(".dockerignore"), of_text(parse_dockerignore)),
    Parser("Java", ends(".java"), parse_java),
    Parser(".properties", ends(".properties"), of_text(parse_properties)),
    Parser("XML", lambda path: "logback" in path and path.endswith(".xml"), of_text(parse_xml)),
)


def parsers(corpus: Mapping[str, bytes]) -> Iterator[Row]:
    """Files and megabytes a second of each parser; peers on the same files in the same run."""
    for parser in PARSERS:
        contents = [
            content
            for path, content in corpus.items()
            if len(content) <= MAX_FILE_BYTES and parser.belongs(path)
        ]
        if contents:
            yield f"parse {parser.name}", _measure(parser, contents)


def _measure(parser: Parser, contents: Sequence[bytes]) -> str:
    refused, broken, started = 0, [], time.perf_counter()
    for content in contents:
        try:
            parser.parse(content)
        except parser.refusals:
            refused += 1
        except Exception as failure:
            broken.append(type(failure).__name__)
    seconds = max(time.perf_counter() - started, 1e-9)
    rate = f"{len(contents) / seconds:,.0f} files/s, {sum(map(len, contents)) / seconds / 1e6:.1f} MB/s"
    return (
        f"{rate}; {len(contents)} files, {refused} refused, {len(broken)} exceptions {' '.join(set(broken))}"
    )
