"""XML as a tree with places. Entities and external parts are refused by defusedxml, never resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, LexicalHandler, property_lexical_handler
from xml.sax.xmlreader import AttributesImpl, InputSource, Locator

from defusedxml.common import DefusedXmlException

from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable

MAX_LENGTH = 1 << 20
"""Characters."""
MAX_DEPTH = 100
_LONE_RETURN = re.compile(r"\r(?!\n)")
MAX_ELEMENTS = 50_000


@dataclass(eq=False)
class Element:
    """An element. `span` is from `<` of its start tag to `>` of its end tag."""

    name: str
    attributes: dict[str, str]
    span: Span
    parent: Element | None = field(default=None, repr=False)
    children: list[Element] = field(default_factory=list)
    text: str = ""
    """Its own text, what lies between its children included."""
    comment: str = ""
    """The comments right above it and directly in it."""

    def named(self, name: str) -> Iterator[Element]:
        """The children of a name."""
        return (child for child in self.children if child.name == name)

    def descendants(self) -> Iterator[Element]:
        """Everything below, in the order of the file."""
        waiting = list(reversed(self.children))
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))

    def around(self) -> Iterator[Element]:
        """What it lies in, the nearest first."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    def child_text(self, name: str) -> str:
        """The text of the first child of a name, without blanks around it."""
        return next((child.text.strip() for child in self.named(name)), "")


def parse_xml(text: str) -> Element:
    """The root element. Raises Unreadable for no XML, for entities of its own, and past a limit."""
    if len(text) > MAX_LENGTH:
        raise Unreadable("larger than 1 MiB")
    from defusedxml.expatreader import create_parser  # which brings an HTTP client along

    builder = _Builder(text)
    parser = create_parser(forbid_dtd=False)
    parser.setContentHandler(builder)
    parser.setProperty(property_lexical_handler, builder)
    try:
        parser.parse(_source(text))
    except SAXParseException as problem:
        raise Unreadable(f"not XML: {problem.getMessage()}", problem.getLineNumber()) from None
    except DefusedXmlException:
        raise Unreadable("XML with entities of its own is not read") from None
    except (UnicodeError, LookupError, ValueError):
        raise Unreadable("XML in an encoding that it does not name rightly") from None
    if builder.root is None:
        raise Unreadable("XML without an element")
    return builder.root


def _source(text: str) -> InputSource:
    """The text as it was decoded, whatever it claims; a lone carriage return ends no line of ours."""
    source = InputSource()
    source.setByteStream(BytesIO(_LONE_RETURN.sub(" ", text).encode()))
    source.setEncoding("utf-8")
    return source


class _Builder(ContentHandler, LexicalHandler):
    """Gathers the tree from expat's events."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root: Element | None = None
        self._where: Locator | None = None
        self._lines = text.split("\n")
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._above: list[str] = []
        self._count = 0

    def setDocumentLocator(self, locator: Locator) -> None:
        self._where = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        line, column = self._point()
        self._count += 1
        if len(self._open) >= MAX_DEPTH:
            raise Unreadable(f"XML nested deeper than {MAX_DEPTH} levels", line)
        if self._count > MAX_ELEMENTS:
            raise Unreadable(f"XML with more than {MAX_ELEMENTS:,} elements", line)
        parent = self._open[-1] if self._open else None
        element = Element(name, dict(attrs.items()), Span(line, column, line, column), parent)
        element.comment, self._above = "\n".join(self._above), []
        if parent:
            parent.children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])

    def characters(self, content: str) -> None:
        if self._texts:
            self._texts[-1].append(content)

    def comment(self, content: str) -> None:
        self._above.append(content.strip())
        if self._open:
            around = self._open[-1]
            around.comment = f"{around.comment}\n{content.strip()}".strip()

    def endElement(self, name: str) -> None:
        element, self._above = self._open.pop(), []
        element.text = "".join(self._texts.pop())
        element.span = element.span.through(self._closing())

    def _closing(self) -> Span:
        """Through the `>` of the end tag that begins here; the parser stands behind an empty element."""
        line, column = self._point()
        row = self._lines[line - 1] if line <= len(self._lines) else ""
        if not row.startswith("</", column - 1):
            return Span(line, column, line, column)
        end = row.find(">", column - 1) + 2
        return Span(line, column, line, end if end > 1 else len(row) + 1)

    def _point(self) -> tuple[int, int]:
        locator = self._where
        return (locator.getLineNumber() or 1, (locator.getColumnNumber() or 0) + 1) if locator else (1, 1)
