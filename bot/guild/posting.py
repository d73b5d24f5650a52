"""A post that was typed as a command, handed on to be shown and confirmed."""

from collections.abc import Mapping

from bot.guild.answers import tell
from bot.guild.bridge import Asked
from bot.guild.prices import NotAPrice, cents_of, ids_of
from bot.guild.proposing import propose

_POST = "post"


async def post(asked: Asked, typed: Mapping[str, str | None]) -> None:
    """Answer privately with the preview of this post, or with what is wrong about it."""
    try:
        cents = cents_of(typed["price"])
    except NotAPrice as wrong:
        await tell(asked, str(wrong))
        return
    content = {**typed, "price": cents, "media": list(ids_of(typed["media"]))}
    await propose(asked, _POST, content)
