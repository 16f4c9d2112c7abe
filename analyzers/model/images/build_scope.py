"""ARG and ENV at one point of a Dockerfile: what each variable is worth there.

https://docs.docker.com/build/building/variables/
"""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.model.fact import Fact
from analyzers.parsers.expansion import Allowance, Unset, expand
from analyzers.parsers.problem import Unreadable

MAX_VARIABLES = 1_000
# Set by BuildKit itself, whatever default an ARG gives:
# https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope
PLATFORM_ARGS = frozenset(
    f"{which}{what}" for which in ("BUILD", "TARGET") for what in ("PLATFORM", "OS", "ARCH", "VARIANT")
)


class BuildScope:
    """The variables of a stage, or those before the first FROM, as they change from line to line.

    The later of an ARG and an ENV of one name wins; only an ARG without a value hides no ENV. `given` are the
    arguments that the builds bring along, whatever default an ARG has; None for a value that is not known.
    """

    def __init__(
        self, escape: str, allowance: Allowance, given: Mapping[str, str | None] | None = None
    ) -> None:
        self.args: dict[str, Fact[str]] = {}
        self.env: dict[str, Fact[str]] = {}
        self.given = given or {}
        self._in_force: dict[str, Fact[str]] = {}
        self._without_value: set[str] = set()
        self._brought: Mapping[str, str] = {}
        self._others_are_unset = True
        self._escape = escape
        self._allowance = allowance
        self._snapshot: Mapping[str, Fact[str]] | None = None

    def for_stage(self, brought: Mapping[str, str], *, is_closed: bool) -> BuildScope:
        """An empty scope of the same file. The base sets `brought`, and nothing else where `is_closed`."""
        scope = BuildScope(self._escape, self._allowance, self.given)
        scope._brought = brought
        scope._others_are_unset = is_closed
        return scope

    def copy(self) -> BuildScope:
        """The scope of a stage on top of this one."""
        scope = self.for_stage(self._brought, is_closed=self._others_are_unset)
        scope.args = dict(self.args)
        scope.env = dict(self.env)
        scope._in_force = dict(self._in_force)
        scope._without_value = set(self._without_value)
        return scope

    def declare(self, name: str, fact: Fact[str], *, has_value: bool) -> None:
        """An ARG; without a value it may still be given to the build."""
        self.args[name] = fact
        self._without_value.discard(name)
        if has_value:
            self._in_force[name] = fact
        else:
            self._without_value.add(name)
        self._changed()

    def set(self, name: str, fact: Fact[str]) -> None:
        """An ENV."""
        self.env[name] = self._in_force[name] = fact
        self._changed()

    def has_value(self, name: str) -> bool:
        return name in self.args and name not in self._without_value

    def lookup(self, name: str) -> str | Unset | None:
        """What a variable is worth: unknown is None."""
        if name in self._in_force:
            return self._in_force[name].value
        if name in self._without_value:
            return Unset.UNSET
        if name in self._brought:
            return self._brought[name]
        return Unset.UNSET if self._others_are_unset else None

    def expand(self, text: str) -> str | None:
        """The text with its variables replaced, None where it cannot be known."""
        return expand(text, self.lookup, self._escape, self._allowance)

    def snapshot(self) -> Mapping[str, Fact[str]]:
        """All that is set now, for a RUN."""
        if self._snapshot is None:
            self._snapshot = {**self.args, **self._in_force}
        return self._snapshot

    def _changed(self) -> None:
        self._snapshot = None
        if len(self.args) + len(self.env) > MAX_VARIABLES:
            raise Unreadable(f"the file sets more than {MAX_VARIABLES:,} variables")
