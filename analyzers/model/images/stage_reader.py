"""One stage of a Dockerfile, instruction by instruction: what is in force at its end."""

from __future__ import annotations

from collections.abc import Callable

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.image import Copy, Entry, ImageRef, Run, Stage
from analyzers.model.images.build_scope import PLATFORM_ARGS, BuildScope
from analyzers.model.images.copy_reader import read_copy, resolve
from analyzers.model.images.entry_reader import ReadScript, read_entry
from analyzers.model.images.exposed_ports import read_ports
from analyzers.model.images.run_reader import read_mounts, read_run
from analyzers.model.images.stage_state import StageState, state_from_scratch, state_on_image
from analyzers.parsers.dockerfile import Instruction, Pair, Word
from analyzers.parsers.light import light_value


@light_value
class Start:
    """What a FROM line says."""

    at: Location
    index: int
    name: str
    base: Fact[ImageRef] | None
    base_at: Location
    is_scratch: bool
    parent: StageReader | None
    platform: Fact[str] | None = None


class StageReader:
    """One pass over the instructions of a stage. A stage on top of another begins where the other ends."""

    def __init__(self, path: str, start: Start, globals_: BuildScope, read_script: ReadScript) -> None:
        self.start = start
        self.state = _first_state(start, globals_)
        self.stage: Stage | None = None
        self._path = path
        self._globals = globals_
        self._read_script = read_script
        self._index = 0
        self._runs: list[Run] = []
        self._copies: list[Copy] = []
        self._has_own_cmd = False
        self.triggers: list[Instruction] = []
        """What ONBUILD keeps for the stages on top of this one."""
        for trigger in start.parent.triggers if start.parent else ():
            self.read(trigger)

    def read(self, instruction: Instruction) -> None:
        """Apply the next instruction."""
        apply = _HANDLERS.get(instruction.keyword)
        if apply is not None:
            apply(self, instruction)
        self._index += 1

    def finish(self, *, is_final: bool) -> Stage:
        """The stage as it stands at its end. Stages are finished in the order of the file."""
        start, state = self.start, self.state
        self.stage = Stage(
            at=start.at,
            path=self._path,
            index=start.index,
            name=start.name,
            base=start.base,
            base_at=start.base_at,
            parent=start.parent.stage if start.parent else None,
            is_final=is_final,
            is_scratch=start.is_scratch,
            platform=start.platform,
            runs=tuple(self._runs),
            copies=tuple(self._copies),
            env=dict(state.scope.env),
            args=dict(state.scope.args),
            user=state.user,
            workdir=state.workdir,
            entrypoint=state.entrypoint,
            cmd=state.cmd,
            exposes=tuple(state.exposes),
            shell=state.shell,
            stopsignal=state.stopsignal,
            labels=dict(state.labels),
            healthcheck=state.healthcheck,
            volumes=tuple(state.volumes),
        )
        return self.stage

    def _read_arg(self, instruction: Instruction) -> None:
        scope = self.state.scope
        for pair in instruction.pairs:
            name = scope.expand(pair.name.text)
            if name is None:
                continue
            if name in PLATFORM_ARGS:
                scope.declare(name, self._fact(None, pair.name), has_value=True)
            elif name in scope.given:
                scope.declare(name, self._fact(scope.given[name], pair.name), has_value=True)
            elif pair.value is not None:
                scope.declare(name, self._pair_fact(pair), has_value=True)
            elif self._globals.has_value(name):
                scope.declare(name, self._globals.args[name], has_value=True)
            else:
                scope.declare(name, self._fact(None, pair.name), has_value=False)

    def _read_env(self, instruction: Instruction) -> None:
        """All values of one ENV see what was set before it."""
        scope = self.state.scope
        facts = [(scope.expand(pair.name.text), self._pair_fact(pair)) for pair in instruction.pairs]
        for name, fact in facts:
            if name:
                scope.set(name, fact)

    def _read_label(self, instruction: Instruction) -> None:
        for pair in instruction.pairs:
            name = self.state.scope.expand(pair.name.text)
            if name:
                self.state.labels[name] = self._pair_fact(pair)

    def _read_user(self, instruction: Instruction) -> None:
        self.state.user = self._word_fact(instruction)

    def _read_stopsignal(self, instruction: Instruction) -> None:
        self.state.stopsignal = self._word_fact(instruction)

    def _read_workdir(self, instruction: Instruction) -> None:
        fact = self._word_fact(instruction)
        if fact is not None:
            self.state.workdir = resolve(self.state.workdir, fact.value) if fact.value else ""

    def _read_expose(self, instruction: Instruction) -> None:
        for word in instruction.words:
            expanded = self.state.scope.expand(word.text)
            ports = [None] if expanded is None else read_ports(expanded)
            self.state.exposes.extend(Fact(port, self._at(word)) for port in ports)

    def _read_cmd(self, instruction: Instruction) -> None:
        self.state.cmd = self._entry(instruction)
        self._has_own_cmd = True

    def _read_entrypoint(self, instruction: Instruction) -> None:
        """An ENTRYPOINT drops a CMD that comes from below: that was meant for another program."""
        self.state.entrypoint = self._entry(instruction)
        if not self._has_own_cmd:
            self.state.cmd = None

    def _read_healthcheck(self, instruction: Instruction) -> None:
        is_none = bool(instruction.words) and instruction.words[0].text.upper() == "NONE"
        self.state.healthcheck = None if is_none else self._entry(instruction, skipped_words=1)

    def _read_shell(self, instruction: Instruction) -> None:
        if instruction.is_json and instruction.words:
            self.state.shell = tuple(word.text for word in instruction.words)

    def _read_run(self, instruction: Instruction) -> None:
        run = Run(
            at=Location(self._path, instruction.span),
            commands=read_run(self._path, instruction, self.state.shell, self._read_script),
            mounts=read_mounts(instruction, self.state.scope),
            env=self.state.scope.snapshot(),
            index=self._index,
            workdir=self.state.workdir,
            shell="" if instruction.is_json else self.state.shell[0],
        )
        self._runs.append(run)

    def _read_volume(self, instruction: Instruction) -> None:
        for word in instruction.words:
            self.state.volumes.append(self._fact(self.state.scope.expand(word.text), word))

    def _read_onbuild(self, instruction: Instruction) -> None:
        """BuildKit runs it at the start of a stage on top of this one, and of none further on."""
        if instruction.child is not None:
            self.triggers.append(instruction.child)

    def _read_copy(self, instruction: Instruction) -> None:
        copy = read_copy(self._path, instruction, self.state.scope, self.state.workdir, self._index)
        if copy is not None:
            self._copies.append(copy)

    def _entry(self, instruction: Instruction, skipped_words: int = 0) -> Entry | None:
        return read_entry(self._path, instruction, self.state.shell, self._read_script, skipped_words)

    def _word_fact(self, instruction: Instruction) -> Fact[str] | None:
        if not instruction.words:
            return None
        word = instruction.words[0]
        return self._fact(self.state.scope.expand(word.text), word)

    def _pair_fact(self, pair: Pair) -> Fact[str]:
        if pair.value is None:
            return self._fact(None, pair.name)
        at = Location(self._path, pair.name.span.through(pair.value.span))
        return Fact(self.state.scope.expand(pair.value.text), at)

    def _fact(self, value: str | None, word: Word) -> Fact[str]:
        return Fact(value, self._at(word))

    def _at(self, word: Word) -> Location:
        return Location(self._path, word.span)


def _first_state(start: Start, globals_: BuildScope) -> StageState:
    if start.parent is not None:
        return start.parent.state.on_top()
    if start.is_scratch:
        return state_from_scratch(globals_)
    return state_on_image(start.base.value if start.base else None, globals_)


_HANDLERS: dict[str, Callable[[StageReader, Instruction], None]] = {
    "ADD": StageReader._read_copy,
    "ARG": StageReader._read_arg,
    "CMD": StageReader._read_cmd,
    "COPY": StageReader._read_copy,
    "ENTRYPOINT": StageReader._read_entrypoint,
    "ENV": StageReader._read_env,
    "EXPOSE": StageReader._read_expose,
    "HEALTHCHECK": StageReader._read_healthcheck,
    "LABEL": StageReader._read_label,
    "ONBUILD": StageReader._read_onbuild,
    "RUN": StageReader._read_run,
    "SHELL": StageReader._read_shell,
    "STOPSIGNAL": StageReader._read_stopsignal,
    "USER": StageReader._read_user,
    "VOLUME": StageReader._read_volume,
    "WORKDIR": StageReader._read_workdir,
}
