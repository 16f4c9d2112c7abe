"""Facts read from YAML nodes: a value where it is known, and always its place."""

from __future__ import annotations

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef
from analyzers.model.images.reference import read_reference
from analyzers.parsers.placeholder import is_comparable, is_known
from analyzers.parsers.yaml_node import Entry, Node
from analyzers.parsers.yaml_scalar import as_bool, as_int, as_str


def place(path: str, node: Node | Entry) -> Location:
    """Where it stands: in the file that is read, or in the one it was taken from."""
    origin = node.key.origin if isinstance(node, Entry) else node.origin
    return Location(origin or path, node.span)


def known_text(node: Node) -> str | None:
    """A scalar's text where nothing decides it later."""
    text = as_str(node)
    return text if text is not None and is_known(text) else None


def name_of(node: Node) -> str:
    """The `name` of an object, empty where it is not known."""
    return known_text(node["name"]) or ""


def text_fact(path: str, node: Node) -> Fact[str] | None:
    return Fact(known_text(node), place(path, node)) if node else None


def int_fact(path: str, node: Node) -> Fact[int] | None:
    return Fact(as_int(node), place(path, node)) if node else None


def bool_fact(path: str, node: Node) -> Fact[bool] | None:
    return Fact(as_bool(node), place(path, node)) if node else None


def image_fact(path: str, node: Node) -> Fact[ImageRef] | None:
    """An image reference. One with any `$` in it is decided elsewhere."""
    return Fact(read_reference(known_text(node) or ""), place(path, node)) if node else None


def comparable_texts(node: Node) -> dict[str, str]:
    """As known_texts, with entries that are equal wherever they stand: `app: {{ .Release.Name }}`."""
    if node.text:
        return {node.text: ""} if is_comparable(node.text) else {}
    texts = ((name, as_str(entry.value) or "") for name, entry in node.items())
    return {name: text for name, text in texts if is_comparable(name) and is_comparable(text)}


def known_texts(node: Node) -> dict[str, str]:
    """A mapping of names to texts, such as labels, without the entries that are not known."""
    texts = ((name, known_text(entry.value)) for name, entry in node.items())
    return {name: text for name, text in texts if text is not None and is_known(name)}
