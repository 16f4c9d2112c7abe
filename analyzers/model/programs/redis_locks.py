"""Locks in Redis that a program takes with SET NX and gives back with DEL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.model.programs.redis_commands import (
    Command,
    find_commands,
    read_deletion,
    read_get,
    read_taking,
    speaks_redis,
)
from analyzers.parsers.go import Call, Function
from analyzers.parsers.light import light_value

_SCRIPTS = ("Eval", "EvalSha", "Watch")
_SCRIPT_ARGUMENTS = 3
"""A script's Run has as many at least: the context, the client, the keys."""
_LOCK_WORD = re.compile(r"lock|mutex|mutual|lease|leader|semaphore", re.I)
_NO_LOCK = re.compile(r"block|clock", re.I)
_TAKES = re.compile(r"lock|acquire|obtain|take|elect|campaign", re.I)
_GIVES = re.compile(r"unlock|release|free|resign|giveup", re.I)
_MOST_TEXT = 200


@light_value
class BlindRelease:
    """`delete` frees the lock that `take` took, whoever holds it by then.

    `token` is what identifies the holder, None where the value identifies nobody. `is_checked` where a GET
    looks at the holder first.
    """

    take: Site[Call]
    delete: Site[Call]
    key: str
    token: str | None
    is_checked: bool


def find_blind_releases(code: Code) -> Iterator[BlindRelease]:
    """Deletes of a lock's key in the function that took it, or in the one that is its counterpart."""
    speaking = {id(package) for package in code.packages if speaks_redis(package)}
    if speaking:
        speaking |= {id(site.package) for site in code.methods("SetNX", "SetArgs")}
    for package in code.packages:
        if id(package) in speaking:
            yield from _of_package([Site(*entry, entry[2]) for entry in code.reached if entry[0] is package])


def _of_package(functions: Sequence[Site[Function]]) -> Iterator[BlindRelease]:
    takers = [(site, command) for site in functions for command in find_commands(site, read_taking)]
    for taker, take in takers:
        for site in functions:
            if site.function is taker.function or is_counterpart(taker, site):
                yield from _releases(take, site)


def is_counterpart(taker: Site[Function], giver: Site[Function]) -> bool:
    """`Unlock` for `Lock`: methods of one type, or functions of one package."""
    first, second = taker.function, giver.function
    is_related = first.receiver == second.receiver and first.receiver_name == second.receiver_name
    return is_related and bool(_TAKES.search(first.name) and _GIVES.search(second.name))


def _releases(take: Command, site: Site[Function]) -> Iterator[BlindRelease]:
    if any(is_scripted(site.of(call), take.key_text) for call in site.function.calls):
        return
    for delete in find_commands(site, read_deletion):
        if delete.key_text != take.key_text or not is_lock(take, take.site.function, delete.site.function):
            continue
        in_order = site.function is not take.site.function or delete.site.node.start > take.site.node.start
        if in_order:
            is_checked = any(read.key_text == take.key_text for read in find_commands(site, read_get))
            yield BlindRelease(take.site, delete.site, take.key_text, _token(take, delete), is_checked)


def is_scripted(site: Site[Call], key: str) -> bool:
    """A script on the key, or a transaction that fails when the key changes."""
    is_script = site.node.method in _SCRIPTS or (
        site.node.method == "Run" and len(site.node.arguments) >= _SCRIPT_ARGUMENTS
    )
    return is_script and any(key in site.file.text(argument) for argument in site.node.arguments)


def is_lock(take: Command, *functions: Function) -> bool:
    """By the names around: what is only set once and deleted on failure is no lock."""
    return any(_LOCK_WORD.search(_NO_LOCK.sub("", name)) for name in names_of(take, *functions))


def names_of(take: Command, *functions: Function) -> list[str]:
    """What tells the purpose of a key: its own name and text, and the functions and types around."""
    names = [take.key_text, *(part for entry in functions for part in (entry.name, entry.receiver))]
    return [name[:_MOST_TEXT] for name in (*names, *_written_key(take))]


def _written_key(take: Command) -> list[str]:
    """The texts that the key is made of, where the function makes it."""
    function = take.site.function
    values = [
        value
        for entry in function.assignments
        if any(target.text == take.key.text for target in entry.targets)
        for value in entry.values
    ]
    parts = (part for value in (take.key, *values) for part in value.walk())
    return [part.text for part in parts if part.kind in ("string", "call")]


def _token(take: Command, delete: Command) -> str | None:
    value = take.value
    if (
        value is None
        or value.kind not in ("name", "selector")
        or take.site.function is not delete.site.function
    ):
        return None
    if value.text in ("true", "false", "nil") or value.text in take.site.package.declarations:
        return None
    return take.site.file.text(value)
