"""Steps of a GitHub job: actions with their inputs, scripts with their commands."""

from __future__ import annotations

from typing import NamedTuple

from analyzers.model.command import Command
from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef
from analyzers.model.images.reference import read_reference
from analyzers.model.pipeline import Step
from analyzers.model.pipelines.contexts import Contexts
from analyzers.model.pipelines.scripts import Scripts
from analyzers.model.yaml_facts import place
from analyzers.parsers.light import light_value
from analyzers.parsers.yaml_node import Node, Scalar

_SHELLS = ("bash", "sh")
_IMAGE = "docker://"


@light_value
class Surroundings:
    """What a workflow, a job or an action decides for the steps in it."""

    contexts: Contexts
    scripts: Scripts
    shell: str = ""
    directory: Node | None = None

    def inside(self, node: Node, contexts: Contexts) -> Surroundings:
        """What holds in a job, its `defaults` over the workflow's."""
        run = node.at("defaults", "run")
        shell = run["shell"].text or self.shell or ("pwsh" if _is_windows(node["runs-on"]) else "")
        return Surroundings(contexts, self.scripts, shell, run["working-directory"] or self.directory)


class ReadStep(NamedTuple):
    """A step, the mapping it was read from, and what its expressions were worth."""

    step: Step
    node: Node
    contexts: Contexts


def read_step(node: Node, around: Surroundings) -> ReadStep:
    path = around.contexts.path
    env = around.contexts.facts(node["env"])
    contexts = around.contexts.with_env(env)
    written = around.contexts.put_in(node["uses"].text)
    uses, _, version = written.partition("@") if not written.startswith(_IMAGE) else (written, "", "")
    directory, given = node["working-directory"] or around.directory, node["with"]
    step = Step(
        place(path, node),
        node["name"].text,
        uses,
        version,
        inputs=contexts.facts(given),
        commands=_read_commands(node, around),
        env=env,
        written={name: contexts.put_in(entry.value.target.text) for name, entry in given.items()},
        directory=contexts.fact(directory) if directory else None,
        image=_image(node["uses"], contexts) if uses.startswith(_IMAGE) else None,
    )
    return ReadStep(step, node, contexts)


def _image(node: Node, contexts: Contexts) -> Fact[ImageRef]:
    text = contexts.value(node.text) or ""
    return Fact(read_reference(text.removeprefix(_IMAGE)), place(contexts.path, node))


def _read_commands(node: Node, around: Surroundings) -> tuple[Command, ...]:
    run, contexts = node["run"], around.contexts
    if not isinstance(run, Scalar):
        return ()
    shell = (contexts.put_in(node["shell"].text) or around.shell or "bash").split(" ", 1)[0]
    if shell not in _SHELLS:
        return ()
    return around.scripts.read(contexts.path, [run], contexts.put_in if contexts.given else None)


def _is_windows(runs_on: Node) -> bool:
    return any("windows" in label.text.lower() for label in (runs_on, *runs_on))
