"""Steps of a GitHub job: actions with their inputs, scripts with their commands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analyzers.model.command import Command
from analyzers.model.fact import Fact
from analyzers.model.pipeline import Cache, Step
from analyzers.model.pipelines.expressions import has_expression, hashed_files, simple_reference
from analyzers.model.pipelines.scripts import Scripts
from analyzers.model.yaml_facts import place
from analyzers.parsers.yaml_node import Node, Scalar
from analyzers.parsers.yaml_scalar import as_number_text

_CACHES = ("actions/cache", "actions/cache/restore", "actions/cache/save")
_SHELLS = ("bash", "sh")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a workflow and a job decide for their steps. `scopes` hold `env`, the innermost last."""

    scopes: tuple[Node, ...]
    shell: str
    directory: Node
    scripts: Scripts

    @classmethod
    def outermost(cls, workflow: Node) -> Surroundings:
        run = workflow.at("defaults", "run")
        return cls((workflow,), run["shell"].text, run["working-directory"], Scripts())

    def inside(self, job: Node) -> Surroundings:
        run = job.at("defaults", "run")
        shell = run["shell"].text or self.shell or ("pwsh" if _is_windows(job["runs-on"]) else "")
        directory = run["working-directory"] or self.directory
        return Surroundings((*self.scopes, job), shell, directory, self.scripts)

    def variable(self, name: str) -> Node | None:
        """The innermost setting of an environment variable."""
        for scope in reversed(self.scopes):
            if scope["env"].entry(name):
                return scope["env"][name]
        return None


def read_step(path: str, node: Node, around: Surroundings) -> Step:
    uses, _, version = node["uses"].text.partition("@")
    directory = node["working-directory"] or around.directory
    return Step(
        at=place(path, node),
        name=node["name"].text,
        uses=uses,
        version=version,
        inputs=env_facts(path, node["with"]),
        commands=_read_commands(path, node, around),
        env=env_facts(path, node["env"]),
        written={name: entry.value.target.text for name, entry in node["with"].items()},
        directory=_fact(path, directory) if directory else None,
    )


def env_facts(path: str, node: Node) -> dict[str, Fact[str]]:
    """Names with values, unknown where they hold an expression."""
    return {name: _fact(path, entry.value.target) for name, entry in node.items()}


def read_caches(path: str, node: Node, step: Step) -> Iterator[Cache]:
    """The cache that a step keeps, if it is one of actions/cache."""
    if step.uses not in _CACHES:
        return
    inputs = node["with"]
    key = inputs["key"]
    yield Cache(
        at=step.at,
        key=key.text,
        key_at=place(path, key) if key else None,
        key_files=hashed_files(key.text),
        paths=_lines(inputs["path"]),
        fallback_keys=_lines(inputs["restore-keys"]),
    )


def read_go_versions(
    path: str, node: Node, step: Step, job: Node, around: Surroundings
) -> Iterator[Fact[str]]:
    """The Go versions that a setup-go step installs, each value of a matrix by itself."""
    version = node.at("with", "go-version")
    if step.uses != "actions/setup-go" or not version:
        return
    reference = simple_reference(version.text)
    if reference and reference[0] == "matrix":
        matrix = job.at("strategy", "matrix")
        if matrix.items():
            yield from (_fact(path, value) for value in _matrix_values(matrix, reference[1]))
            return
    if reference and reference[0] == "env" and (value := around.variable(reference[1])):
        yield _fact(path, value)
    else:
        yield _fact(path, version)


def _matrix_values(matrix: Node, name: str) -> Iterator[Node]:
    yield from matrix[name]
    for combination in matrix["include"]:
        if combination[name]:
            yield combination[name]


def _fact(path: str, node: Node) -> Fact[str]:
    text = as_number_text(node) if node else ""
    return Fact(None if text is None or has_expression(text) else text, place(path, node))


def _lines(node: Node) -> tuple[str, ...]:
    return tuple(line.strip() for line in node.text.splitlines() if line.strip())


def _read_commands(path: str, node: Node, around: Surroundings) -> tuple[Command, ...]:
    shell = (node["shell"].text or around.shell or "bash").split(" ", 1)[0]
    run = node["run"]
    return around.scripts.read(path, [run]) if isinstance(run, Scalar) and shell in _SHELLS else ()


def _is_windows(runs_on: Node) -> bool:
    return any("windows" in label.text.lower() for label in (runs_on, *runs_on))
