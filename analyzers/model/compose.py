"""Services of a Docker Compose file: what they are built from and how they are run.

Filled by `compose_reader.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from functools import cached_property

from analyzers.finding import Location
from analyzers.model.builds.interpolation import known
from analyzers.model.builds.places import inside, repositories_of, short_names_of
from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef
from analyzers.parsers.light import light_record


@light_record
class ComposeBuild:
    """A `build:` section. What it does not say is None; `folder` is where its paths begin."""

    folder: str
    written_context: str | None
    written_dockerfile: str | None
    written_target: str | None
    args: Mapping[str, Fact[str]]
    is_inline: bool = False
    tags: tuple[str, ...] = ()

    @property
    def context(self) -> str | None:
        """The folder that is built ('' is the root); None for a remote or unknown one."""
        return inside(self.folder, self.written_context or ".")

    @property
    def dockerfile(self) -> str | None:
        return None if self.is_inline else inside(self.context, self.written_dockerfile or "Dockerfile")

    @property
    def target(self) -> str | None:
        return known(self.written_target or "")

    def over(self, other: ComposeBuild) -> ComposeBuild:
        """This section on top of another, whose file is the first one."""
        return ComposeBuild(
            other.folder if self.written_context is None else self.folder,
            other.written_context if self.written_context is None else self.written_context,
            other.written_dockerfile if self.written_dockerfile is None else self.written_dockerfile,
            other.written_target if self.written_target is None else self.written_target,
            {**other.args, **self.args},
            self.is_inline or other.is_inline,
            self.tags + other.tags,
        )


@light_record
class ComposeService:
    """One service, with what it extends."""

    path: str
    at: Location
    name: str
    image: Fact[ImageRef] | None = None
    written_image: str = ""
    """With the defaults of its variables."""
    build: ComposeBuild | None = None
    ports: tuple[Fact[int], ...] = ()
    """The ports inside the container, published or exposed."""
    env: Mapping[str, Fact[str]] = field(default_factory=dict)
    env_is_complete: bool = True
    """False where an env_file brings more, or a service of another repository."""
    profiles: tuple[str, ...] = ()

    @property
    def context(self) -> str | None:
        return self.build.context if self.build else None

    @property
    def dockerfile(self) -> str | None:
        """The Dockerfile in the repository; None without a known build."""
        return self.build.dockerfile if self.build else None

    @property
    def target(self) -> str | None:
        return self.build.target if self.build else ""

    @property
    def built_names(self) -> tuple[str, ...]:
        """The repositories that its build is named."""
        return repositories_of((self.written_image, *(self.build.tags if self.build else ())))

    @property
    def built_short_names(self) -> tuple[str, ...]:
        """The last parts of names whose front is not known."""
        return short_names_of((self.written_image, *(self.build.tags if self.build else ())))

    def over(self, other: ComposeService) -> ComposeService:
        """This service on top of one that it extends or overrides."""
        build = self.build.over(other.build) if self.build and other.build else self.build or other.build
        return replace(
            self,
            image=self.image or other.image,
            written_image=self.written_image or other.written_image,
            build=build,
            ports=other.ports + self.ports,
            env={**other.env, **self.env},
            env_is_complete=self.env_is_complete and other.env_is_complete,
            profiles=self.profiles or other.profiles,
        )


@light_record
class Compose:
    path: str
    services: tuple[ComposeService, ...]

    def service(self, name: str) -> ComposeService | None:
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> Mapping[str, ComposeService]:
        return {service.name: service for service in self.services}
