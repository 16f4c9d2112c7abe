"""Scalars in which actions stand: `"{{ .Values.image.repository }}:{{ .Values.image.tag }}"`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from analyzers.model.charts.evaluation import Evaluation
from analyzers.model.charts.outcome import Known, Outcome, name_of
from analyzers.model.charts.rendering import turn
from analyzers.parsers.placeholder import split_placeholders
from analyzers.parsers.yaml_node import Scalar

_QUOTED = re.compile(r'"([^"\\]*)"')


def fill(scalar: Scalar, evaluation: Evaluation, symbol: Callable[[str], str]) -> Scalar:
    """The scalar with all that is known of it. One value alone brings its place along."""
    pieces = _trimmed(list(split_placeholders(scalar.content)), evaluation)
    taken = _way(pieces, evaluation)
    if taken is None:
        return scalar
    outcomes = [evaluation.output(piece) if isinstance(piece, int) else Known(piece) for piece in taken]
    if len(outcomes) == 1 and isinstance(taken[0], int):
        return _alone(scalar, outcomes[0], symbol)
    is_known = all(isinstance(each, Known) and each.text for each in outcomes)
    if not is_known and "\n" in scalar.content:
        return scalar
    return _rewritten(scalar, "".join(_text(each, symbol) for each in outcomes), scalar.style)


def _trimmed(pieces: Sequence[str | int], evaluation: Evaluation) -> list[str | int]:
    """The pieces without the blanks that `{{-` and `-}}` take away."""
    actions, found = evaluation.source.actions, list(pieces)
    for at, piece in enumerate(pieces):
        if isinstance(piece, str):
            before, after = found[at - 1] if at else "", found[at + 1] if at + 1 < len(found) else ""
            if isinstance(before, int) and before < len(actions) and actions[before].trims_after:
                piece = piece.lstrip()
            if isinstance(after, int) and after < len(actions) and actions[after].trims_before:
                piece = piece.rstrip()
            found[at] = piece
    return [piece for piece in found if piece != ""]


def _way(pieces: Sequence[str | int], evaluation: Evaluation) -> list[str | int] | None:
    """What is printed, where the values decide which branches are taken; else None."""
    actions = evaluation.source.actions
    taken: list[str | int] = []
    skipping: int | None = None
    for piece in pieces:
        if isinstance(piece, int) and piece >= len(actions):
            return None
        if skipping is not None and piece != skipping:
            continue
        if isinstance(piece, int) and actions[piece].kind == "control":
            target = piece if piece == skipping else turn(evaluation, piece)
            if target is None:
                return None
            skipping = target if target != piece else None
        else:
            taken.append(piece)
    return taken if skipping is None else None


def _alone(scalar: Scalar, outcome: Outcome, symbol: Callable[[str], str]) -> Scalar:
    # An empty text is there to be filled by who installs the chart.
    if not isinstance(outcome, Known) or not outcome.text:
        return replace(scalar, content=symbol(name_of(outcome)), gaps=())
    style = scalar.style or ('"' if outcome.is_quoted else "")
    if outcome.source:
        return replace(outcome.source, content=outcome.text, style=style, tag=scalar.tag)
    return _rewritten(scalar, outcome.text, style)


def _text(outcome: Outcome, symbol: Callable[[str], str]) -> str:
    if isinstance(outcome, Known) and outcome.text:
        return f'"{outcome.text}"' if outcome.is_quoted else outcome.text
    return symbol(name_of(outcome))


def _rewritten(scalar: Scalar, content: str, style: str) -> Scalar:
    """Text of several lines counts as quoted: its lines are no longer those of the file."""
    quoted = _QUOTED.fullmatch(content) if not style else None
    if quoted:
        return replace(scalar, content=quoted[1], style='"', lines=scalar.lines or ("",))
    is_block = "\n" in content
    return replace(scalar, content=content, style='"' if is_block else style, lines=scalar.lines or ("",))
