"""Hostile YAML: manifests, charts, kustomizations, pipelines, Compose files; and very many files."""

from __future__ import annotations

from collections.abc import Mapping

from tests.bench.hostile.case import Hostile, one_file

_MEGABYTE = 1 << 20
_MANIFEST = "deploy/app.yaml"
_DEPLOYMENT = (
    b"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: %s\nspec:\n  template:\n    spec:\n"
    b"      containers:\n        - name: a\n          image: b:1\n"
)


_CONTAINER = b"        - name: a\n          image: b\n"


def _yaml(name: str, content: bytes, *, is_given_up: bool | None = True) -> Hostile:
    """Large files are read where they name a kind that runs."""
    return one_file(f"YAML: {name}", _MANIFEST, b"# kind: Deployment\n" + content, is_given_up=is_given_up)


def _bomb(line: bytes, levels: int, first: bytes) -> bytes:
    """Each level speaks nine times of the one before it."""
    return first + b"".join(line % {b"n": n, b"m": n - 1} for n in range(1, levels))


_ALIASES = _bomb(b"a%(n)d: &a%(n)d [" + b", ".join([b"*a%(m)d"] * 9) + b"]\n", 30, b"a0: &a0 x\n")
_MERGES = _bomb(
    b"a%(n)d: &a%(n)d\n  k%(n)d: v\n  <<: [" + b", ".join([b"*a%(m)d"] * 9) + b"]\n", 30, b"a0: &a0 {k: v}\n"
)


def _chart(
    name: str, template: bytes, *, is_given_up: bool | None = None, values: bytes = b"a: b\n"
) -> Hostile:
    files = {
        "c/Chart.yaml": b"name: c\nversion: 1.0.0\n",
        "c/values.yaml": values,
        "c/templates/a.yaml": b"# kind: Deployment\n" + template,
    }
    return Hostile(f"Helm: {name}", lambda: files, is_given_up)


def _kustomization(*resources: str, more: bytes = b"") -> bytes:
    return b"resources: [%s]\n%s" % (", ".join(resources).encode(), more)


def _overlays() -> Mapping[str, bytes]:
    """A thousand overlays of a thousand resources."""
    names = [f"r{number}.yaml" for number in range(1_000)]
    files = {"base/kustomization.yaml": _kustomization(*names)}
    files |= {f"base/{name}": _DEPLOYMENT % name[:-5].encode() for name in names}
    image = b"images: [{name: b, newTag: v2}]\n"
    over = {f"over/o{n}/kustomization.yaml": _kustomization("../../base", more=image) for n in range(1_000)}
    return {**files, **over}


def _circle() -> Mapping[str, bytes]:
    """Each of fifty takes in three others."""
    files = {
        f"k{n}/kustomization.yaml": _kustomization(
            *(f"../k{(n + step) % 50}" for step in (1, 7, 13)), "a.yaml"
        )
        for n in range(50)
    }
    return {**files, **{f"k{n}/a.yaml": _DEPLOYMENT % b"a" for n in range(50)}}


def _ladder() -> Mapping[str, bytes]:
    """Each takes in both below it: two to the power of thirty ways down."""
    files = {
        f"k{n}{side}/kustomization.yaml": _kustomization(f"../k{n + 1}a", f"../k{n + 1}b")
        for n in range(30)
        for side in "ab"
    }
    last = {f"k30{side}/kustomization.yaml": _kustomization("a.yaml") for side in "ab"}
    return {**files, **last, "k30a/a.yaml": _DEPLOYMENT % b"a", "k30b/a.yaml": _DEPLOYMENT % b"b"}


_PATCH = b"""\
  - target: {kind: Deployment}
    patch: |-
      - op: add
        path: /spec/template/spec/containers/-
        value: {name: x, image: y}
"""


def _patched() -> Mapping[str, bytes]:
    return {
        "k/kustomization.yaml": _kustomization("a.yaml", more=b"patches:\n" + _PATCH * 5_000),
        "k/a.yaml": _DEPLOYMENT % b"a",
    }


def _including() -> Mapping[str, bytes]:
    """Three hundred files that take each other in."""
    files = {f"ci/{n}.yml": b"include: ['/ci/*.yml', '/.gitlab-ci.yml']\n" for n in range(300)}
    return {".gitlab-ci.yml": b"include: ['/ci/*.yml']\na: {script: b}\n", **files}


def _small() -> Mapping[str, bytes]:
    texts = {
        "Dockerfile": b"FROM a\nCMD b\n",
        "main.go": b"package main\n\nfunc main() {}\n",
        "a.yaml": _DEPLOYMENT % b"a",
        "go.mod": b"module a\n",
    }
    return {f"s{n % 500}/d{n}/{name}": text for n in range(5_000) for name, text in texts.items()}


