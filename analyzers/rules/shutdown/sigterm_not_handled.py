from __future__ import annotations

from collections.abc import Iterator

from analyzers.fixes.go_shutdown import add_termination
from analyzers.model.program import Program
from analyzers.model.programs.lifetime import SignalHandling
from analyzers.model.programs.signals import is_beside
from analyzers.rule import Problem, rule

_WRITTEN = {"SIGINT": "os.Interrupt", "SIGKILL": "os.Kill"}


@rule
def check(program: Program) -> Iterator[Problem]:
    if not program.serves_others or program.has_signal_library or _asks_somewhere(program):
        return
    served = [listen.at for listen in program.listens] + [serving.at for serving in program.servings]
    for handling in program.signals:
        if handling.is_about_ending and is_beside(program.code, handling.at, served):
            site = program.code.call_at(handling.at)
            yield Problem(
                handling.at,
                values={"call": _call_of(handling), "signals": _listed(handling)},
                fix=add_termination(site) if site else None,
                evidence=f"{handling.kind} {handling.name}",
                case="kill" if "SIGKILL" in (handling.signals or ()) else "",
            )


def _asks_somewhere(program: Program) -> bool:
    return any(handling.asks_for_termination for handling in program.signals)


def _call_of(handling: SignalHandling) -> str:
    return "signal.Notify" if handling.kind == "channel" else "signal.NotifyContext"


def _listed(handling: SignalHandling) -> str:
    names = [_WRITTEN.get(name, name) for name in handling.signals or ()]
    return " and ".join(names) if len(names) < 3 else ", ".join(names)
