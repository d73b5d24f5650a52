"""Builds the picker."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.purchases.feature import PurchasesFeature
from bot.features.people.accounts.clients import previews_of
from bot.features.publishing.media.fanvue import FanvueVault
from bot.features.publishing.media.item_service import MediaItemService
from bot.features.publishing.media.suggestion_service import MediaSuggestionService
from bot.features.publishing.picker.item_memory import PurchasedItems
from bot.features.publishing.picker.service import MediaPickerService
from bot.features.publishing.picker.shelf_reader import PickerShelfReader
from bot.features.publishing.picker.thumbnails import VaultThumbnails
from bot.features.publishing.picker.vault_pictures import VaultPictures


def build(ctx: FeatureContext) -> Feature:
    """It reads the vault as /media browse does, and remembers pages and pictures for minutes."""
    vault = FanvueVault(ctx.fanvue)
    looking = MediaItemService(vault, previews_of(ctx.settings, ctx.fanvue.http))
    reading = PickerShelfReader(vault, MediaSuggestionService(vault, ctx.clock), ctx.clock)
    picker = MediaPickerService(
        vault=vault,
        reading=reading,
        thumbnails=VaultThumbnails(vault, looking, ctx.clock),
        memory=PurchasedItems(ctx.database, ctx.get(PurchasesFeature).memory),
        ids=ctx.ids,
    )
    pictures = VaultPictures(vault, looking, ctx.clock)
    return Feature(name="picker", services=(picker,), parts=(reading, pictures))