_WORKFLOW = ".github/workflows/a.yml"
_COLUMNS = b"".join(
    b"        v%d: [%s]\n" % (n, b", ".join(b'"%d"' % m for m in range(60))) for n in range(8)
)
_MATRIX = b"""\
on: push
jobs:
  a:
    strategy:
      matrix:
%s    steps:
      - uses: actions/setup-go@v5
        with: {go-version: '${{ matrix.v1 }}'}
      - uses: docker/build-push-action@v6
        with: {context: '${{ matrix.v1 }}', file: '${{ matrix.v2 }}', tags: '${{ matrix.v3 }}'}
"""
_VARIABLES = b"env:\n%sjobs:\n  a:\n    steps:\n%s" % (
    b"".join(b"  A%d: v\n" % n for n in range(15_000)),
    b"    - {env: {B: c}, run: make}\n" * 1_000,
)
_JOBS = b"on: push\njobs:\n" + b"".join(b"  j%d:\n    steps: [{run: make}]\n" % n for n in range(10_000))
_LOOP = b"".join(
    b"j%d:\n  extends: [j%d, j%d]\n  script: a\n" % (n, (n + 1) % 200, (n + 2) % 200) for n in range(200)
)
_REFERENCES = (
    b".a0:\n  script: [a, b]\n"
    + b"".join(
        b".a%d:\n  script: [%s]\n" % (n, b", ".join([b"!reference [.a%d, script]" % (n - 1)] * 9))
        for n in range(1, 10)
    )
    + b"j:\n  script:\n    - !reference [.a9, script]\n"
)
_EXTENDING = b"services:\n" + b"".join(
    b"  s%d:\n    extends: s%d\n" % (n, (n + 1) % 2_000) for n in range(2_000)
)
_INCLUDES = b"".join(
    b'{{ define "t%d" }}{{ include "t%d" . }}{{ include "t%d" . }}{{ end }}\n' % (n, n + 1, n + 1)
    for n in range(40)
)
_NAMED = b'{{ define "t40" }}x{{ end }}\nkind: Deployment\nmetadata:\n  name: {{ include "t0" . }}\n'
_ITSELF = b'{{ define "a" }}{{ include "a" . }}{{ include "a" . }}{{ end }}\na: {{ include "a" . }}\n'

TREES = (
    _yaml(
        "5 MiB, a wide list and comments",
        b"a: [" + b"a," * 380_000 + b"]\n---\n" + b"#\n" * 2_100_000,
    ),
    _yaml("5 MiB of documents", b"---\n" * 1_300_000),
    _yaml("100,000 of [", b"[" * 100_000),
    _yaml("1 MiB of [", b"[" * (_MEGABYTE - 60)),
    _yaml("100,000 of - ", b"- " * 100_000),
    _yaml("aliases of aliases", _ALIASES),
    _yaml("merges of merges", _MERGES),
    _yaml("200,000 empty documents", b"---\n" * 200_000),
    _yaml("80,000 keys", b"".join(b"k%d: v\n" % n for n in range(80_000)), is_given_up=None),
    _yaml(
        "a flow map of 80,000 keys",
        b"{" + b", ".join(b"k%d: v" % n for n in range(80_000)) + b"}",
        is_given_up=None,
    ),
    _yaml("one line of 1 MiB", b"a: " + b"x" * (_MEGABYTE - 60), is_given_up=False),
    _yaml("UTF-16", "a: b\n".encode("utf-16")),
    _yaml("NUL", b"a: b\0c\n"),
    _yaml("not UTF-8", b"a: \xff\xfe\n"),
    _yaml("tabs", b"a:\n" + b"\t" * 500_000 + b"b: c\n"),
    _yaml(
        "50,000 anchors", b"".join(b"- &a%d x\n- *a%d\n" % (n, n) for n in range(40_000)), is_given_up=None
    ),
    _yaml("20,000 containers", _DEPLOYMENT % b"a" + _CONTAINER * 20_000, is_given_up=None),
    _chart("1 MiB of {{", b"{{" * (_MEGABYTE // 2 - 60)),
    _chart("100,000 of {{ if }}", b"{{ if .a }}\n" * 80_000),
    _chart("100,000 actions on a line", b"a: " + b"{{ .b }}" * 100_000),
    _chart("deep parentheses", b"a: {{ " + b"(" * 300_000 + b" }}\n"),
    _chart("a pipeline of 100,000", b"a: {{ .b" + b" | quote" * 100_000 + b" }}\n"),
    _chart("a template that includes itself", _ITSELF),
    _chart("includes that double", _INCLUDES + _NAMED),
    _chart(
        "values that double", _DEPLOYMENT % b"a" + b"{{ .Values.a29 }}\n", values=_ALIASES, is_given_up=True
    ),
    _chart(
        "values of 900 kB",
        _DEPLOYMENT % b"a" + b"{{ .Values.k1.a.b }}\n",
        values=b"".join(b"k%d: {a: {b: c}}\n" % n for n in range(45_000)),
    ),
    _chart(
        "900 kB of values written out",
        _DEPLOYMENT % b"a" + b"x: {{- toYaml .Values | nindent 2 }}\n",
        values=b"".join(b"k%d: {a: {b: c}}\n" % n for n in range(45_000)),
        is_given_up=True,
    ),
    Hostile("kustomize: 1,000 overlays of 1,000 resources", _overlays, None),
    Hostile("kustomize: a circle of 50", _circle, None),
    Hostile("kustomize: two to the power of 30 ways", _ladder, None),
    Hostile("kustomize: 5,000 patches", _patched, None),
    one_file("workflow: a matrix of 60 to the power of 8", _WORKFLOW, _MATRIX % _COLUMNS, is_given_up=None),
    one_file("workflow: 10,000 jobs", _WORKFLOW, _JOBS),
    one_file("workflow: 15,000 variables for 1,000 steps", _WORKFLOW, _VARIABLES, is_given_up=False),
    one_file("workflow: merges of merges", _WORKFLOW, _MERGES + b"on: push\njobs: *a29\n"),
    one_file("GitLab: jobs that extend each other", ".gitlab-ci.yml", _LOOP, is_given_up=None),
    one_file("GitLab: references of references", ".gitlab-ci.yml", _REFERENCES, is_given_up=None),
    Hostile("GitLab: files that include each other", _including, None),
    one_file("Compose: services that extend each other", "compose.yaml", _EXTENDING, is_given_up=None),
    Hostile("20,000 small files", _small, True),
)
