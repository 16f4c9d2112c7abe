"""Formats of one file: Dockerfile, .dockerignore, YAML, templates, go.mod, XML, properties, settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from analyzers.config_file import parse_config
from analyzers.model.images.dockerfile_reader import read_image
from analyzers.model.manifests import parse_large_manifest
from analyzers.parsers.dockerfile import Dockerfile, find_refusals, parse_dockerfile
from analyzers.parsers.dockerignore import parse_dockerignore
from analyzers.parsers.gomod import parse_gomod
from analyzers.parsers.helm import parse_template, read_template_text
from analyzers.parsers.helm.neutral import neutralise
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.properties import parse_properties
from analyzers.parsers.xml_tree import parse_xml
from analyzers.parsers.yaml_comments import Comment, read_comments
from analyzers.parsers.yaml_node import Alias, Node, Scalar
from analyzers.parsers.yaml_script import place_text
from analyzers.parsers.yaml_tree import parse_yaml
from analyzers.suppression import find_suppressions
from tests.fuzz import claims
from tests.fuzz.description import describe
from tests.fuzz.entry import Entry
from tests.fuzz.grammar import load

_PATHS = ("a", "a/b.go", "vendor/x/y", ".git", "a/a/a/a", "é")


def of_text(read: Callable[[str], Any]) -> Callable[[bytes], Any]:
    """A reader of texts, given bytes as its callers give them: what is no UTF-8 never comes that far."""

    def read_bytes(content: bytes) -> Any:
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            raise Unreadable("is not UTF-8 text") from None
        return read(text)

    return read_bytes


def _read_dockerfile(text: str) -> tuple[Dockerfile, object]:
    dockerfile = parse_dockerfile(text)
    return dockerfile, (tuple(find_refusals(dockerfile)), read_image("", dockerfile, ("go.mod", "a/main.go")))


def _dockerfile_shape(result: tuple[Dockerfile, object]) -> object:
    return [
        (each.keyword, each.span, each.is_json, each.words, len(each.flags), len(each.heredocs))
        for each in result[0].instructions
    ]


def _read_dockerignore(text: str) -> object:
    ignores = parse_dockerignore(text)
    return [(each.text, each.line) for each in ignores.patterns], [ignores.excludes(path) for path in _PATHS]


def _read_yaml(text: str) -> tuple[tuple[Node, ...], tuple[Comment, ...], list[object]]:
    roots = parse_yaml(text)
    scalars = [node for node in claims.nodes(roots) if isinstance(node, Scalar)]
    for node in claims.nodes(roots):
        node.items()  # merge keys are followed here
    return roots, read_comments(text, roots), [place_text(scalar) for scalar in scalars]


def _yaml_shape(roots: tuple[Node, ...]) -> object:
    return [
        (type(node).__name__, node.span, node.tag, node.name if isinstance(node, Alias) else node.text)
        for node in claims.nodes(roots)
    ]


def _read_template(text: str) -> tuple[Node, ...]:
    source = read_template_text(text)
    neutral, _ = neutralise(text, source.actions, source.blocks)
    lines = zip(text.split("\n"), neutral.split("\n"), strict=True)
    assert all(len(line) in (0, len(was)) for was, line in lines)
    assert all(text[each.start : each.start + 2] == "{{" for each in source.actions)
    return parse_template(text).documents


def _read_config(content: bytes) -> object:
    return parse_config(content), list(find_suppressions("", content.decode("utf-8", "replace")))


FILES = (
    Entry(
        "dockerfile",
        of_text(_read_dockerfile),
        load("dockerfile"),
        _dockerfile_shape,
        lambda result: claims.of_dockerfile(result[0]),
    ),
    Entry("dockerignore", of_text(_read_dockerignore), load("dockerignore"), lambda result: result),
    Entry(
        "yaml",
        of_text(_read_yaml),
        load("yaml"),
        lambda result: _yaml_shape(result[0]),
        lambda result: claims.of_yaml(result[0]),
    ),
    Entry(
        "excerpt",
        of_text(parse_large_manifest),
        load("manifests"),
        lambda result: (_yaml_shape(result.documents), result.left_out, result.line),
        lambda result: claims.of_yaml(result.documents),
    ),
    Entry("template", of_text(_read_template), load("template")),
    Entry("gomod", of_text(parse_gomod), load("gomod"), describe, claims.of_gomod),
    Entry("xml", of_text(parse_xml), load("xml"), claims=claims.of_xml),
    Entry("properties", of_text(parse_properties), load("properties"), claims=claims.of_properties),
    Entry("settings", _read_config, load("settings")),
)
