"""A base with a Deployment, a Service and a ConfigMap, and overlays of it."""

from __future__ import annotations

from analyzers.model.manifests.kustomize.resource import Resource
from analyzers.parsers.yaml_node import Node
from tests.analyzers.model.manifests.kustomize.trees import build

WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: acme/web:v1
          env:
            - name: URL
              valueFrom: {configMapKeyRef: {name: settings, key: url}}
          envFrom:
            - secretRef: {name: keys}
"""


SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
"""


SETTINGS = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {url: 'http://api'}\n"


BASE = {
    "base/kustomization.yaml": "resources: [web.yaml, service.yaml, settings.yaml]\n",
    "base/web.yaml": WEB,
    "base/service.yaml": SERVICE,
    "base/settings.yaml": SETTINGS,
}


TAKES = "resources: [../base]\n"


def yielded(overlay: str, **more: str) -> list[Resource]:
    files = {f"{name.replace('__', '/')}.yaml": text for name, text in more.items()}
    return build({**BASE, "prod/kustomization.yaml": TAKES + overlay, **files})


def at(resources: list[Resource], kind: str, *keys: str) -> Node:
    (found,) = (each for each in resources if each.kind == kind)
    node = found.node
    for key in keys:
        node = tuple(node)[int(key)] if key.isdecimal() else node[key]
    return node


CONTAINER = ("spec", "template", "spec", "containers", "0")


POD_LABELS = ("spec", "template", "metadata", "labels")


PATCH = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      terminationGracePeriodSeconds: 60
      containers:
        - name: web
          resources: {limits: {memory: 1Gi}}
"""
