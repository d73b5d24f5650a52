"""What the bot says on a server that invites it (pure)."""

from bot.model.ports import Post

_NEXT = (
    "**Next step:** someone who may manage this server uses `/setup`. It makes a private forum and an alerts "
    "channel for a creator."
)
_THEN = "Then the creator uses `/link`, and `/team grant` lets the team in."


def greeting() -> Post:
    """Everybody reads it, so it says nothing but the next step."""
    return Post(
        title="👋 Hello! I bring your Fanvue chats here.",
        body=(_NEXT, _THEN),
        small="/help shows what you can do here, in your own words.",
    )
