"""A member's reply, from /reply or the window, handed on in two phases."""

import discord

from bot.guild.answers import ONLY_ON_A_SERVER, tell, two_phase, wish_of
from bot.guild.bridge import Asked
from bot.guild.prices import NotAPrice, cents_of, ids_of
from bot.guild.rights import why_not_answer
from bot.relay.replies import ReplyWish


async def reply(
    asked: Asked, *, text: str | None, price: str | None, media: str | None, preview: str | None
) -> None:
    """Check who and where, keep the reply, answer, and only then let it go out."""
    refusal = why_not_answer(asked.permissions, in_thread=isinstance(asked.channel, discord.Thread))
    wish = wish_of(asked)
    if refusal or wish is None:
        await tell(asked, refusal or ONLY_ON_A_SERVER)
        return
    try:
        cents = cents_of(price)
    except NotAPrice as wrong:
        await tell(asked, str(wrong))
        return
    wanted = ReplyWish(
        wish=wish, text=text, price=cents, media=ids_of(media), preview=(preview or "").strip() or None
    )
    replies = asked.client.uses.replies
    await two_phase(asked, stage=lambda: replies.stage(wanted), accept=replies.accept, cancel=replies.cancel)
