"""What the bot says on a server that invites it (pure)."""

from bot.model.language import msgid, tr
from bot.model.ports import Post

_NEXT = msgid(
    "**Next step:** someone who may manage this server uses `/setup`. It makes a private "
    "forum and an alerts channel for a creator."
)


def greeting() -> Post:
    """Everybody reads it, so it says nothing but the next step."""
    return Post(
        title=tr("👋 Hello! I bring your Fanvue chats here."),
        body=(tr(_NEXT), tr("Then the creator uses `/link`, and `/team grant` lets the team in.")),
        small=tr("/help shows what you can do here, in your own words."),
    )
