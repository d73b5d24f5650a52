"""The guard on Discord: shown, set, and tried with a text, all privately."""

from bot.discord.answers import Said, private
from bot.discord.asking import permit_of
from bot.discord.bridge import Asked, service
from bot.features.inbox.guard.setting import GuardSetting
from bot.features.inbox.guard_words.service import GuardWordService


async def show_guard(asked: Asked) -> None:
    """/settings guard show."""
    await private(asked, lambda: service(asked, GuardSetting).show(permit_of(asked)))


async def set_guard(asked: Asked, pack: str, level: str) -> None:
    """/settings guard set: both are from its lists."""
    await private(asked, lambda: service(asked, GuardSetting).put(permit_of(asked), pack, level))


async def try_guard(asked: Asked, text: str) -> None:
    """/settings guard test."""

    async def deed() -> Said:
        permit = permit_of(asked)
        words = await service(asked, GuardWordService).test(permit, text)
        return await service(asked, GuardSetting).test(permit, text, words)

    await private(asked, deed)
