"""Whether Discord would take a post, by the rules of the stand-in over HTTP."""

from bot.discord.message_bodies import edit_of, message_of
from bot.model.errors import DeliveryRefused
from bot.model.ports import Post
from bot.sandbox.discord.drafts import BODY, check
from bot.sandbox.discord.errors import DiscordApiError


def must_fit(post: Post) -> Post:
    """The same post. Raises Refused where a new message or an edit of it is more than Discord takes."""
    try:
        for body in (message_of(post), edit_of(post)):
            check(body, None, BODY)
    except (DiscordApiError, ValueError) as refused:
        raise DeliveryRefused(f"Discord does not take this message: {refused}") from refused
    return post
