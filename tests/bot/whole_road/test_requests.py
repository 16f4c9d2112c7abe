"""What a review costs in requests, all of the analysis included; promised to the people who host it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.bot.whole_road.scene import Scene

pytestmark = pytest.mark.process

SERVICES = 10
MANIFEST = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
spec:
  template:
    spec:
      containers:
        - name: {name}
          image: registry.example.org/{name}:1.{minor}
"""


def tree(scene: Scene, minor: int) -> Mapping[str, str]:
    """Three files a service, and what a repository has beside."""
    files = {"go.mod": f"module {scene.name}\n\ngo 1.26\n", "README.md": "Read me.\n"}
    for number in range(SERVICES):
        name = f"service{number}"
        files[f"cmd/{name}/Dockerfile"] = scene.clean(name) + f"LABEL minor={minor}\n"
        files[f"cmd/{name}/main.go"] = f"package main\n\nfunc main() {{ println({minor}, {number}) }}\n"
        files[f"deploy/{name}.yaml"] = MANIFEST.format(name=name, minor=minor)
    return files


def test_cold_then_warm_then_a_push_of_one_file(scene: Scene) -> None:
    wrong = {"cmd/service0/Dockerfile": scene.wrong("service0")}
    more = {"cmd/service1/Dockerfile": scene.wrong("service1")}
    scene.propose(tree(scene, 1), {**tree(scene, 2), **wrong})
    costs = []
    for files, action in (
        (None, "opened"),
        (None, "reopened"),
        ({**tree(scene, 2), **wrong, **more}, "synchronize"),
    ):
        if files:
            scene.push(files)
        scene.requests()
        assert scene.review(action) == "done"
        costs.append(len(scene.requests()))

    assert len(scene.pull.reviews) == 2
    assert costs == [7, 3, 5]
