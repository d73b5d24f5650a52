"""Whether what is typed goes to the fans of a creator, at this moment."""

from bot.model.language import tr
from storage.database import Transaction
from storage.inbox import message_replies
from storage.inbox.message_replies import TypingMode
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode as TextMode
from storage.records import CreatorId


async def holds(tx: Transaction, creator: CreatorId) -> TypingMode | None:
    """None: it does not, because nobody switched it on, or because texts are kept off Discord by now."""
    found = await message_replies.mode(tx, creator)
    return found if found is not None and await privacy_modes.now(tx, creator) is TextMode.FULL else None


async def on_the_card(tx: Transaction, creator: CreatorId) -> str | None:
    """The line about it on fans' cards."""
    found = await holds(tx, creator)
    return (
        None
        if found is None
        else tr("Typing here goes to the fan; `{inside}` keeps it inside", inside=found.inside)
    )
