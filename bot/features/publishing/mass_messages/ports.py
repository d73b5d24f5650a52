"""The port through which a mass message leaves fans out."""

from typing import Protocol

from bot.engine.effect_handler import Body
from bot.engine.slots import Slot
from storage.database import Transaction
from storage.records import Effect


class ExclusionListPort(Protocol):
    """`bot.features.publishing.safety.exclusion_list_effects` is it."""

    async def ready(self, tx: Transaction, effect: Effect, body: Body) -> bool:
        """Whether the list is decided; the code that decides it wakes the mass message."""

    async def list_of(self, effect: Effect) -> tuple[str | None, str | None]:
        """The list; why it must not go out, if that is so."""


EXCLUSION_LISTS = Slot[ExclusionListPort]("who has fans left out")
