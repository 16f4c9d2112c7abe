"""What the model holds of a repository with kustomizations."""

from __future__ import annotations

import pytest

from analyzers.model.repository import Repository
from analyzers.model.workload import Workload
from tests.analyzers.model.repositories import autoscaler, cluster_service, repository, workload
from tests.hanging import must_end

WEB = workload("web", "acme/web:v1")
BASE = {"base/kustomization.yaml": "resources: [web.yaml]\n", "base/web.yaml": WEB}
TAKES = "resources: [../../base]\n"
PROBE = "{op: add, path: /spec/template/spec/containers/0/readinessProbe, value: {httpGet: {port: 80}}}"
WITH_PROBE = f"{TAKES}patches: [{{patch: '[{PROBE}]', target: {{kind: Deployment}}}}]\n"


def workloads(found: Repository) -> list[Workload]:
    return [item for each in found.manifests for item in each.workloads]


def summary(files: dict[str, str]) -> list[tuple[str, bool]]:
    """The overlay of each workload, and whether it is wholly known."""
    return [(item.overlay, item.is_complete) for item in workloads(repository(files))]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"overlays/dev/kustomization.yaml": "resources: []\n"}, [], id="nothing"),
        pytest.param({"base/web.yaml": WEB}, [("", True)], id="no kustomization"),
        pytest.param(BASE, [("base/kustomization.yaml", True)], id="a base alone"),
        pytest.param(
            {**BASE, "overlays/prod/kustomization.yaml": TAKES},
            [("overlays/prod/kustomization.yaml", True)],
            id="a base is not judged beside its overlay",
        ),
        pytest.param(
            {**BASE, "overlays/prod/kustomization.yaml": TAKES, "overlays/eu/kustomization.yaml": TAKES},
            [("overlays/eu/kustomization.yaml", True), ("overlays/prod/kustomization.yaml", True)],
            id="two overlays",
        ),
        pytest.param(
            {**BASE, "overlays/dev/kustomization.yaml": TAKES},
            [("base/kustomization.yaml", False)],
            id="for development only: the base, in doubt",
        ),
        pytest.param(
            {**BASE, "overlays/dev/kustomization.yaml": TAKES, "overlays/prod/kustomization.yaml": TAKES},
            [("overlays/prod/kustomization.yaml", True)],
            id="development and production",
        ),
        pytest.param(
            {"k8s/web.yaml": WEB, "overlays/dev/kustomization.yaml": "resources: [../../k8s/web.yaml]\n"},
            [("", False)],
            id="a file that only development takes in",
        ),
        pytest.param(
            {
                "parts/db/kustomization.yaml": "kind: Component\nresources: [web.yaml]\n",
                "parts/db/web.yaml": WEB,
            },
            [("parts/db/kustomization.yaml", False)],
            id="a component that nothing takes in",
        ),
        pytest.param(
            {
                **BASE,
                "overlays/prod/kustomization.yaml": "patches: [{path: p.yaml}]\n",
                "overlays/prod/p.yaml": WEB,
            },
            [("base/kustomization.yaml", True)],
            id="a patch is no manifest",
        ),
        pytest.param(
            {"a/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../a]\n"},
            [],
            id="a circle",
        ),
        pytest.param(
            {**BASE, "overlays/prod/kustomization.yaml": TAKES + "transformers: [t.yaml]\n"},
            [("overlays/prod/kustomization.yaml", False)],
            id="what transformers do is not known",
        ),
    ],
)
def test_which_workloads_are_judged(files: dict[str, str], expected: list[tuple[str, bool]]) -> None:
    assert summary(files) == expected


def test_what_an_overlay_adds_is_not_missing() -> None:
    (found,) = workloads(repository({**BASE, "overlays/prod/kustomization.yaml": WITH_PROBE}))
    probe = found.containers[0].readiness
    assert (found.path, found.at.path, found.containers[0].at.path) == ("base/web.yaml",) * 3
    assert probe
    assert (probe.at.path, probe.at.line) == ("overlays/prod/kustomization.yaml", 2)


