"""Images that CI jobs push, and whether their tags stay what they are.

Variables: https://docs.gitlab.com/ci/variables/predefined_variables/,
https://docs.github.com/en/actions/reference/variables-reference
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from analyzers.finding import Location
from analyzers.model.builds.actions import computed_images, items, read_build_action
from analyzers.model.builds.command_lines import Asked, may_build, read_command_line
from analyzers.model.builds.interpolation import UNKNOWN, Lookup, interpolate
from analyzers.model.builds.places import repository_of
from analyzers.model.builds.shell_state import ShellState
from analyzers.model.builds.variables import job_lookup
from analyzers.model.command import Command
from analyzers.model.images.mutable_tags import is_mutable
from analyzers.model.pipeline import Job, Step
from analyzers.parsers.light import light_value

Kind = Literal["moving", "lasting", "unknown"]
MOST_COMBINATIONS = 20
_COMMIT, _BRANCH = "\ue010", "\ue011"
_COMMITS = frozenset(
    (
        *("CI_COMMIT_SHA", "CI_COMMIT_SHORT_SHA", "CI_COMMIT_TAG", "CI_PIPELINE_ID", "CI_PIPELINE_IID"),
        *("CI_JOB_ID", "GITHUB_SHA", "GITHUB_RUN_ID", "GITHUB_RUN_NUMBER", "github.sha", "github.run_id"),
        "github.run_number",
    )
)
_BRANCHES = frozenset({"CI_COMMIT_BRANCH", "CI_DEFAULT_BRANCH", "GITHUB_HEAD_REF", "github.head_ref"})
_PUSHING = {
    "docker": (("push",), ("image", "push")),
    "podman": (("push",), ("image", "push")),
    "buildah": (("push",),),
    "nerdctl": (("push",), ("image", "push")),
}
_OTHERS = frozenset(
    (
        *("bazel", "crane", "docker-compose", "earthly", "goreleaser", "gradle", "gradlew", "img", "just"),
        *("ko", "mage", "make", "mvn", "mvnw", "oras", "pack", "regctl", "skaffold", "skopeo", "task"),
    )
)
"""Programs that may push what cannot be seen here."""
_OTHER_WORDS = (("buildx", "bake"), ("buildx", "imagetools"), ("compose",), ("manifest",))
_REPOINTING = re.compile(r"\b(?:crane|skopeo|regctl|oras|imagetools)\b")


@light_value
class Push:
    """A tag that a job pushes. `name` and `tag` as written, `repository` the familiar name where it is known.

    A moving tag means another image after the next push; what a lasting one means stays.
    """

    at: Location
    job: str
    name: str
    tag: str
    kind: Kind
    repository: str = ""
    known_tag: str | None = None
    """The tag, where nothing is left open."""


def find_pushes(job: Job) -> tuple[Push, ...]:
    """Every push of a job. Where one cannot be seen, one without a name and of unknown kind stands for it."""
    found: dict[Push, None] = {}
    steps = tuple(filter(_may_push, job.steps))
    if not steps:
        return ()
    if job.system == "gitlab":  # its steps are one shell's: what any of them sets holds for the others
        steps = job.steps
    for row in job.combinations[:MOST_COMBINATIONS]:
        found.update(dict.fromkeys(_pushes(job, steps, row)))
    return tuple(found)


def _may_push(step: Step) -> bool:
    """Most steps do not, in whatever combination they run."""
    return read_build_action(step, ()) is not None or any(
        may_build(command) or command.name in _PUSHING or _may_push_unseen(command)
        for command in step.commands
    )


def _pushes(job: Job, steps: Iterable[Step], row: Mapping[str, str]) -> Iterator[Push]:
    shell = None
    for step in steps:
        lookup = _marking(job_lookup(job, step, row))
        if shell is None or job.system == "github":
            shell = ShellState("", lookup)
        yield from _of_action(job, step, lookup)
        yield from _of_commands(job, step.commands, shell)


def _marking(lookup: Lookup) -> Lookup:
    """Marks in the place of variables that name the commit or the branch."""

    def marked(name: str) -> str | None:
        plain = name.removeprefix("env.")
        if plain in _COMMITS:
            return _COMMIT
        return _BRANCH if plain in _BRANCHES else lookup(name)

    return marked


def _of_action(job: Job, step: Step, lookup: Lookup) -> Iterator[Push]:
    if read_build_action(step, ()) is None or not _asks_to_push(step):
        return
    for tag in items(step.written.get("tags", "")):
        if ".outputs." in tag:
            names = computed_images(job.steps) or ("",)
            for name in names:
                yield Push(step.at, job.name, name, "", "unknown", repository_of(interpolate(name, lookup)))
        else:
            yield _push(step.at, job, tag, interpolate(tag, lookup))
    if not step.written.get("tags"):
        yield Push(step.at, job.name, "", "", "unknown")


def _asks_to_push(step: Step) -> bool:
    outputs = step.written.get("outputs", "")
    is_asked = step.written.get("push", "false").strip().lower() != "false"
    return (
        is_asked
        or "push=true" in outputs
        or "type=registry" in outputs
        or step.uses == "int128/kaniko-action"
    )


def _of_commands(job: Job, commands: Iterable[Command], shell: ShellState) -> Iterator[Push]:
    for command in commands:
        shell.run(command)
        asked = read_command_line(command.words) if may_build(command) else None
        if asked and _pushes_at_once(command, asked):
            for tag in asked.tags:
                yield _push(command.at, job, tag, shell.text(tag))
        elif (image := _pushed(command)) is not None:
            yield _push(command.at, job, image, shell.text(image))
        elif _may_push_unseen(command):
            yield Push(command.at, job.name, "", "", "unknown")


def _pushes_at_once(command: Command, asked: Asked) -> bool:
    if asked.is_kaniko:
        return "--no-push" not in command.words
    return "--push" in command.words or any("push=true" in output for output in asked.outputs)


def _pushed(command: Command) -> str | None:
    """What a `docker push` pushes, the destination where there are two; empty for all tags of a name."""
    for verb in _PUSHING.get(command.name, ()):
        rest = command.words[1 + len(verb) :]
        if command.words[1 : 1 + len(verb)] == verb and rest:
            has_all = "-a" in rest or "--all-tags" in rest
            return "" if has_all else rest[-1].removeprefix("docker://")
    return None


def _may_push_unseen(command: Command) -> bool:
    is_script = command.words[:1] and command.words[0].endswith((".sh", ".py"))
    verbs = command.words[1:3]
    return (
        command.name in _OTHERS
        or bool(is_script)
        or (command.name in ("bash", "sh") and len(command.words) > 1)
        or (command.name == "docker" and any(verbs[: len(words)] == words for words in _OTHER_WORDS))
    )


def repoints(commands: Sequence[Command]) -> bool:
    """One of the commands gives an image that was pushed another tag."""
    return any(_REPOINTING.search(" ".join(command.words[:3])) for command in commands)


def _push(at: Location, job: Job, written: str, text: str) -> Push:
    """A push of `name:tag`, as written and with what is known put in."""
    name, tag = _cut(written)
    _, known = _cut(text)
    if not tag and not known and UNKNOWN in text.rpartition("/")[2]:
        return Push(at, job.name, "", "", "unknown")
    is_known = not any(mark in known for mark in (UNKNOWN, _COMMIT, _BRANCH))
    return Push(
        at=at,
        job=job.name,
        name=name,
        tag=tag,
        kind=_kind(known, text),
        repository=repository_of(_cut(text)[0]),
        known_tag=(known or "latest") if is_known and written else None,
    )


def _cut(image: str) -> tuple[str, str]:
    """The name and the tag. A colon inside an expression or in front of a port is none of a tag's."""
    colon = image.rfind(":")
    is_tag = colon > image.rfind("/") and "}" not in image[colon:].partition("$")[0]
    return (image[:colon], image[colon + 1 :]) if is_tag else (image, "")


def _kind(tag: str, image: str) -> Kind:
    if not image or "@" in image:
        return "unknown"
    if _COMMIT in tag:
        return "lasting"
    if UNKNOWN in tag or (not tag and UNKNOWN in image.rpartition("/")[2]):
        return "unknown"
    return "moving" if _BRANCH in tag or is_mutable(tag) else "lasting"
