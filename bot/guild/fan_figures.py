"""The button [Figures] on a fan's card: privately, for whoever may see figures."""

from bot.access.policy import Action
from bot.guild.answers import Said, Shown, private
from bot.guild.asking import asks, here, permit_of
from bot.guild.bridge import Asked
from storage.records import DiscordId


@asks(Action.FAN_FIGURES, here)
async def show_fan_figures(asked: Asked, _ref: str) -> None:
    """What this fan paid and was offered, as exactly as the presser may see it."""
    channel, level = DiscordId(asked.channel_id or 0), permit_of(asked).money

    async def deed() -> Said:
        return Shown(await asked.client.uses.fan_figures(channel, level))

    await private(asked, deed)
