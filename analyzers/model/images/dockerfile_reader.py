"""From a Dockerfile's syntax to the images it is built to."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from analyzers.finding import Location
from analyzers.model.build import Build
from analyzers.model.command import Command
from analyzers.model.command_reader import read_commands
from analyzers.model.fact import Fact
from analyzers.model.image import Image, Stage, stage_named
from analyzers.model.images.build_context import TreeIndex, choose_context
from analyzers.model.images.build_scope import PLATFORM_ARGS, BuildScope
from analyzers.model.images.final_stages import doubtful_arguments, final_stages, given_arguments, shipping
from analyzers.model.images.reference import read_reference
from analyzers.model.images.stage_reader import StageReader, Start
from analyzers.parsers.dockerfile import Dockerfile, Instruction
from analyzers.parsers.expansion import Allowance
from analyzers.parsers.image_name import split_from
from analyzers.parsers.joined_text import JoinedText
from analyzers.parsers.problem import Unreadable

MAX_INSTRUCTIONS = 2_000
MAX_STAGES = 200
_VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w{0,100})")
SHELL_SECONDS = 1.0
"""For all the scripts of one file together."""


def read_image(path: str, dockerfile: Dockerfile, tree: Collection[str] | TreeIndex) -> Image:
    """The image of a Dockerfile that no build is known of. Raises Unreadable."""
    index = tree if isinstance(tree, TreeIndex) else TreeIndex(tree)
    return read_images_of(path, dockerfile, index)[0]


def read_images_of(
    path: str, dockerfile: Dockerfile, tree: TreeIndex, builds: Sequence[Build] = ()
) -> tuple[Image, ...]:
    """The images a Dockerfile is built to. `builds` are those of this file; one index serves many files.

    Raises Unreadable where the file has no FROM, or is larger than any that people write.
    """
    if len(dockerfile.instructions) > MAX_INSTRUCTIONS:
        raise Unreadable(f"the file has more than {MAX_INSTRUCTIONS:,} instructions")
    makers = shipping(builds)
    readers = _ImageReader(path, dockerfile, makers).read()
    drafts = [reader.finish(is_final=False) for reader in readers]
    ends = {stage.index for stage in final_stages(drafts, makers)}
    stages = tuple(reader.finish(is_final=reader.start.index in ends) for reader in readers)
    by_target: dict[str, list[Build]] = defaultdict(list)
    for build in builds:
        by_target[build.target or ""].append(build)
    made_by: dict[int, list[Build]] = defaultdict(list)
    for target, asked in by_target.items():
        if end := stage_named(target, stages) if target else stages[-1]:
            made_by[end.index] += asked
    whole = Image(path, stages, "", dockerfile.text)
    return tuple(
        _image(whole, stage, made_by[stage.index], builds, tree) for stage in stages if stage.is_final
    )


def _image(
    whole: Image, final: Stage, made_by: Sequence[Build], builds: Sequence[Build], tree: TreeIndex
) -> Image:
    """The image that ends at a stage. Where no build of it is known, others of the file tell the context."""
    copies = [copy for stage in whole.stages for copy in stage.copies]
    contexts = [build.context for build in shipping(made_by) or made_by or builds]
    return replace(
        whole,
        context=choose_context(whole.path, copies, tree, contexts),
        target="" if final is whole.stages[-1] else final.name or str(final.index),
        builds=tuple(made_by),
    )


class _ImageReader:
    """One pass over the instructions of one file."""

    def __init__(self, path: str, dockerfile: Dockerfile, makers: Sequence[Build]) -> None:
        self._path = path
        self._instructions = dockerfile.instructions
        self._globals = BuildScope(dockerfile.escape, Allowance(), given_arguments(makers))
        self._doubtful = set(doubtful_arguments(makers))
        self._stages: list[StageReader] = []
        self._by_name: dict[str, StageReader] = {}
        self._deadline = time.thread_time() + SHELL_SECONDS
        for name in sorted(PLATFORM_ARGS):
            self._globals.declare(
                name, Fact(None, Location(path, self._instructions[0].span)), has_value=True
            )

    def read(self) -> list[StageReader]:
        for instruction in self._instructions:
            if instruction.keyword == "FROM":
                self._begin(instruction)
            elif self._stages:
                self._stages[-1].read(instruction)
            elif instruction.keyword == "ARG":
                self._read_global(instruction)
        if not self._stages:
            raise Unreadable("the file has no FROM")
        return self._stages

    def _read_global(self, instruction: Instruction) -> None:
        for pair in instruction.pairs:
            word = pair.value or pair.name
            name, given = pair.name.text, self._globals.given
            if pair.value and self._is_doubtful(pair.value.text):
                self._doubtful.add(name)
            at = Location(self._path, pair.name.span.through(word.span))
            if name in given:
                self._globals.declare(name, Fact(given[name], at), has_value=True)
            elif name not in PLATFORM_ARGS:
                value = self._globals.expand(word.text) if pair.value else None
                self._globals.declare(name, Fact(value, at), has_value=pair.value is not None)

    def _is_doubtful(self, text: str) -> bool:
        return not self._doubtful.isdisjoint(_VARIABLE.findall(text))

    def _begin(self, instruction: Instruction) -> None:
        if len(self._stages) >= MAX_STAGES:
            raise Unreadable(f"the file has more than {MAX_STAGES} stages", instruction.line)
        start = self._start(instruction)
        stage = StageReader(self._path, start, self._globals, self._read_script)
        self._stages.append(stage)
        if start.name:
            self._by_name[start.name] = stage

    def _start(self, instruction: Instruction) -> Start:
        if not instruction.words:
            raise Unreadable("FROM names no image", instruction.line)
        written, name = split_from(instruction.arguments.text)
        text = None if self._is_doubtful(written) else self._globals.expand(written)
        base_at = Location(self._path, instruction.words[0].span)
        plain = Start(
            at=Location(self._path, instruction.span),
            index=len(self._stages),
            name=name.lower(),
            base=None,
            base_at=base_at,
            is_scratch=False,
            parent=None,
            platform=_platform(self._path, instruction),
        )
        if text is not None and text.lower() in self._by_name:
            return replace(plain, parent=self._by_name[text.lower()])
        if text == "scratch" and "$" not in written:
            return replace(plain, is_scratch=True)
        # `ARG BASE=scratch` keeps the place for what the real build gives.
        is_named = text not in (None, "", "scratch")
        return replace(plain, base=Fact(read_reference(text or "") if is_named else None, base_at))

    def _read_script(self, script: JoinedText) -> tuple[Command, ...]:
        return read_commands(script, self._path, max(self._deadline - time.thread_time(), 0))


def _platform(path: str, instruction: Instruction) -> Fact[str] | None:
    flag = instruction.flag("platform")
    return Fact(flag.value, Location(path, flag.span)) if flag else None
