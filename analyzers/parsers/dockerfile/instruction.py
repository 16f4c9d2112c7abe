"""One instruction: read at once, cut into words when someone asks."""

from __future__ import annotations

from functools import cached_property

from analyzers.parsers.dockerfile.form import Form, read_form
from analyzers.parsers.dockerfile.syntax import Flag, Heredoc, Pair, Word
from analyzers.parsers.joined_text import JoinedText
from analyzers.parsers.light import light_node
from analyzers.parsers.position import Span


@light_node
class Instruction:
    """One instruction. `keyword` is upper case; `arguments` is what follows the flags, continuations joined.

    `words` are cut as the instruction asks: at blanks, a JSON array's elements, or all as one.
    None of it raises: what BuildKit refuses has been refused by the reader.
    """

    keyword: str
    whole: JoinedText
    """All its lines but the heredocs'."""
    keyword_bounds: tuple[int, int]
    argument_bounds: tuple[int, int]
    escape: str
    flags: tuple[Flag, ...] = ()
    heredocs: tuple[Heredoc, ...] = ()
    child: Instruction | None = None
    """What ONBUILD keeps for later."""

    @property
    def line(self) -> int:
        return self.whole.beginning[0]

    @cached_property
    def keyword_span(self) -> Span:
        return self.whole.span(*self.keyword_bounds)

    @cached_property
    def span(self) -> Span:
        """From the keyword to the end of the last line that belongs to it, heredocs included."""
        heredocs = (self.child or self).heredocs
        return self._own_span.through(heredocs[-1].end.span) if heredocs else self._own_span

    @cached_property
    def arguments(self) -> JoinedText:
        return self.whole.slice(*self.argument_bounds)

    @property
    def words(self) -> tuple[Word, ...]:
        return self.form.words

    @property
    def pairs(self) -> tuple[Pair, ...]:
        return self.form.pairs

    @property
    def is_json(self) -> bool:
        return self.form.elements is not None

    @property
    def elements(self) -> tuple[JoinedText, ...]:
        """The decoded elements of a JSON array, each character with its place."""
        return self.form.elements or ()

    @cached_property
    def form(self) -> Form:
        """The arguments in the form the keyword asks for; what ONBUILD keeps has its own."""
        return Form() if self.child else read_form(self.keyword, self.arguments, self.escape)

    def flag(self, name: str) -> Flag | None:
        """The last flag of that name, which is the one that counts."""
        return next((flag for flag in reversed(self.flags) if flag.name == name), None)

    @property
    def _own_span(self) -> Span:
        """All its lines: the first may hold no more than the escape character, the last ones nothing."""
        end = self.argument_bounds[1]
        last = self.whole.span(max(end - 1, 0), end)
        ending = self.whole.ending
        closing = ending if ending[0] > last.end_line else (last.end_line, last.end_column)
        return Span(*self.whole.beginning, *closing)
