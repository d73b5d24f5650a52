"""Threads whose creator is not connected are frozen: nothing leaves them (F5)."""

from bot.model.language import tr
from bot.text.reply_rules import ReplyRefused
from bot.text.safe_text import safe
from storage.database import Transaction
from storage.people import creators
from storage.records import CreatorId, LinkState


def belongs_to(handle: str) -> str:
    """The owner of frozen threads, in a sentence for readers."""
    return tr(
        "Its threads here belong to **@{handle}** and are frozen: replies in them are refused.",
        handle=safe(handle),
    )


async def is_connected(tx: Transaction, creator: CreatorId) -> bool:
    """Whether somebody has linked this creator at this moment."""
    link = await creators.open_link(tx, creator)
    return link is not None and link.state is not LinkState.UNLINKING


async def must_be_connected(tx: Transaction, creator: CreatorId) -> None:
    """Raise ReplyRefused for a thread of a creator whom nobody has linked at this moment.

    A link that only waits for a new sign-in keeps its threads: replies there are sent after it. Whichever
    other accounts the same person has linked, nothing goes out in another account's name.
    """
    if await is_connected(tx, creator):
        return
    known = await creators.get(tx, creator)
    # Translators: the thread belongs to an account on Fanvue whose name is not known.
    whose = f"**@{safe(known.handle)}**" if known is not None else tr("an account")
    raise ReplyRefused(
        tr(
            "This thread is frozen. It belongs to {whose} on Fanvue, which is no longer "
            "connected. Not sent. The owner can connect that account again with /link.",
            whose=whose,
        )
    )
