"""Which stages of a Dockerfile ship: those that builds name, or else the last one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from analyzers.model.build import Build
from analyzers.model.builds.purposes import is_aside
from analyzers.model.image import Stage, stage_named, used_by

_DECIDING = frozenset({"bake", "goreleaser", "pipeline", "skaffold"})


def shipping(builds: Iterable[Build]) -> tuple[Build, ...]:
    """The builds that an image ships from; a compose file counts where nothing else builds it."""
    found = [build for build in builds if build.ships]
    return tuple([build for build in found if build.by != "compose"] or found)


def final_stages(stages: Sequence[Stage], builds: Collection[Build]) -> tuple[Stage, ...]:
    """The stages that images end at, in the order of the file. A target that is not known is the last one.

    The last stage is one of them unless its name, or who builds for others than developers, says otherwise.
    """
    last = stages[-1]
    parts = {stage.index for stage in used_by(last, stages)}
    targets = dict.fromkeys(build.target or "" for build in builds)
    named = (stage_named(target, stages) if target else last for target in targets)
    found = {stage.index for stage in named if stage and (stage is last or _is_end(stage, last, parts))}
    if not found or not (is_aside(last.name) or any(build.by in _DECIDING for build in builds)):
        found.add(last.index)
    return tuple(stage for stage in stages if stage.index in found)


def given_arguments(builds: Collection[Build]) -> Mapping[str, str | None]:
    """The build arguments that the builds set; None where they differ, or set what is not known."""
    values: dict[str, list[str | None]] = defaultdict(list)
    for build in builds:
        for name, fact in build.args.items():
            values[name].append(fact.value)
    return {
        name: said[0] if len(said) == len(builds) and len(set(said)) == 1 else None
        for name, said in values.items()
    }


def doubtful_arguments(builds: Iterable[Build]) -> frozenset[str]:
    """The arguments that developers' own builds set: elsewhere the base image may hang on another value."""
    return frozenset(name for build in builds if build.by not in _DECIDING for name in build.args)


def _is_end(stage: Stage, last: Stage, parts: Collection[int]) -> bool:
    """No mere part of the last stage, built for a cache or a test: such a one starts nothing itself."""
    return stage.index not in parts or is_aside(last.name) or bool(stage.entrypoint or stage.cmd)
