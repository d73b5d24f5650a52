"""Builds what knows who reads which language."""

from bot.engine.channel_languages import ChannelLanguages
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.people.languages import setting_rows
from bot.features.people.languages.service import LanguageService


def build(ctx: FeatureContext) -> Feature:
    """The catalogues are beside the features that say something."""
    channels = ChannelLanguages(database=ctx.database, clock=ctx.clock)
    service = LanguageService(ctx, changed=channels.forget)
    return Feature(name="languages", services=(service,), parts=(channels,), brings=setting_rows.ROWS)
