"""What names in expressions are worth inside a job: `matrix`, `inputs` and `env`, as far as it is known."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import field

from analyzers.model.fact import Fact
from analyzers.model.pipelines.evaluation import Lookup, put_in, resolve
from analyzers.model.pipelines.expressions import has_expression
from analyzers.model.pipelines.matrix import Row
from analyzers.model.yaml_facts import place
from analyzers.parsers.light import light_record
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_number_text


@light_record
class Contexts:
    """`rows` are the combinations a job runs in: those of its matrix, and of its workflow's callers."""

    path: str
    rows: Sequence[Row] = ({},)
    env: ChainMap[str, Fact[str]] = field(default_factory=ChainMap)
    """The variables of the workflow, the job and the step; none is copied, however many steps there are."""
    handed_on: Set[str] = frozenset()
    """Variables that a step before may have set through GITHUB_ENV."""
    given: Mapping[str, Fact[str]] = field(default_factory=dict)
    """The inputs of the composite action that is being read, as the step that uses it writes them."""

    def put_in(self, text: str) -> str:
        """The text as it would stand in the workflow: the composite action's inputs put in."""
        return put_in(text, self._given) if self.given and has_expression(text) else text

    def values(self, text: str) -> tuple[str | None, ...]:
        """What a text may be, each value once; None among them where it cannot be known."""
        text = self.put_in(text)
        if not has_expression(text):
            return (text,)
        return tuple(dict.fromkeys(resolve(text, self._lookup(row)) for row in self.rows))

    def value(self, text: str) -> str | None:
        """What a text is in every combination."""
        if not has_expression(text):
            return text
        values = self.values(text)
        return values[0] if len(values) == 1 else None

    def fact(self, node: Node) -> Fact[str]:
        """A scalar's text. What is not written is empty."""
        text = as_number_text(node) if node else ""
        return Fact(None if text is None else self.value(text), place(self.path, node))

    def facts(self, node: Node) -> dict[str, Fact[str]]:
        """Names with values."""
        return {name: self.fact(entry.value.target) for name, entry in node.items()}

    def possible(self, node: Node) -> Iterator[Fact[str]]:
        """What a scalar may be; a value that is one of the matrix stands where the matrix has it."""
        text = self.put_in(as_number_text(node) or "")
        seen = set()
        for row in self.rows:
            name = text.strip().removeprefix("${{").removesuffix("}}").strip() if has_expression(text) else ""
            fact = row.get(name) or Fact(resolve(text, self._lookup(row)), place(self.path, node))
            if fact not in seen:
                seen.add(fact)
                yield fact

    def value_of_name(self, name: str) -> str | None:
        """What a name such as `inputs.go` is in every combination."""
        values = {self._lookup(row)(name) for row in self.rows}
        return values.pop() if len(values) == 1 else None

    def with_env(self, env: dict[str, Fact[str]]) -> Contexts:
        """The same with more variables, which win."""
        if not env:
            return self
        return Contexts(self.path, self.rows, self.env.new_child(env), self.handed_on, self.given)

    def _given(self, name: str) -> str | None:
        fact = self.given.get(name)
        return fact.value if fact else None

    def _lookup(self, row: Row) -> Lookup:
        def lookup(name: str) -> str | None:
            if name.startswith("env."):
                name = name[4:]
                fact = None if name in self.handed_on else self.env.get(name)
            else:
                fact = row.get(name)
            return fact.value if fact else None

        return lookup
