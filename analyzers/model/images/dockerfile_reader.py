"""From a Dockerfile's syntax to the image it builds."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import replace

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.command_reader import read_commands
from analyzers.model.fact import Fact
from analyzers.model.image import Image
from analyzers.model.images.build_context import TreeIndex, guess_context
from analyzers.model.images.build_scope import PLATFORM_ARGS, BuildScope
from analyzers.model.images.reference import read_reference
from analyzers.model.images.stage_reader import StageReader, Start
from analyzers.parsers.dockerfile import Dockerfile, Instruction
from analyzers.parsers.expansion import Allowance
from analyzers.parsers.image_name import split_from
from analyzers.parsers.joined_text import JoinedText
from analyzers.parsers.problem import Unreadable

MAX_INSTRUCTIONS = 2_000
MAX_STAGES = 200
SHELL_SECONDS = 1.0
"""For all the scripts of one file together."""


def read_image(path: str, dockerfile: Dockerfile, tree: Collection[str] | TreeIndex) -> Image:
    """The image a Dockerfile builds. `tree` has every path of the repository; one index serves many files.

    Raises Unreadable where the file has no FROM, or is larger than any that people write.
    """
    if len(dockerfile.instructions) > MAX_INSTRUCTIONS:
        raise Unreadable(f"the file has more than {MAX_INSTRUCTIONS:,} instructions")
    readers = _ImageReader(path, dockerfile).read()
    stages = tuple(reader.finish(is_final=reader is readers[-1]) for reader in readers)
    index = tree if isinstance(tree, TreeIndex) else TreeIndex(tree)
    copies = [copy for stage in stages for copy in stage.copies]
    return Image(path=path, stages=stages, context=guess_context(path, copies, index), text=dockerfile.text)


class _ImageReader:
    """One pass over the instructions of one file."""

    def __init__(self, path: str, dockerfile: Dockerfile) -> None:
        self._path = path
        self._instructions = dockerfile.instructions
        self._globals = BuildScope(dockerfile.escape, Allowance())
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
            value = self._globals.expand(word.text) if pair.value else None
            at = Location(self._path, pair.name.span.through(word.span))
            if pair.name.text not in PLATFORM_ARGS:
                self._globals.declare(pair.name.text, Fact(value, at), has_value=pair.value is not None)

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
        text = self._globals.expand(written)
        base_at = Location(self._path, instruction.words[0].span)
        plain = Start(
            at=Location(self._path, instruction.span),
            index=len(self._stages),
            name=name.lower(),
            base=None,
            base_at=base_at,
            is_scratch=False,
            parent=None,
        )
        if text is not None and text.lower() in self._by_name:
            return replace(plain, parent=self._by_name[text.lower()])
        if text == "scratch":
            return replace(plain, is_scratch=True)
        return replace(plain, base=Fact(read_reference(text) if text else None, base_at))

    def _read_script(self, script: JoinedText) -> tuple[Command, ...]:
        return read_commands(script, self._path, max(self._deadline - time.thread_time(), 0))
