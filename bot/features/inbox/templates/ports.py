"""What a template may begin with: the draft of a program."""

from collections.abc import Awaitable, Callable

from storage.database import Transaction
from storage.records import DiscordId, DraftId

DraftTaken = Callable[[Transaction, DraftId, DiscordId], Awaitable[None]]


async def of_no_program(_tx: Transaction, _ref: DraftId, _by: DiscordId) -> None:
    """There are no programs."""
