"""Answers with input typed or sent and not kept; as a file where it is long."""

from bot.discord.answers import Said, shown_back
from bot.model.ports import Post
from bot.text.rejected_input import RejectedInput


def said_of(found: Post | str | RejectedInput) -> Said:
    """The answer that a use case gave, as it is shown."""
    return shown_back(found) if isinstance(found, RejectedInput) else found
