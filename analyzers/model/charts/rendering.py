"""The text a named template prints, where the chart's values decide all of it."""

from __future__ import annotations

from analyzers.model.charts.evaluation import Evaluation
from analyzers.model.charts.outcome import Known, truth
from analyzers.parsers.helm.actions import Action


def render(evaluation: Evaluation) -> Known | None:
    """The text; None where a loop, or a value that is not known, takes part in it."""
    pieces: list[Known] = []
    actions = evaluation.source.actions
    number: int | None = 0
    before: Action | None = None
    while number is not None and number < len(actions):
        action = actions[number]
        pieces.append(Known(_between(evaluation.source.text, before, action)))
        if action.kind == "output":
            outcome = evaluation.output(number)
            if not isinstance(outcome, Known):
                return None
            pieces.append(outcome)
        if action.kind == "control" and not action.word:
            evaluation.assign(number)
        elif action.kind == "control":
            number = turn(evaluation, number)
            if number is None:
                return None
        before = actions[number]
        number += 1
    pieces.append(Known(_between(evaluation.source.text, before, None)))
    return _joined(pieces)


def _between(text: str, before: Action | None, after: Action | None) -> str:
    part = text[before.end if before else 0 : after.start if after else len(text)]
    if before and before.trims_after:
        part = part.lstrip()
    return part.rstrip() if after and after.trims_before else part


def turn(evaluation: Evaluation, number: int) -> int | None:
    """The control action after which the text goes on."""
    blocks, word = evaluation.source.blocks, evaluation.source.actions[number].word
    if word == "end":
        return number
    if number not in blocks.extents:
        return None
    if word in ("else", "define", "block"):
        # An `else` that is come to from above ends the branch that was taken.
        return blocks.extents[number][1] if word != "block" else None
    return _branch(evaluation, number)


def _branch(evaluation: Evaluation, number: int | None) -> int | None:
    """The branch that is taken, from an opening action on."""
    blocks, actions = evaluation.source.blocks, evaluation.source.actions
    while number is not None:
        if number not in blocks.conditions:
            return number if actions[number].word in ("else", "end") else None
        found = truth(evaluation.condition(number))
        if found is not False:
            return number if found else None
        number = blocks.next_branch.get(number)
    return None


def _joined(pieces: list[Known]) -> Known:
    """All of it as one; a single value among blanks keeps its place."""
    telling = [piece for piece in pieces if piece.text.strip() or piece.source]
    text = "".join(_as_text(piece) for piece in pieces)
    if len(telling) == 1 and _as_text(telling[0]) == text.strip():
        return telling[0]
    return Known(text)


def _as_text(piece: Known) -> str:
    return f'"{piece.text}"' if piece.is_quoted else piece.text
