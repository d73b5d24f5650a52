"""A post that was typed as a command, handed on to be shown and confirmed."""

from collections.abc import Mapping
from typing import Any

from discord import app_commands

from bot.access.permits import Access
from bot.access.policy import Action
from bot.discord.answers import tell
from bot.discord.asking import actor_of, asks, chosen, creator_of, link_of
from bot.discord.bridge import Asked, service
from bot.features.publishing.posts.collection_suggestions import CollectionSuggestions
from bot.features.publishing.proposals.model import GALLERY, LOOKS
from bot.model.language import tr
from bot.text.price_input import NotAPrice, cents_of, ids_of
from cogs.publishing.picker_views import may_look
from cogs.publishing.post_media_views import open_gallery
from cogs.publishing.proposal_views import propose

POST, _SUGGEST = "post", "postask"
_CHOICES = 25  # Discord shows no more


async def post(asked: Asked, typed: Mapping[str, str | None]) -> None:
    """Answer privately with the preview of this post, or with what is wrong about it."""
    try:
        content = await content_of(asked, typed)
    except NotAPrice as wrong:
        await tell(asked, str(wrong))
        return
    may = await service(asked, Access).authorize(actor_of(asked), Action.POST, creator_of(asked))
    # Nothing was typed yet, or a price without anything to buy: its media are chosen next.
    unfinished = not content["media"] and (content["price"] is not None or not (typed["text"] or "").strip())
    gallery = content[LOOKS] and unfinished
    await propose(
        asked,
        POST if may is not None else _SUGGEST,
        {**content, GALLERY: gallery},
        opens=open_gallery if gallery else None,
    )


async def content_of(asked: Asked, typed: Mapping[str, str | None]) -> dict[str, Any]:
    """The proposal's content of what was typed. Raises NotAPrice."""
    cents = cents_of(typed["price"], tr("Not published."))
    return {**typed, "price": cents, "media": list(ids_of(typed["media"])), LOOKS: await may_look(asked)}


@asks(Action.POST_ASK, chosen, offers=True)
async def offer_collections(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Collections of the creator whom the option `creator` names."""
    found = await service(asked, CollectionSuggestions).like(link_of(asked), typed)
    return [app_commands.Choice(name=words, value=value) for words, value in found][:_CHOICES]
