"""A line that the server's own filter hides, shown to one member who asks."""

from bot.guild.answers import ONLY_ON_A_SERVER, Said, Shown, private, tell, wish_of
from bot.guild.bridge import Asked
from bot.guild.rights import why_not_read
from bot.relay.ports import Post
from storage.records import EffectId


async def show_hidden(asked: Asked, ref: str) -> None:
    """Answer privately with what is hidden, if this member may read the thread at this moment."""
    wish = wish_of(asked)
    refusal = why_not_read(asked.permissions)
    if refusal or wish is None:
        await tell(asked, refusal or ONLY_ON_A_SERVER)
        return

    async def deed() -> Said:
        found = await asked.client.uses.hidden(EffectId(ref), wish.channel)
        return Shown(found) if isinstance(found, Post) else found

    await private(asked, deed)
