"""Manifests put together from the part a test is about."""

from __future__ import annotations

from textwrap import indent

from analyzers.model.manifests import read_manifests
from analyzers.model.workload import Container, Workload
from tests.analyzers.documents import documents, template

PATH = "deploy/web.yaml"
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
"""


def workload(pod: str, *, templated: bool = False) -> Workload:
    """The Deployment around a pod's spec."""
    text = DEPLOYMENT + indent(pod, " " * 6)
    read = template if templated else documents
    (found,) = read_manifests(PATH, read(text), templated=templated).workloads
    return found


def container(fields: str = "", *, templated: bool = False) -> Container:
    """The one container of a Deployment."""
    pod = "containers:\n  - name: web\n" + indent(fields, " " * 4)
    (found,) = workload(pod, templated=templated).containers
    return found
