"""/inbox timers: when a team is pinged about who waits."""

from bot.discord.answers import private
from bot.discord.asking import permit_of
from bot.discord.bridge import Asked, service
from bot.features.inbox.timers.setting import TimerSetting


async def set_timers(
    asked: Asked,
    *,
    first: int | None,
    second: int | None,
    quiet_from: str | None,
    quiet_to: str | None,
) -> None:
    """Change what was typed; without anything, say what holds."""
    permit, timers = permit_of(asked), service(asked, TimerSetting)
    await private(
        asked,
        lambda: timers.set(permit, first=first, second=second, quiet_from=quiet_from, quiet_to=quiet_to),
    )
