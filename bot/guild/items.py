"""/fan items: what was sent to a fan and bought, to one member alone."""

from bot.guild.answers import ONLY_ON_A_SERVER, Shown, private, tell, wish_of
from bot.guild.bridge import Asked


async def show_items(asked: Asked) -> None:
    """/fan items."""
    wish = wish_of(asked)
    if wish is None:
        await tell(asked, ONLY_ON_A_SERVER)
        return
    channel = wish.channel

    async def look() -> Shown:
        return Shown(await asked.client.uses.items.of(channel))

    await private(asked, look)
