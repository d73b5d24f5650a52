"""Whether there is room for what a stream does, asked before any of it is taken."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from storage.records import Millis, Stream

# None, or when to come back; what is free now is kept as long as the block lasts.
Room = Callable[[Stream], AbstractContextManager[Millis | None]]


def unbounded(_stream: Stream) -> AbstractContextManager[Millis | None]:
    """There is room for everything at any time."""
    return nullcontext(None)
