"""A CI configuration, GitHub Actions and GitLab CI alike: jobs, what they run, what they cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Literal

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef
from analyzers.parsers.light import light_record, light_value


@light_value
class Cache:
    """A cache that a job keeps. `key` and `key_files` as written, variables unexpanded."""

    at: Location
    key: str
    key_at: Location | None
    key_files: tuple[str, ...]
    paths: tuple[str, ...]
    fallback_keys: tuple[str, ...] = ()
    key_prefix: str = ""
    by: str = ""
    """The action that keeps it, on GitHub. `actions/setup-go` has a key of its own making."""
    policy: str = ""
    """`pull`, `push` or `pull-push`, as written, on GitLab."""
    paths_at: tuple[Location, ...] = ()
    """Where each of the paths stands, on GitLab."""


@light_value
class Step:
    """A step of a job. `uses` is an action as `owner/name` without the version."""

    at: Location
    name: str = ""
    uses: str = ""
    version: str = ""
    inputs: Mapping[str, Fact[str]] = field(default_factory=dict)
    commands: tuple[Command, ...] = ()
    env: Mapping[str, Fact[str]] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    """The inputs as written, expressions included, those of a composite action put in."""
    directory: Fact[str] | None = None
    """The working-directory it asks for, its job's or workflow's default included."""
    image: Fact[ImageRef] | None = None
    """What `uses: docker://...` runs."""


@light_record
class Job:
    """One job with the settings of its pipeline applied. `env` has the workflow's and the job's variables."""

    path: str
    at: Location
    system: Literal["github", "gitlab"]
    name: str
    steps: tuple[Step, ...]
    image: Fact[ImageRef] | None = None
    services: tuple[Fact[ImageRef], ...] = ()
    env: Mapping[str, Fact[str]] = field(default_factory=dict)
    caches: tuple[Cache, ...] = ()
    go_versions: tuple[Fact[str], ...] = ()
    """What setup-go is asked for: each value of a matrix, the version of the go.mod it is pointed to."""
    is_complete: bool = True
    """False where something that is not in the repository may add to it: an include, a reusable workflow."""
    runs_on: tuple[str, ...] = ()
    """Labels of the runner, as written."""
    combinations: tuple[Mapping[str, str], ...] = ({},)
    """What the job runs with, once each: `matrix.NAME`, `inputs.NAME`, or GitLab's variables of a matrix.
    Values that cannot be known are left out; never empty."""
    needs: tuple[str, ...] = ()
    """The jobs it waits for."""
    calls: str = ""
    """The workflow of the repository that it runs in place of steps."""
    image_entrypoint: tuple[str, ...] | None = None
    """The entrypoint GitLab starts the image with, where the job sets one: `("",)` for none."""
    service_names: tuple[str, ...] = ()
    """Under which name each of the services is reached; empty where the image's name decides it."""

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        return tuple(command for step in self.steps for command in step.commands)


@light_record
class Pipeline:
    """One workflow file, or GitLab's configuration with its local includes."""

    path: str
    system: Literal["github", "gitlab"]
    jobs: tuple[Job, ...]
    is_complete: bool = True
    """False where jobs may come from an include, or a pipeline it triggers, that is not in the repository."""
    events: tuple[str, ...] = ()
    """What starts it, on GitHub: `push`, `pull_request`."""
