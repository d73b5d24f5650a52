"""Who stands at a desk for a service and only answers, method by method."""

import inspect
from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any

from tests.discord.desk import DeskServices


class NamedAnswers:
    """Is called as the real one is, or raises TypeError; has only the methods that were given an answer."""

    def __init__(self, kind: type[Any], said: dict[str, Any]) -> None:
        for name, answer in said.items():
            setattr(self, name, _answering(getattr(kind, name), answer))


def answering(*kinds: type[Any], **said: Any) -> DeskServices:
    """One for each of these services, and what its methods answer.

    An answer that is a function is asked, with those of the call's arguments that it names.
    """
    parts = [{name: answer for name, answer in said.items() if hasattr(kind, name)} for kind in kinds]
    if strange := said.keys() - {name for part in parts for name in part}:
        raise AttributeError(f"{sorted(strange)}: none of {kinds} has these")
    return {kind: NamedAnswers(kind, part) for kind, part in zip(kinds, parts, strict=True)}


def _answering(real: Any, answer: Any) -> Callable[..., Any]:
    called, bound, waits = _called(real)
    named = _named(answer) if isinstance(answer, FunctionType) else ()
    if strange := set(named) - set(called.parameters):
        raise TypeError(f"{real.__qualname__} is not called with {sorted(strange)}")

    def answered(*args: Any, **kwargs: Any) -> Any:
        given = called.bind(None, *args, **kwargs)
        given.apply_defaults()
        if not isinstance(answer, FunctionType):
            return answer
        return answer(**{name: given.arguments[name] for name in named})

    async def answered_later(*args: Any, **kwargs: Any) -> Any:
        found = answered(*args, **kwargs)
        return await found if inspect.isawaitable(found) else found

    method = answered_later if waits else answered
    vars(method)["__signature__"] = bound
    return method


@cache
def _called(real: Any) -> tuple[inspect.Signature, inspect.Signature, bool]:
    """How a method is called with and without its `self`, and whether it is waited for."""
    called = inspect.signature(real)
    bound = called.replace(parameters=[*called.parameters.values()][1:])
    return called, bound, inspect.iscoroutinefunction(real)


def _named(answer: FunctionType) -> tuple[str, ...]:
    code = answer.__code__
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
