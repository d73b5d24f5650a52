"""The look of lines whose message was deleted on Fanvue (pure)."""

from dataclasses import replace

from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.colours import QUIET_COLOUR
from storage.inbox.deleted_messages import DeletedMessage

UNSEEN = msgid("A message was deleted before it was shown here.")


def struck_post(post: Post, struck: DeletedMessage, *, text: bool) -> Post:
    """The line with its text struck, or without it; of what never reached Discord only that it is gone."""
    body = tuple(f"~~{part}~~" for part in post.body) if text and struck.was_shown else ()
    return replace(
        post,
        title=post.title if struck.was_shown else None,
        body=body if struck.was_shown else (UNSEEN,),
        outline=None,
        media=False,
        spoiler=False,
        small=deleted(struck),
        accent=QUIET_COLOUR,
        buttons=tuple(button for button in post.buttons if button.action == "reply") or _any_of(post),
    )


def struck_part(post: Post, struck: DeletedMessage, *, text: bool) -> Post:
    """The same for one of several texts in a post; the owners of the others stay the same."""
    body = tuple(f"~~{part}~~" for part in post.body) if text else ()
    said = f"-# {deleted(struck)}"
    return replace(post, body=(*body, said), outline=(said,))


def deleted(struck: DeletedMessage) -> str:
    """The time, and who or at least which side."""
    at = struck.at // 1000
    if struck.taken_by is not None:
        return tr("↩ Taken back <t:{at}:t> by <@{member}>", at=at, member=struck.taken_by)
    if struck.by_fan:
        return tr("🗑 Deleted <t:{at}:t> by the fan", at=at)
    return tr("🗑 Deleted <t:{at}:t> on the creator's side", at=at)


def _any_of(post: Post) -> tuple[Button, ...]:
    """A line is found by the reference of its buttons, whichever they were."""
    return tuple(Button("reply", button.ref, tr("Reply")) for button in post.buttons[:1])
