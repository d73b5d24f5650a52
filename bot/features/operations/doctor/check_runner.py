"""Runs one check so that it can neither hang nor break the others."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.features.operations.doctor.findings import DoctorFinding, unknown

T = TypeVar("T")

SECONDS = 15.0


async def bounded(
    name: str,
    check: Callable[[], Awaitable[T]],
    otherwise: Callable[[DoctorFinding], T],
    *,
    seconds: float = SECONDS,
) -> T:
    """The result of `check`, or `otherwise` of one finding called `name` when it does not end."""
    try:
        async with asyncio.timeout(seconds):
            return await check()
    except TimeoutError:
        return otherwise(unknown(name, f"no answer within {seconds:.0f} s", "Ask again later."))
    except Exception as error:  # noqa: BLE001 - see below
        # A named place that may catch everything: a check that breaks must not hide the others.
        what = type(error).__name__  # never its text, which nobody has looked through for secrets
        said = f"this check itself failed ({what})"
        return otherwise(unknown(name, said, "Please report this, with the line “program”."))
