from __future__ import annotations

from collections.abc import Iterator

from analyzers.fixes.dockerfile import in_array_form, keyword_at
from analyzers.model.image import Entry, Image, Stage
from analyzers.model.images.base_image import lacks_shell
from analyzers.model.images.plain_commands import plain_words
from analyzers.model.scripts.starting import script_of_text_form
from analyzers.model.services.starting import WATCHERS
from analyzers.rule import Problem, rule

_RUNNERS = frozenset({"cargo", "go", "gradle", "make", "mvn", "npm", "pnpm", "yarn"})


@rule
def check(image: Image) -> Iterator[Problem]:
    stage = image.final
    entry = _judged(stage)
    if entry is None or entry.text.startswith("[") or _serves_developers(entry):
        return
    shellless = lacks_shell(stage)
    if not shellless and not _stays(stage, entry):
        return
    keyword = keyword_at(image, entry.at)
    words = plain_words(entry)
    yield Problem(
        entry.at,
        values={"keyword": keyword, "program": _program(entry)},
        fix=in_array_form(image, entry, words) if words and not words[0].endswith(".sh") else None,
        evidence=f"{keyword} {_program(entry)}",
        case=("shellless" if shellless else "") or ("" if words else "script"),
    )


def _judged(stage: Stage) -> Entry | None:
    """What a shell starts: an ENTRYPOINT, or a CMD that stands alone and is not its arguments."""
    if stage.entrypoint is not None:
        return stage.entrypoint if stage.entrypoint.shell_form else None
    return stage.cmd if stage.cmd and stage.cmd.shell_form else None


def _serves_developers(entry: Entry) -> bool:
    """It starts a watcher, or a test run: `npm run test:e2e`."""
    words = {word.partition(":")[0] for command in entry.commands for word in command.words}
    is_test = "test" in words and _program(entry) in _RUNNERS
    return is_test or _program(entry) in WATCHERS


def _stays(stage: Stage, entry: Entry) -> bool:
    """The shell waits for what it starts and does not trap the signal."""
    script = script_of_text_form(entry, stage)
    return script is not None and script.hands_over in ("child", "wait") and not script.traps_of("TERM")


def _program(entry: Entry) -> str:
    """The program a person would name: the last one that is started."""
    named = [command for command in entry.commands if command.words and command.name != "wait"]
    return named[-1].name if named else entry.text.split()[0]
