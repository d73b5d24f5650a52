"""/post: lists posts; passes on what is typed about one to be confirmed."""

from collections.abc import Mapping
from typing import Any

from discord import app_commands

from bot.access.policy import Action
from bot.discord.answers import private, tell
from bot.discord.asking import asks, chosen, link_of
from bot.discord.bridge import Asked, service
from bot.features.publishing.post_management.list_service import PostListService
from bot.features.publishing.proposals.model import GALLERY, LOOKS
from bot.model.language import tr
from bot.text.price_input import NotAPrice, cents_of, ids_of
from bot.text.typed_words import is_free
from cogs.publishing.picker_views import may_look
from cogs.publishing.post_media_views import open_gallery
from cogs.publishing.proposal_views import propose

# What is done to a post, and what the feature is called that does it
# (`bot.features.publishing.post_management.proposal`).
_FEATURES = {
    "edit": "postedit",
    "delete": "postdelete",
    "pin": "postpin",
    "unpin": "postunpin",
    "repost": "repost",
}


async def show_posts(asked: Asked, show: str, page: int) -> None:
    """Answer privately with one page."""
    await private(asked, lambda: service(asked, PostListService).page(link_of(asked), show, page))


async def show_comments(asked: Asked, post: str) -> None:
    """Answer privately with the newest comments of a post."""
    await private(asked, lambda: service(asked, PostListService).below(link_of(asked), post))


async def comment(asked: Asked, post: str, text: str, *, above: str = "") -> None:
    """Answer privately with the comment as it would stand below the post. `above`: the text it answers."""
    await propose(asked, "postcomment", {"post": post, "text": text}, above=above)


async def edit(asked: Asked, post: str, typed: Mapping[str, str | None]) -> None:
    """Answer privately with what would change, or with what is wrong about it."""
    wanted: dict[str, Any] = {name: value for name, value in typed.items() if value is not None}
    if "price" in wanted:
        free = is_free(wanted["price"])
        try:
            wanted["price"] = None if free else cents_of(wanted["price"], tr("No changes made."))
        except NotAPrice as wrong:
            await tell(asked, str(wrong))
            return
    if "media" in wanted:
        wanted["media"] = list(ids_of(wanted["media"]))
    looks = await may_look(asked)
    gallery = looks and not wanted
    content: dict[str, Any] = {"post": post, "typed": wanted, LOOKS: looks, GALLERY: gallery}
    # A new text stands where whoever looks at texts looks for one.
    content |= {"text": wanted["text"]} if "text" in wanted else {}
    await propose(asked, _FEATURES["edit"], content, opens=open_gallery if gallery else None)


async def ask(asked: Asked, verb: str, post: str) -> None:
    """Answer privately with the post, and the question whether it is to be done."""
    await propose(asked, _FEATURES[verb], {"post": post})


@asks(Action.POST_LIST, chosen, offers=True)
async def offer_posts(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Posts of the creator whom the option `creator` names."""
    found = await service(asked, PostListService).like(link_of(asked), typed)
    return [app_commands.Choice(name=words, value=value) for words, value in found]
