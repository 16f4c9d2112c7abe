"""One thing about a program that is decided when it starts."""

from __future__ import annotations

from analyzers.finding import Location
from analyzers.model.programs.text import Read
from analyzers.parsers.light import light_value


@light_value
class ProgramSetting:
    """A setting, and where its value may come from.

    `variables` of the environment are asked in turn. `key` is that of a configuration file, with dots.
    `target` is what it fills, empty where unknown: a variable as the source has it, or a struct's field with
    its qualified type (`example.com/app/config.Config.Port`).
    `type` is as declared, or the flag's kind in lower case.
    """

    at: Location
    library: str
    variables: tuple[str, ...] = ()
    flag: str = ""
    key: str = ""
    default: str | None = None
    type: str = ""
    is_required: bool = False
    target: str = ""
    is_overridable: bool = False
    """A file that is read at start, or code that cannot be followed, may give it another value."""

    @property
    def read(self) -> Read:
        """The same for evaluating expressions. The default counts only where nothing else may decide."""
        is_sure = not self.is_overridable and len(self.variables) < 2
        return Read(next(iter(self.variables), ""), self.flag, self.default if is_sure else None)
