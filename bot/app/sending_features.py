"""Builds what is sent to many fans: composed, uploaded, listed, kept in limits."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from bot.app.accounts import LinkedAccounts
from bot.app.context import AppContext
from bot.app.discord_ports import DiscordPorts
from bot.app.fanvue import FanvueFeatures
from bot.discord.attachments import Attachments
from bot.engine.effect_handler import EffectHandler
from bot.engine.supervision import BackgroundTask
from bot.features.inbox.templates.feature import TemplatesFeature
from bot.features.people.accounts.clients import parts_of
from bot.features.publishing.drafts.feature import DraftsFeature, open_composing
from bot.features.publishing.lists.fanvue import FanvueFanLists
from bot.features.publishing.lists.feature import ListsFeature, open_lists
from bot.features.publishing.post_threads.fanvue import FanvueFollowedPosts
from bot.features.publishing.post_threads.feature import PostThreadsFeature, open_postcards
from bot.features.publishing.safety.feature import SafetyFeature, open_mass_safety
from bot.features.publishing.uploads.fanvue import FanvueUploadVault
from bot.features.publishing.uploads.feature import UploadsFeature, open_uploads


@dataclass(frozen=True)
class SendingFeatures:
    """One field a feature. What is sent itself, posts and mass messages, is in `FanvueFeatures`."""

    uploads: UploadsFeature
    lists: ListsFeature
    composing: DraftsFeature
    postcards: PostThreadsFeature  # its deeds need to know of age restrictions: `bot.app.relay` adds them
    mass_safety: SafetyFeature

    def deeds(self, on: DiscordPorts) -> Mapping[str, EffectHandler]:
        """The kinds of effects that are of these features."""
        return {
            **self.uploads.deeds(on.discord),
            **self.lists.deeds(),
            **self.mass_safety.left.deeds(),
        }

    def duties(self, *, divisor: float) -> list[BackgroundTask]:
        """What must run for them; `divisor` shortens the pauses."""
        return [
            self.uploads.duty(),
            self.composing.duty(divisor=divisor),
            self.postcards.duty(divisor=divisor),
            self.mass_safety.expiring.duty(divisor=divisor),
        ]


def open_sending(
    core: AppContext,
    links: LinkedAccounts,
    side: FanvueFeatures,
    session: aiohttp.ClientSession,
    templates: TemplatesFeature,
) -> SendingFeatures:
    """`session` speaks to Discord's store of files; `templates` are what a text begins as."""
    lists, on = _lists(core, links), (side.broadcasts.fanvue, templates)
    return SendingFeatures(
        uploads=_uploads(core, links, session, side),
        lists=lists,
        composing=open_composing(core, *on, side.posts.fanvue, side.campaigns.fanvue),
        postcards=_postcards(core, links),
        mass_safety=open_mass_safety(side.watched, side.proposing, lists.building),
    )


def _uploads(
    core: AppContext, links: LinkedAccounts, session: aiohttp.ClientSession, side: FanvueFeatures
) -> UploadsFeature:
    store = parts_of(core.settings, links.fanvue.http)
    there = FanvueUploadVault(links.fanvue, links.identity, store)
    attached = Attachments(session, api_url=core.settings.discord_api_url)
    return open_uploads(
        core, there, attached, core.rng, ready=side.media.changed, clears=core.settings.delete_uploaded
    )


def _postcards(core: AppContext, links: LinkedAccounts) -> PostThreadsFeature:
    there = core.points.around("postcards", FanvueFollowedPosts(links.fanvue, links.identity))
    return open_postcards(core, there)


def _lists(core: AppContext, links: LinkedAccounts) -> ListsFeature:
    there = core.points.around("lists", FanvueFanLists(links.fanvue, links.identity, asyncio.sleep))
    return open_lists(core, there, core.settings.list_members)
