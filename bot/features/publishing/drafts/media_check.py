"""Whether the media of a draft are still in the creator's vault."""

from bot.features.publishing.drafts import texts
from bot.features.publishing.drafts.model import DraftContent
from bot.features.publishing.drafts.ports import DraftVaultPort
from bot.model.errors import DeliveryFailed
from bot.text.price_input import ids_of
from storage.records import Link, MediaId

_TO_READ = "read:media"  # without it nobody knows whether an item is there until Fanvue is asked to send it


async def gone(vault: DraftVaultPort, link: Link, content: DraftContent) -> str:
    """A sentence about what is no longer there, or cannot be looked up; '' where nothing is to be said."""
    named = (*ids_of(content.media), *ids_of(content.preview))
    media = list(dict.fromkeys(MediaId(one.lower()) for one in named))
    if not media or _TO_READ not in link.scopes.split():
        return ""
    try:
        there = await vault.vault(link.creator, media)
    except DeliveryFailed:
        return texts.UNSEEN
    lost = [one for one in media if one not in there]
    return texts.gone(len(lost), len(media)) if lost else ""
