"""What a feature says on /home: a part for each thing that may wait for a member."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.engine.slots import Slot


@dataclass(frozen=True)
class HomeNews:
    """What a part says now. `text` is Markdown, made safe; it has room for four or five lines."""

    text: str


# Reads from the database alone, as exactly as each permit lets its holder see; None: nothing to say.
HomeReading = Callable[[Sequence[Permit]], Awaitable[HomeNews | None]]


@dataclass(frozen=True)
class HomePart:
    """One part, with the command that its button leads to. `place`: the smaller, the further up."""

    key: str
    place: int
    needs: Action
    read: HomeReading
    command: str  # as it is typed: /inbox waiting
    label: str


HOME_PARTS = Slot[HomePart]("parts of /home")
