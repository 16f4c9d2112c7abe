"""Draws the lines between programs, images, pipelines and workloads. What is ambiguous is left unlinked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from analyzers.finding import Location
from analyzers.model.builds.called import Callees
from analyzers.model.builds.go_outputs import GoCommand
from analyzers.model.image import Image
from analyzers.model.pipeline import Job
from analyzers.model.program import Program
from analyzers.model.release import Release
from analyzers.model.service import Deployed, Service
from analyzers.model.services.base_images import BaseImages
from analyzers.model.services.building import Binary, Builder, Contents, build_stages
from analyzers.model.services.image_owners import ImageOwners, choose
from analyzers.model.services.job_links import JobIndex, program_jobs
from analyzers.model.services.naming import display_name, naming_folder
from analyzers.model.services.prebuilt import Prebuilt
from analyzers.model.services.program_index import ProgramIndex
from analyzers.parsers.light import light_record
from analyzers.parsers.makefile import Makefile


@light_record
class Parts:
    """What is linked. `text_at` gives what stands at a place of a file."""

    programs: Sequence[Program]
    images: Sequence[Image]
    jobs: Sequence[Job]
    deployed: Sequence[Deployed]
    text_at: Callable[[Location], str]
    argument_images: Mapping[str, Sequence[Image]] = field(default_factory=dict)
    """By Dockerfile, what its builds make of it where their arguments differ."""
    go_commands: Sequence[GoCommand] = ()
    """Those of Makefiles."""
    releases: Sequence[Release] = ()
    makefiles: Mapping[str, Makefile] = field(default_factory=dict)
    """By path."""
    tree: Collection[str] = ()
    """The files of the repository."""


def bare_service(image: Image) -> Service:
    """An image of which nothing more is known, such as one without Go."""
    return Service(
        name=display_name(None, image),
        module=None,
        program=None,
        image=image,
        build_stages=build_stages(image),
        jobs=(),
        deployed=(),
        builds=image.builds,
        image_names=_names(image),
        short_names=_short_names(image),
    )


def link(parts: Parts) -> tuple[Service, ...]:
    """Every service of a repository, those with an image first."""
    drafts = _Drafting(parts).drafts()
    owners = ImageOwners(drafts, parts.text_at)
    owned: dict[int, list[Deployed]] = defaultdict(list)
    for item in parts.deployed:
        found = owners.of_container(item.container)
        if len(found.units) == 1:
            owned[id(choose(found.units[0], item.container))].append(replace(item, by=found.by))
    services = (replace(draft, deployed=tuple(owned[id(draft)])) for draft in drafts if draft.is_go)
    return tuple(services)


class _Drafting:
    """The services with all but what runs them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._index = ProgramIndex(parts.programs)
        prebuilt = Prebuilt(self._index, parts.go_commands, parts.jobs)
        self._builder = Builder(self._index, prebuilt, _released(parts.releases, self._index))
        self._bases = BaseImages(parts.images)
        self._jobs = JobIndex(parts.jobs, Callees(parts.makefiles, parts.tree, self._index.repository_names))
        self._program_jobs = program_jobs(parts.jobs, self._index, prebuilt.made, self._jobs)

    def drafts(self) -> list[Service]:
        images = (each for image in self._parts.images for each in self._by_arguments(image))
        drafts = [draft for image in images for draft in self._of_image(image)]
        found = {draft.program.directory for draft in drafts if draft.program}
        alone = (program for program in self._parts.programs if program.directory not in found)
        return drafts + [self._draft(None, program) for program in alone]

    def _by_arguments(self, image: Image) -> Sequence[Image]:
        """Several where the Dockerfile alone does not tell its program, and the builds do."""
        others = self._parts.argument_images.get(image.path, ())
        if not others or self._builder.look_into(image).binaries:
            return (image,)
        return others if any(self._builder.look_into(other).binaries for other in others) else (image,)

    def _of_image(self, image: Image) -> Iterator[Service]:
        """The program that is started comes last: what rules say of an image, they say of that."""
        contents = self._contents(image)
        for binary in contents.binaries:
            if binary is not contents.started:
                yield self._draft(image, binary.program, binary, is_started=False)
        if contents.started:
            yield self._draft(image, contents.started.program, contents.started)
        else:
            yield self._draft(image, None)

    def _contents(self, image: Image) -> Contents:
        """What it holds, or else what the image of this repository holds that it starts from."""
        contents = self._builder.look_into(image)
        base = None if contents.binaries or contents.candidates else self._bases.under(image.final)
        return self._builder.look_into(base) if base else contents

    def _is_alone(self, program: Program | None) -> bool:
        return program is None or len(self._index.below(naming_folder(program))) < 2

    def _draft(
        self,
        image: Image | None,
        program: Program | None,
        binary: Binary | None = None,
        *,
        is_started: bool = True,
    ) -> Service:
        builds = image.builds if image else ()
        own = self._program_jobs.get(program.directory, ()) if program else ()
        jobs = {id(job): job for job in (*self._jobs.of_builds(builds), *own)}
        return Service(
            name=display_name(
                program, image, binary.names if binary else (), is_alone=self._is_alone(program)
            ),
            module=program.module if program else None,
            program=program,
            image=image,
            build_stages=self._builder.build_stages(image) if image else (),
            jobs=tuple(jobs.values()),
            deployed=(),
            program_by=binary.by if binary else None,
            builds=builds,
            bases=self._bases.of(image) if image else (),
            image_names=_names(image) if image else (),
            short_names=_short_names(image) if image else (),
            binaries=binary.names if binary else frozenset(),
            is_started=is_started,
        )


def _released(releases: Iterable[Release], index: ProgramIndex) -> Mapping[str, Sequence[Binary]]:
    """By Dockerfile, the programs that a release puts into its context, under the names they have there."""
    found: dict[str, list[Binary]] = defaultdict(list)
    for release in releases:
        for image in release.images:
            for binary in release.given_to(image) if image.dockerfile is not None else ():
                program = None if binary.directory is None else index.at(binary.directory)
                if program and image.dockerfile is not None:
                    places = frozenset({binary.name} if binary.name else ())
                    found[image.dockerfile].append(Binary(program, "build", places))
    return found


def _names(image: Image) -> tuple[str, ...]:
    """What its builds call it."""
    return tuple(dict.fromkeys(name for build in image.builds for name in build.names))


def _short_names(image: Image) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for build in image.builds for name in build.short_names))
