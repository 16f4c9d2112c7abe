"""`docker build` and its likes: what their arguments ask for.

https://docs.docker.com/reference/cli/docker/buildx/build/ and the manuals of podman, buildah, nerdctl,
img and kaniko (https://github.com/GoogleContainerTools/kaniko#additional-flags).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzers.model.command import Command
from analyzers.parsers.light import light_value

_VERBS = {
    "docker": (("build",), ("buildx", "build"), ("buildx", "b"), ("image", "build"), ("builder", "build")),
    "podman": (("build",), ("image", "build"), ("buildx", "build")),
    "buildah": (("build",), ("bud",), ("build-using-dockerfile",)),
    "nerdctl": (("build",), ("image", "build"), ("builder", "build")),
    "img": (("build",),),
}
_PROGRAMS = frozenset({*_VERBS, "executor", "kaniko"})
_SHORT = {"-t": "--tag", "-f": "--file", "-o": "--output"}
_SWITCHES = frozenset(
    {
        *(
            "--check",
            "--compress",
            "--debug",
            "-D",
            "--disable-content-trust",
            "--force-rm",
            "--layers",
            "--load",
        ),
        *("--no-cache", "--no-console", "--pull", "--pull-always", "--pull-never", "--push", "--quiet", "-q"),
        *("--rm", "--squash", "--squash-all", "--stdin", "--stream", "--tls-verify", "--skip-unused-stages"),
        *(
            "--all-platforms",
            "--omit-history",
            "--cleanup",
            "--single-snapshot",
            "--no-push",
            "--reproducible",
        ),
        *("--cache", "--insecure", "--skip-tls-verify", "--use-new-run", "--rewrite-timestamp", "--force"),
    }
)
_KANIKO = {"-c": "--context", "-d": "--destination", "-f": "--dockerfile"}


@light_value
class Asked:
    """A build as its command line asks for it, nothing resolved. None is not said."""

    context: str | None = None
    file: str | None = None
    target: str | None = None
    tags: tuple[str, ...] = ()
    args: tuple[str, ...] = ()
    """Each as `NAME=value`, or `NAME` for the value of the environment."""
    outputs: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    """Words that are neither flags nor the context: variables that may hold flags."""
    is_kaniko: bool = False
    seeks_file_in_context: bool = False
    """A Dockerfile that is not in the working directory is looked for in the context."""


@dataclass(slots=True)
class _Words:
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    others: list[str] = field(default_factory=list)

    def last(self, name: str) -> str | None:
        return self.values[name][-1] if name in self.values else None


def may_build(command: Command) -> bool:
    """The command is one of a program that builds images."""
    return command.name in _PROGRAMS or command.words[:1] == ("sudo",)


def read_command_line(words: Sequence[str]) -> Asked | None:
    """The build that a command is; None for any other command."""
    if words and words[0] in ("sudo", "time"):
        words = words[1:]
    if not words:
        return None
    program = words[0].rsplit("/", 1)[-1]
    if words[0] == "/kaniko/executor" or program == "kaniko":
        return _kaniko(_cut(words[1:], _KANIKO))
    for verb in _VERBS.get(program, ()):
        if tuple(words[1 : 1 + len(verb)]) == verb:
            return _docker(_cut(words[1 + len(verb) :], _SHORT), program)
    return None


def _cut(words: Sequence[str], short: dict[str, str]) -> _Words:
    found = _Words()
    rest = iter(words)
    for word in rest:
        flag, equals, value = word.partition("=")
        if not word.startswith("-") or word == "-":
            found.others.append(word)
        elif word[:2] in short and not word.startswith("--"):
            found.values[short[word[:2]]].append(word[2:].removeprefix("=") or next(rest, ""))
        elif equals:
            found.values[flag].append(value)
        elif word not in _SWITCHES:
            found.values[word].append(next(rest, ""))
    return found


def _docker(words: _Words, program: str) -> Asked:
    return Asked(
        context=words.others[-1] if words.others else "." if program in ("podman", "buildah") else None,
        file=words.last("--file"),
        target=words.last("--target"),
        tags=tuple(words.values["--tag"]),
        args=tuple(words.values["--build-arg"]),
        outputs=tuple(words.values["--output"]),
        loose=tuple(words.others[:-1]),
        seeks_file_in_context=program in ("podman", "buildah"),
    )


def _kaniko(words: _Words) -> Asked:
    return Asked(
        context=words.last("--context"),
        file=words.last("--dockerfile"),
        target=words.last("--target"),
        tags=tuple(words.values["--destination"]),
        args=tuple(words.values["--build-arg"]),
        loose=tuple(words.others),
        is_kaniko=True,
        seeks_file_in_context=True,
    )
