"""Objects that the chart's values switch off as a whole: `{{ if .Values.autoscaling.enabled }}`."""

from __future__ import annotations

from analyzers.model.charts.evaluation import Evaluation
from analyzers.model.charts.outcome import truth
from analyzers.parsers.position import LineIndex
from analyzers.parsers.yaml_node import Node

_COUNTING = frozenset({"HorizontalPodAutoscaler", "PodDisruptionBudget", "ScaledObject"})
"""They say how many pods of another object there are: what is not installed does not count."""


def is_left_out(evaluation: Evaluation, root: Node) -> bool:
    """It would count, and an `if` around all of it is surely not taken."""
    return root["kind"].text in _COUNTING and _is_switched_off(evaluation, root)


def _is_switched_off(evaluation: Evaluation, root: Node) -> bool:
    blocks, actions = evaluation.source.blocks, evaluation.source.actions
    index = LineIndex(evaluation.source.text)
    for number in blocks.conditions:
        if blocks.extents.get(number, (-1,))[0] == number:
            first, last = (index.point(actions[at].start)[0] for at in (number, blocks.next_branch[number]))
            is_around = first <= root.span.line and root.span.end_line <= last
            if is_around and truth(evaluation.condition(number)) is False:
                return True
    return False
