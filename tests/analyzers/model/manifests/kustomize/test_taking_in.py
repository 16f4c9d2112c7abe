"""What kustomizations take in, and what of it is not resolved."""

from __future__ import annotations

import pytest

from tests.analyzers.model.manifests.kustomize.overlays import (
    BASE,
    SERVICE,
    TAKES,
    at,
    yielded,
)
from tests.analyzers.model.manifests.kustomize.trees import build, build_with_remarks


def test_components_are_put_on_what_was_taken_in() -> None:
    patch = "patches: [{patch: '{spec: {replicas: 9}}', target: {kind: Deployment}}]\n"
    component = f"kind: Component\nresources: [db.yaml]\n{patch}"
    found = yielded(
        "components: [../with-db]\n",
        **{"with-db__kustomization": component, "with-db__db": SERVICE.replace("name: web", "name: db")},
    )
    assert sorted(each.name for each in found if each.kind == "Service") == ["db", "web"]
    assert at(found, "Deployment", "spec", "replicas").text == "9"


@pytest.mark.parametrize(
    ("overlay", "is_complete", "reasons"),
    [
        pytest.param("", True, [], id="nothing"),
        pytest.param("transformers: [labels.yaml]\n", True, [], id="transformers of labels"),
        pytest.param("transformers: [own.yaml]\n", False, ["`transformers`"], id="other transformers"),
        pytest.param("generators: [g.yaml]\n", True, ["`generators`"], id="generators add objects"),
        pytest.param(
            "components: ['https://example.com/c']\n", False, ["`components`"], id="remote component"
        ),
        pytest.param(
            "patches: [{path: gone.yaml}]\n", False, ["patch that cannot be read"], id="unread patch"
        ),
        pytest.param("patches: [{patch: '[}'}]\n", False, ["patch that cannot be read"], id="broken patch"),
        pytest.param(
            "patches: [{patch: '[{op: remove, path: /x}]', target: {kind: Deployment}}]\n",
            False,
            [],
            id="a patch that does not fit",
        ),
        pytest.param(
            "resources: [gone.yaml]\n", True, ["takes in prod/gone.yaml"], id="file that is not there"
        ),
    ],
)
def test_what_is_not_resolved(overlay: str, is_complete: bool, reasons: list[str]) -> None:
    text = TAKES + overlay if "resources" not in overlay else overlay.replace("[", "[../base, ", 1)
    files = {
        **BASE,
        "prod/kustomization.yaml": text,
        "prod/labels.yaml": "kind: LabelTransformer\n",
        "prod/own.yaml": "kind: Mine\n",
    }
    found, remarks = build_with_remarks(files)
    assert [each.is_complete for each in found if each.kind == "Deployment"] == [is_complete]
    assert len(remarks) == len(reasons)
    assert all(part in reason for part, (_, reason) in zip(reasons, remarks, strict=True))


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"prod": "resources: [.]\n"}, id="itself"),
        pytest.param({"prod": "resources: [../a]\n", "a": "resources: [../prod]\n"}, id="a circle"),
        pytest.param({"prod": "components: [../prod]\n"}, id="itself as a component"),
    ],
)
def test_circles_end(files: dict[str, str]) -> None:
    assert build({f"{name}/kustomization.yaml": text for name, text in files.items()}) == []


def test_depths_end() -> None:
    files = {"prod": "resources: [../0]\n", **{f"{n}": f"resources: [../{n + 1}]\n" for n in range(40)}}
    found, remarks = build_with_remarks({f"{name}/kustomization.yaml": text for name, text in files.items()})
    assert found == []
    assert [reason for _, reason in remarks] == ["kustomizations go more than 20 deep: 19 is left out here"]
