"""Whether the media of a draft are in the creator's vault, and ready."""

from bot.features.publishing.drafts import texts
from bot.features.publishing.drafts.model import DraftContent
from bot.features.publishing.posts.fanvue import FanvuePosts
from bot.model.errors import DeliveryFailed
from bot.model.language import tr
from bot.text.price_input import ids_of
from storage.records import Link, MediaId

_TO_READ = "read:media"  # without it nobody knows whether an item is there until Fanvue is asked to send it


async def trouble(vault: FanvuePosts, link: Link, content: DraftContent) -> str:
    """A sentence about what is gone, not ready, or cannot be looked up; '' where nothing is to be said."""
    named = (*ids_of(content.media), *ids_of(content.preview))
    media = list(dict.fromkeys(MediaId(one.lower()) for one in named))
    if not media or _TO_READ not in link.scopes.split():
        return ""
    try:
        there = await vault.vault(link.creator, media)
    except DeliveryFailed:
        return tr(texts.UNSEEN)
    if lost := [one for one in media if one not in there]:
        return texts.gone(len(lost), len(media))
    # A status that is lacking, or new, is Fanvue's to judge.
    if failed := [one for one in media if there[one].status == "error"]:
        return texts.broken(len(failed), len(media))
    late = [one for one in media if there[one].status in {"created", "processing"}]
    return texts.unready(len(late), len(media)) if late else ""
