"""The settings that hold, each with whether the repository's file says so. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from analyzers.config import Comments, Config, Skip
from analyzers.parsers.light import light_value


@light_value
class Setting:
    """A setting by its name in the file, its value as one writes it there."""

    name: str
    value: str
    is_said: bool
    """The file says so; else it is the default."""


def describe(config: Config, fail_on: str = "error") -> tuple[Setting, ...]:
    """All settings in the order of the documentation. `fail_on` is the default of whoever asks."""
    return tuple(_settings(config, fail_on))


def _settings(config: Config, fail_on: str) -> Iterator[Setting]:
    level = "never" if config.never_fails else config.fail_on
    yield Setting("fail_on", level or fail_on, level is not None)
    yield Setting("exclude", _listed(config.exclude), bool(config.exclude))
    for rule, reason in config.disabled.items():
        yield Setting(f"rules.{rule}.enabled", f"false ({reason})", is_said=True)
    for rule, severity in config.severities.items():
        yield Setting(f"rules.{rule}.severity", severity, is_said=True)
    yield from _fields("comments", config.comments, Comments())
    yield from _fields("skip", config.skip, Skip())


def _fields(section: str, held: Comments | Skip, usual: Comments | Skip) -> Iterator[Setting]:
    for one in fields(held):
        value = getattr(held, one.name)
        said = value != getattr(usual, one.name)
        yield Setting(f"{section}.{one.name}", _written(value), said)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return _listed(value) if isinstance(value, tuple) else str(value)


def _listed(words: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"
