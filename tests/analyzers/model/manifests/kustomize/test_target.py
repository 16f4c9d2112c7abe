from __future__ import annotations

import pytest

from analyzers.model.manifests.kustomize.resource import Resource
from analyzers.model.manifests.kustomize.target import matches, selects
from tests.analyzers.documents import document
from tests.hanging import must_end

OBJECT = document("""\
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, namespace: shop, labels: {app: web, tier: front}, annotations: {a: b}}
""")
WEB = Resource("web.yaml", "Deployment", "apps", OBJECT, names=("old-web",))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("{kind: Service}", False),
        ("{kind: Deployment, name: api}", False),
        ("{group: batch}", False),
        ("{version: v2}", False),
        ("{namespace: other}", False),
        ("{labelSelector: 'app=api'}", False),
        ("{labelSelector: 'app!=web'}", False),
        ("{labelSelector: 'team'}", False),
        ("{annotationSelector: 'a=c'}", False),
        ("{labelSelector: 'app in (web, api)'}", None),
        ("{name: '[a-z]+'}", None),
        ("{kind: Service, name: '[a-z]+'}", False),
        ("{}", True),
        ("{kind: Deployment}", True),
        ("{name: web}", True),
        ("{name: old-web}", True),
        ("{name: .*}", True),
        ("{name: 'w.*'}", True),
        ("{name: '^(api|web)$'}", True),
        ("{kind: Deployment|StatefulSet}", True),
        ("{group: apps, version: v1, kind: Deployment, namespace: shop}", True),
        ("{labelSelector: 'app=web,tier==front'}", True),
        ("{labelSelector: 'app, tier!=back'}", True),
        ("{annotationSelector: 'a=b'}", True),
    ],
)
def test_selects(target: str, expected: bool | None) -> None:
    assert selects(document(target), WEB) is expected


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("", "anything", True),
        ("web", "webs", False),
        ("a.*b.*c", "acb", False),
        ("ab.*ba", "aba", False),
        ("w.b", "wb", False),
        ("a.c.*", "abd", False),
        ("r.io:5000/a", "r.io/a", False),
        ("(a+)+", "a", None),
        ("a.*b.*c", "a-b-c", True),
        ("w.b", "web", True),
        (".*.b.*", "a-web", True),
        ("r.io:5000/a", "r.io:5000/a", True),
        (".*-web", "my-web", True),
        ("a|b", "b", True),
    ],
)
def test_matches(pattern: str, text: str, expected: bool | None) -> None:
    assert matches(pattern, text) is expected


def test_a_hostile_pattern_ends() -> None:
    with must_end():
        assert matches(".*a" * 20_000 + "b", "a" * 50_000) is False