def test_services_and_autoscalers_of_the_same_overlay() -> None:
    files = {
        "base/kustomization.yaml": "resources: [web.yaml, service.yaml, hpa.yaml]\n",
        "base/web.yaml": WEB,
        "base/service.yaml": cluster_service("web", "web"),
        "base/hpa.yaml": autoscaler("web"),
        "far/away/service.yaml": cluster_service("web", "web"),
    }
    for name in ("eu", "us"):
        files[f"overlays/{name}/kustomization.yaml"] = f"{TAKES}namePrefix: {name}-\nnamespace: {name}\n"
    found = repository(files).deployed
    assert [
        (item.workload.name, item.workload.namespace, [each.name for each in item.cluster_services])
        for item in found
    ] == [("eu-web", "eu", ["eu-web"]), ("us-web", "us", ["us-web"])]
    assert [item.autoscaler.target_name for item in found if item.autoscaler] == ["eu-web", "us-web"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("kind: Deployment\nmetadata: {name: web}\n", [], id="no pod"),
        pytest.param("a: b\n", [], id="something else"),
        pytest.param(WEB, [], id="all well"),
        pytest.param(
            WEB.replace("apiVersion", "apiversion"),
            ["a Deployment without `apiVersion`, not analysed"],
            id="misspelt",
        ),
        pytest.param(
            WEB.partition("\n")[2], ["a Deployment without `apiVersion`, not analysed"], id="left out"
        ),
    ],
)
def test_workloads_without_a_version_are_noted(text: str, expected: list[str]) -> None:
    found = repository({"k8s/web.yaml": text})
    assert [note.reason for note in found.notes] == expected
    assert len(workloads(found)) == (text == WEB)


def test_what_is_not_resolved_is_noted() -> None:
    found = repository({**BASE, "overlays/prod/kustomization.yaml": TAKES + "helmCharts: [{name: x}]\n"})
    assert [(note.path, note.line, note.is_failure) for note in found.notes] == [
        ("overlays/prod/kustomization.yaml", 2, False)
    ]


def thousand(kind: str) -> str:
    return "---\n".join(kind.replace("name: web", f"name: web{n}", 1) for n in range(1_000))


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {
                "base/kustomization.yaml": "resources: [web.yaml]\n",
                "base/web.yaml": thousand(WEB),
                **{f"o/{n}/kustomization.yaml": f"{TAKES}namePrefix: a{n}-\n" for n in range(1_000)},
            },
            id="1,000 overlays over 1,000 workloads",
        ),
        pytest.param(
            {f"{n}/kustomization.yaml": f"resources: [{f'../{n + 1},' * 50}]\n" for n in range(15)}
            | {"15/kustomization.yaml": "resources: [web.yaml]\n", "15/web.yaml": WEB},
            id="fifty times itself on fifteen levels",
        ),
        pytest.param(
            {
                f"{n}/kustomization.yaml": f"kind: Component\ncomponents: [{f'../{n + 1},' * 50}]\n"
                for n in range(15)
            }
            | {"prod/kustomization.yaml": "components: [../0]\n"},
            id="fifty components on fifteen levels",
        ),
        pytest.param(
            {
                "base/kustomization.yaml": "resources: [web.yaml]\n",
                "base/web.yaml": thousand(WEB),
                "prod/kustomization.yaml": "resources: [../base]\npatches:\n"
                + "- {patch: '{spec: {replicas: 2}}', target: {kind: Deployment}}\n" * 2_000,
            },
            id="2,000 patches of 1,000 workloads",
        ),
    ],
)
def test_too_much_is_cut_and_noted(files: dict[str, str]) -> None:
    with must_end():
        found = repository(files)
    assert any("yield too much" in note.reason for note in found.notes)
    assert len(workloads(found)) <= 4_000
