"""What was typed or sent and not kept, as an answer; a file where it is long."""

from bot.guild.answers import Said, Shown, shown_back
from bot.relay.given_back import GivenBack
from bot.relay.ports import Post


def said_of(found: Post | str | GivenBack) -> Said:
    """The answer that a use case gave, as it is shown."""
    if isinstance(found, str):
        return found
    return Shown(found) if isinstance(found, Post) else shown_back(found)
