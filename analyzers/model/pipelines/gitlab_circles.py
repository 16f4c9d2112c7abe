"""What leads round in a circle in a GitLab configuration: `include`, `extends` and `!reference`.

GitLab refuses such a configuration; here the rest of it is read, and what was left out is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from analyzers.model.circles import find_circles, told
from analyzers.model.pipelines.gitlab_includes import Documents, Included, included_files, includes
from analyzers.model.pipelines.gitlab_scripts import is_reference
from analyzers.model.pipelines.layers import Layers
from analyzers.model.remark import Remark
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_words

Extended = Callable[[str], Layers]
"""A job on top of all it extends."""
_DEEPEST_LIST = 10
_MOST_ITEMS = 5_000
_LEFT_OUT = "which GitLab refuses: each is read once here"


def remark_includes(path: str, documents: Documents, remark: Remark) -> None:
    """Says which files include one another."""

    def included(each: str) -> list[str]:
        return [found.path for entry in includes(Included(each), documents) for found in _files(entry)]

    def _files(entry: Node) -> tuple[Included, ...]:
        return included_files(entry, documents)

    for circle in find_circles((path,), included):
        first, following = circle[0], circle[1 % len(circle)]
        for entry in includes(Included(first), documents):
            if any(found.path == following for found in _files(entry)):
                remark(first, f"files include one another ({told(circle)}), {_LEFT_OUT}", entry.span.line)
                break


def remark_jobs(root: Layers, extended: Extended, remark: Remark) -> None:
    """Says which jobs extend one another, and which references lead back to where they stand."""
    for circle in find_circles(root.names(), lambda name: bases(root[name])):
        if found := root[circle[0]].entry("extends"):
            reason = f"jobs extend one another ({told(circle)}), {_LEFT_OUT}"
            remark(found[0], reason, found[1].span.line)
    for circle in find_circles(_referring(root), lambda name: _referred(name, extended)):
        job, _, key = circle[0].rpartition(" ")
        if found := extended(job).entry(key):
            reason = f"`!reference` leads round in a circle ({told(circle)}), {_LEFT_OUT}"
            remark(found[0], reason, found[1].span.line)


def bases(job: Layers) -> tuple[str, ...]:
    """What a job extends, the strongest last."""
    node = job["extends"].node
    return (node.text,) if node.text else as_words(node) or ()


def _referring(root: Layers) -> Iterator[str]:
    """Every keyword of a job that has a reference in it, as `job keyword`."""
    for name in root.names():
        for key, value in root[name].items():
            if any(_references(value.node)):
                yield f"{name} {key}"


def _referred(name: str, extended: Extended) -> list[str]:
    job, _, key = name.rpartition(" ")
    return [f"{words[0]} {words[1]}" for words in _references(extended(job)[key].node)]


def _references(node: Node, depth: int = 0) -> Iterator[tuple[str, ...]]:
    """The words of the references in a value, and in the lists in it."""
    if is_reference(node):
        words = as_words(node) or ()
        if len(words) >= 2:
            yield words
    elif depth < _DEEPEST_LIST:
        for number, item in enumerate(node):
            if number >= _MOST_ITEMS:
                return
            yield from _references(item, depth + 1)
