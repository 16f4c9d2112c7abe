"""COPY and ADD: what goes into a stage, and where to."""

from __future__ import annotations

import posixpath

from analyzers.finding import Location
from analyzers.model.image import Copy
from analyzers.model.images.build_scope import BuildScope
from analyzers.parsers.dockerfile import Instruction


def read_copy(
    path: str, instruction: Instruction, scope: BuildScope, workdir: str, index: int
) -> Copy | None:
    """None where it names no target."""
    inline = {heredoc.word.text for heredoc in instruction.heredocs}
    words = [word.text for word in instruction.words]
    if len(words) < 2:
        return None
    target = scope.expand(words[-1])
    from_ = instruction.flag("from")
    return Copy(
        at=Location(path, instruction.span),
        sources=tuple(_expanded(scope, word) for word in words[:-1] if word not in inline),
        target=words[-1] if target is None else target,
        from_=from_.value if from_ else "",
        index=index,
        resolved_target="" if target is None else resolve(workdir, target),
        is_add=instruction.keyword == "ADD",
        is_inline=bool(inline),
        options={
            flag.name: _expanded(scope, flag.value) for flag in instruction.flags if flag.name != "from"
        },
    )


def resolve(workdir: str, path: str) -> str:
    """A path made absolute; empty where it hangs on an unknown WORKDIR."""
    if not path.startswith("/") and not workdir:
        return ""
    absolute = posixpath.normpath(posixpath.join(workdir, path))
    return "/" + absolute.lstrip("/")


def _expanded(scope: BuildScope, word: str) -> str:
    value = scope.expand(word)
    return word if value is None else value
