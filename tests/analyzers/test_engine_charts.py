"""A finding that rests on the values of a chart is less sure than one on a plain manifest."""

from __future__ import annotations

import pytest

from analyzers.finding import Confidence
from analyzers.model.workload import Workload
from tests.analyzers.model.repositories import repository, workload

CHART = {"Chart.yaml": "name: web\nversion: 1.0.0\n", "values.yaml": "image: example.org/web:1\n"}


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [
        (Confidence.HIGH, Confidence.MEDIUM),
        (Confidence.MEDIUM, Confidence.LOW),
        (Confidence.LOW, Confidence.LOW),
    ],
)
def test_one_step_lower(confidence: Confidence, expected: Confidence) -> None:
    assert confidence.lowered is expected


def test_the_image_of_a_chart_is_known_and_assumed() -> None:
    found = repository(CHART | {"templates/web.yaml": workload("web", "{{ .Values.image }}")})
    (web,) = (each for each in found.subjects(Workload) if isinstance(each, Workload))
    image = web.containers[0].image
    assert image is not None
    assert image.value is not None
    assert (image.value.text, str(image.at)) == ("example.org/web:1", "values.yaml:1")
    assert found.assumed_paths == {"values.yaml", "templates/web.yaml"}
    assert [chart.name for chart in found.charts] == ["web"]
