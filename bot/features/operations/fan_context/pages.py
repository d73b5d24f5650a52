"""The addresses of a fan's context: for the shell, and for keys that open chats."""

from collections.abc import Mapping
from typing import Final

from bot.engine.slots import SlotEntry
from bot.features.operations.creator_context.reader_doors import ReaderDoors
from bot.features.operations.creator_context.service import ContextReader
from bot.features.operations.fan_context.model import FanContext
from bot.features.operations.fan_context.request_rules import understood
from bot.features.operations.fan_context.service import FanContextService
from storage.people.api_keys import ApiKeyScope

OPERATOR_FAN_PATH: Final = "/operator/v1/creators/{creator}/fans/{fan}/context"
FAN_PATH: Final = "/api/v1/creators/{creator}/fans/{fan}/context"


def fan_context_pages(service: FanContextService, doors: ReaderDoors) -> tuple[SlotEntry, ...]:
    """Every answer is a line of the audit log."""

    async def read(named: Mapping[str, str], asked: Mapping[str, str], reader: ContextReader) -> FanContext:
        return await service.read(named["creator"], named["fan"], understood(asked), reader)

    return doors.entries(OPERATOR_FAN_PATH, FAN_PATH, read, ApiKeyScope.CHATS)
