"""What results say stands at a place of the text they were read from."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.parsers.dockerfile import Dockerfile, Instruction
from analyzers.parsers.go import GoFile
from analyzers.parsers.gomod import GoMod, Token
from analyzers.parsers.position import LineIndex
from analyzers.parsers.properties import Property
from analyzers.parsers.shell import Script, ShellWord
from analyzers.parsers.xml_tree import Element
from analyzers.parsers.yaml_node import Alias, Mapping, Node, Scalar, Sequence
from tests.fuzz.description import parts_of
from tests.fuzz.entry import Claim

_NOT_AS_WRITTEN = "'\"\\`$"


def of_dockerfile(dockerfile: Dockerfile) -> Iterator[Claim]:
    for comment in dockerfile.comments:
        yield Claim(comment.span, f"#{comment.text}", _begins_alike)
    for instruction in dockerfile.instructions:
        yield from _of_instruction(instruction)


def _of_instruction(instruction: Instruction) -> Iterator[Claim]:
    yield Claim(instruction.keyword_span, instruction.keyword, _is_keyword)
    for word in () if instruction.is_json else instruction.words:
        if word.span.line == word.span.end_line:
            yield Claim(word.span, word.text)
    for heredoc in instruction.heredocs:
        yield Claim(heredoc.end.span, heredoc.name)
    if instruction.child:
        yield from _of_instruction(instruction.child)


def _is_keyword(said: str, found: str) -> bool:
    return "\n" in found or found.upper() == said


def _begins_alike(said: str, found: str) -> bool:
    return found[:1] == said[:1] and found[1:].strip() == said[1:]


def of_yaml(roots: tuple[Node, ...]) -> Iterator[Claim]:
    for node in nodes(roots):
        if isinstance(node, Alias):
            yield Claim(node.span, f"*{node.name}")
        elif isinstance(node, Scalar) and not node.lines and node.content:
            quote = node.style if node.style in ("'", '"') else ""
            yield Claim(node.span, f"{quote}{node.content}{quote}", _is_scalar)


def _is_scalar(said: str, found: str) -> bool:
    """Characters that YAML alone takes for line ends are blanks to us."""
    return len(said) == len(found) and found.translate(_BLANKS) == said.translate(_BLANKS)


_BLANKS = str.maketrans("\x85\u2028\u2029\ufeff\r", "     ")


def nodes(roots: tuple[Node, ...]) -> Iterator[Node]:
    """Every node as written, aliases not followed."""
    pending = list(roots)
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, Mapping):
            pending.extend(part for entry in node.entries for part in (entry.key, entry.value))
        elif isinstance(node, Sequence):
            pending.extend(node.elements)


def of_gomod(module: GoMod) -> Iterator[Claim]:
    for part in parts_of(module):
        if isinstance(part, Token):
            yield Claim(part.span, part.text, _is_token)


def _is_token(said: str, found: str) -> bool:
    return found == said or found[:1] in ('"', "`")


def of_script(script: Script, index: LineIndex) -> Iterator[Claim]:
    for comment in script.comments:
        yield Claim(index.span(comment.start, comment.end), comment.text)
    for part in parts_of(script.commands):
        if isinstance(part, ShellWord):
            yield Claim(index.span(part.start, part.end), part.text, _is_word)


def _is_word(said: str, found: str) -> bool:
    return found == said or any(mark in found for mark in _NOT_AS_WRITTEN)


def of_go(file: GoFile) -> Iterator[Claim]:
    for part in parts_of(file):
        if hasattr(part, "start") and hasattr(part, "end"):
            yield Claim(file.span(part), file.text(part), _is_source)
    for function in file.functions:
        if function.name:
            yield Claim(file.name_span(function), function.name, _is_source)


def _is_source(said: str, found: str) -> bool:
    return found == said or "\ufffd" in said


def of_properties(properties: tuple[Property, ...]) -> Iterator[Claim]:
    for each in properties:
        yield Claim(each.key_span, each.key, _is_token_of_properties)
        yield Claim(each.value_span, each.value, _is_token_of_properties)


def _is_token_of_properties(said: str, found: str) -> bool:
    return found == said or "\\" in found or "\r" in found


def of_xml(root: Element) -> Iterator[Claim]:
    for element in (root, *root.descendants()):
        yield Claim(element.span, f"<{element.name}", lambda said, found: found.startswith(said))
