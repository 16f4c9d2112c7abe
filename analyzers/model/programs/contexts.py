"""Contexts: which one was made of which, whether one has ended, and whether one ever will."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.programs.code import Code
from analyzers.model.programs.exits import is_deferred_call
from analyzers.model.programs.flow import waits_before
from analyzers.model.programs.package import Site
from analyzers.model.programs.servings import Servings
from analyzers.parsers.go import Call, Expression, Function, Parameter, Receive, Scope
from analyzers.parsers.go.expression import unwrapped
from analyzers.parsers.light import light_value

ENDLESS = ("context.Background", "context.TODO")
_DERIVED = (
    "WithTimeout",
    "WithTimeoutCause",
    "WithDeadline",
    "WithDeadlineCause",
    "WithCancel",
    "WithCancelCause",
)
_DERIVING = (
    *(f"context.{name}" for name in (*_DERIVED, "WithValue")),
    "os/signal.NotifyContext",
    "golang.org/x/sync/errgroup.WithContext",
)
"""Their first argument is the parent."""
_CANCELLED_BY_HAND = ("context.WithCancel", "context.WithCancelCause")
_MOST_STEPS = 6
_MOST_CALLERS = 4
_MOST_CALLS_UP = 3


@light_value
class Link:
    """A context in a chain of parents: the variable with where it got its value, and the call that made it.

    `cancel` is the name of its cancel function, `_` where it is thrown away.
    """

    name: str
    bound: int
    made: Site[Expression] | None = None
    cancel: str = ""


def ancestry(code: Code, context: Site[Expression]) -> Iterator[Link]:
    """A context and those it was made of inside its function, as far as they can be followed."""
    site: Site[Expression] | None = context
    for _ in range(_MOST_STEPS):
        if site is None:
            return
        expression = unwrapped(site.node)
        if expression.kind == "call":
            yield Link("", -1, site.of(expression))
            site = _parent(site.of(expression))
        elif expression.kind == "name":
            link, site = _named(code, site.of(expression))
            yield link
        else:
            return


def _named(code: Code, site: Site[Expression]) -> tuple[Link, Site[Expression] | None]:
    """The link of a variable, and the context to go on with."""
    name = site.node.text
    meaning = code.types.index(site.function).meaning(name, site.node.start)
    if meaning is None or isinstance(meaning, Parameter):
        return Link(name, -1), None
    assignment, _ = meaning
    value = unwrapped(assignment.values[0]) if assignment.values else None
    if value is None or value.kind != "call":
        return Link(name, assignment.start), None if value is None else site.of(value)
    targets = [target.text for target in assignment.targets]
    cancel = targets[1] if len(targets) == 2 else ""
    return Link(name, assignment.start, site.of(value), cancel), _parent(site.of(value))


def _parent(call: Site[Expression]) -> Site[Expression] | None:
    arguments = call.node.arguments
    return call.of(arguments[0]) if call.node.text in _DERIVING and arguments else None


def waited_contexts(code: Code, site: Site[Call], scope: Scope) -> Iterator[Site[Expression]]:
    """The contexts that have ended whenever control gets to a call: it stands behind `<-ctx.Done()`."""
    for receive in waits_before(site.function, scope, site.node.start):
        context = context_of(receive)
        if context is not None:
            yield site.of(context)


def context_of(receive: Receive) -> Expression | None:
    """`ctx` of `<-ctx.Done()`."""
    channel = receive.channel
    is_done = channel.kind == "call" and channel.text.endswith(".Done") and not channel.arguments
    callee = channel.parts[0] if is_done else None
    return callee.parts[0] if callee is not None and callee.kind == "selector" else None


def has_ended(code: Code, context: Site[Expression], site: Site[Call]) -> bool:
    """Whether a context, or one it was made of, was waited for before a call."""
    ended = {
        (link.name, link.bound)
        for waited in waited_contexts(code, site, site.node.scope)
        for link in list(ancestry(code, waited))[:1]
        if link.name
    }
    return bool(ended) and any(
        (link.name, link.bound) in ended for link in ancestry(code, context) if link.name
    )


def never_ends(code: Code, servings: Servings, context: Site[Expression], steps: int = 0) -> bool:
    """Whether nothing can end a context while the program serves."""
    links = list(ancestry(code, context))
    if not links or steps > _MOST_CALLS_UP:
        return False
    for link in links:
        if link.made is None:
            continue
        if link.made.node.text in ENDLESS:
            return True
        if link.made.node.text == "context.WithValue":
            continue
        if link.made.node.text not in _CANCELLED_BY_HAND or _may_cancel(code, servings, link):
            return False
    return links[-1].made is None and _callers_never_end(code, servings, context, links[-1], steps)


def _callers_never_end(
    code: Code, servings: Servings, context: Site[Expression], root: Link, steps: int
) -> bool:
    names = [parameter.name for parameter in context.function.parameters]
    callers = code.callers(context) if root.bound < 0 and root.name in names else ()
    if not 0 < len(callers) <= _MOST_CALLERS:
        return False
    index = names.index(root.name)
    given = [
        caller.of(caller.node.arguments[index]) for caller in callers if index < len(caller.node.arguments)
    ]
    return len(given) == len(callers) and all(never_ends(code, servings, each, steps + 1) for each in given)


def _may_cancel(code: Code, servings: Servings, link: Link) -> bool:
    """Whether a cancel function is used other than deferred in a function that serves."""
    if link.made is None or not link.cancel:
        return True
    if link.cancel == "_":
        return False
    function = Site(link.made.package, link.made.path, link.made.function, link.made.function)
    index = code.types.index(function.node)

    def is_same(place: int) -> bool:
        """Another variable of the name may hide it: `ctx, cancel :=` in a function literal."""
        meaning = index.meaning(link.cancel, place)
        if meaning is None or isinstance(meaning, Parameter):
            return False
        return meaning[0].start == link.bound

    uses = sum(
        any(is_same(place) for place in _mentions(each, link.cancel))
        for each in _expressions(function.node, link.made.node.end)
    )
    deferred = [
        call
        for call in function.node.calls
        if call.callee == link.cancel
        and is_deferred_call(call)
        and call.start > link.made.node.end
        and is_same(call.start)
    ]
    return uses > len(deferred) or not all(servings.in_callable(function, call.scope) for call in deferred)


def _expressions(function: Function, since: int) -> Iterator[Expression]:
    """Everything that a function evaluates after a place, each once."""
    for call in function.calls:
        if call.start > since:
            yield call.function
            yield from (argument for argument in call.arguments if argument.kind != "call")
    for values in (
        *(entry.values for entry in function.assignments if entry.start > since),
        *(entry.values for entry in function.returns if entry.start > since),
        *((entry.value,) for entry in function.sends if entry.start > since),
    ):
        yield from (value for value in values if value.kind != "call")


def _mentions(expression: Expression, name: str) -> Iterator[int]:
    """Where a name stands in an expression."""
    return (part.start for part in expression.walk() if part.kind == "name" and part.text == name)
