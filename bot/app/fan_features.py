"""Builds what is known of fans, and what shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.app.accounts import LinkedAccounts
from bot.app.context import AppContext
from bot.app.discord_ports import DiscordPorts
from bot.discord.fan_cards import FanCards
from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.features.inbox.fan_card.feature import FanCardFeature, open_cards
from bot.features.inbox.fan_status.fanvue import FanvueFanStatus
from bot.features.inbox.fan_status.feature import FanStatusFeature, open_standing
from bot.features.inbox.message_replies.mode import on_the_card
from bot.features.inbox.notes.feature import NotesFeature, open_notes
from bot.features.inbox.profiles.fanvue import FanvueProfiles
from bot.features.inbox.profiles.feature import open_profiles
from bot.features.inbox.profiles.figure_texts import ProfileFigureTexts
from bot.features.inbox.profiles.service import ProfileService
from bot.features.inbox.promises.feature import PromisesFeature, open_promises
from bot.features.inbox.purchases.feature import PurchasesFeature, open_sold
from bot.features.money.periods.bands import shown_to
from bot.features.money.periods.texts import source_of


@dataclass(frozen=True)
class FanFeatures:
    """One field a feature that remembers something of a fan, or shows it."""

    knowing: NotesFeature
    promises: PromisesFeature
    sold: PurchasesFeature
    standing: FanStatusFeature
    profiles: ProfileService
    cards: FanCardFeature

    def deeds(self, core: AppContext, on: DiscordPorts) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of these features."""
        cards = FanCards(on.direct, on.discord.own, on.discord.waking)
        return {
            **self.promises.deeds(on.discord, on.calling),
            **self.standing.deeds(),
            **self.cards.deeds(core.points.around("cards", cards)),
        }

    def duties(self, *, divisor: float) -> list[BackgroundTask]:
        """What must run for them; `divisor` shortens the pauses."""
        return [self.cards.troubles.duty(divisor=divisor), self.promises.duty(divisor=divisor)]


def open_fans(core: AppContext, links: LinkedAccounts, mass_kind: str) -> FanFeatures:
    """`mass_kind`: the kind of effects that are mass messages; what those sold is remembered too."""
    knowing, promises = open_notes(core, [core.cards.want]), open_promises(core, core.cards.want)
    there, sold = FanvueProfiles(links.fanvue, links.identity), open_sold(core, mass_kind)
    asked = FanvueFanStatus(links.fanvue, links.identity, core.clock)
    standing = open_standing(core, asked, core.cards.want)
    return FanFeatures(
        knowing=knowing,
        promises=promises,
        sold=sold,
        standing=standing,
        profiles=open_profiles(
            core, there, knowing, ProfileFigureTexts(shown_to, source_of), standing.standings.told
        ),
        cards=_cards(core, knowing, promises, sold),
    )


def _cards(
    core: AppContext, knowing: NotesFeature, promises: PromisesFeature, sold: PurchasesFeature
) -> FanCardFeature:
    return open_cards(
        core,
        core.cards,
        marks=knowing.tags.tags_of,
        owed=promises.listing.on_card,
        mode=on_the_card,
        told=sold.items.on_card,
    )
