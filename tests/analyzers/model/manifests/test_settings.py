from __future__ import annotations

import pytest

from analyzers.model.manifests import read_manifests
from tests.analyzers.documents import documents, template


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("kind: ConfigMap\n", {}, id="empty"),
        pytest.param("kind: ConfigMap\ndata: {A: x, B: '${C}'}\n", {"A": "x", "B": None}, id="ConfigMap"),
        pytest.param("kind: ConfigMap\nbinaryData: {A: aGk=}\n", {"A": "hi"}, id="binary data is decoded"),
        pytest.param(
            "kind: Secret\ndata: {A: aGk=, B: '%', C: /w==}\n", {"A": "hi", "B": None, "C": None}, id="Secret"
        ),
        pytest.param("kind: Secret\ndata:\n  A: |\n    aGlo\n    aWhp\n", {"A": "hihihi"}, id="in a block"),
        pytest.param("kind: Secret\nstringData: {A: aGk=}\n", {"A": "aGk="}, id="stringData is as written"),
    ],
)
def test_data(text: str, expected: dict[str, str | None]) -> None:
    (found,) = read_manifests("c.yaml", documents(f"apiVersion: v1\n{text}")).settings
    assert {name: fact.value for name, fact in found.data.items()} == expected
    assert found.is_complete


@pytest.mark.parametrize(
    "data",
    [
        "data:\n  A: x\n  {{- toYaml .x | nindent 2 }}\n",
        "data:\n  {{- toYaml .x | nindent 2 }}\n",
        "data:\n  {{ .k }}: v\n",
    ],
)
def test_templated_data_is_incomplete(data: str) -> None:
    (found,) = read_manifests(
        "c.yaml", template(f"apiVersion: v1\nkind: ConfigMap\n{data}"), templated=True
    ).settings
    assert not found.is_complete


def test_places() -> None:
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  A: x\n"
    (found,) = read_manifests("c.yaml", documents(text)).settings
    assert (found.name, str(found.at), str(found.data["A"].at)) == ("c", "c.yaml:2", "c.yaml:5")
