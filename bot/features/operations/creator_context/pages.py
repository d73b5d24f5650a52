"""The addresses of a creator's context: for the shell, and for keys."""

from collections.abc import Mapping
from typing import Final

from bot.engine.slots import SlotEntry
from bot.features.operations.creator_context.model import CreatorContext
from bot.features.operations.creator_context.reader_doors import ReaderDoors
from bot.features.operations.creator_context.request_rules import understood
from bot.features.operations.creator_context.service import ContextReader, CreatorContextService

OPERATOR_PATH: Final = "/operator/v1/creators/{creator}/context"
PUBLIC_PATH: Final = "/api/v1/creators/{creator}/context"


def context_pages(service: CreatorContextService, doors: ReaderDoors) -> tuple[SlotEntry, ...]:
    """Every answer is a line of the audit log."""

    async def read(
        named: Mapping[str, str], asked: Mapping[str, str], reader: ContextReader
    ) -> CreatorContext:
        return await service.read(named["creator"], understood(asked), reader)

    return doors.entries(OPERATOR_PATH, PUBLIC_PATH, read)
