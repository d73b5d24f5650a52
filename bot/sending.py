"""Builds what is sent to many fans: composed, uploaded, listed, kept in limits."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from bot.broadcast_safety.opened import MassSafety, open_mass_safety
from bot.clients import parts_of
from bot.composing.opened import ComposingOpened, open_composing
from bot.core import Core
from bot.discord_side import DiscordSide
from bot.guild.attachments import Attachments
from bot.linked import Linked
from bot.lists.opened import Lists, open_lists
from bot.lists.there import ListsOnFanvue
from bot.postcards.opened import Postcards, open_postcards
from bot.postcards.there import FollowedOnFanvue
from bot.relay.deeds import Deed
from bot.second import FanvueSide
from bot.supervision import Duty
from bot.templates.opened import Templates
from bot.uploads.opened import Uploads, open_uploads
from bot.uploads.there import VaultOnFanvue


@dataclass(frozen=True)
class Sending:
    """One field a feature. What is sent itself, posts and mass messages, is in `FanvueSide`."""

    uploads: Uploads
    lists: Lists
    composing: ComposingOpened
    postcards: Postcards  # its deeds need to know of age restrictions: `bot.relaying` adds them
    mass_safety: MassSafety

    def deeds(self, on: DiscordSide) -> Mapping[str, Deed]:
        """The kinds of effects that are of these features."""
        return {
            **self.uploads.deeds(on.discord),
            **self.lists.deeds(),
            **self.mass_safety.left.deeds(),
        }

    def duties(self, *, divisor: float) -> list[Duty]:
        """What must run for them; `divisor` shortens the pauses."""
        return [
            self.uploads.duty(),
            self.composing.duty(divisor=divisor),
            self.postcards.duty(divisor=divisor),
            self.mass_safety.expiring.duty(divisor=divisor),
        ]


def open_sending(
    core: Core, links: Linked, side: FanvueSide, session: aiohttp.ClientSession, templates: Templates
) -> Sending:
    """`session` speaks to Discord's store of files; `templates` are what a text begins as."""
    lists, on = _lists(core, links), (side.broadcasts.fanvue, templates)
    return Sending(
        uploads=_uploads(core, links, session, side),
        lists=lists,
        composing=open_composing(core, *on, side.posts.fanvue, side.campaigns.fanvue),
        postcards=_postcards(core, links),
        mass_safety=open_mass_safety(side.watched, side.proposing, lists.building),
    )


def _uploads(core: Core, links: Linked, session: aiohttp.ClientSession, side: FanvueSide) -> Uploads:
    store = parts_of(core.settings, links.fanvue.http)
    there = VaultOnFanvue(links.fanvue, links.identity, store)
    attached = Attachments(session, api_url=core.settings.discord_api_url)
    return open_uploads(
        core, there, attached, core.rng, ready=side.media.changed, clears=core.settings.delete_uploaded
    )


def _postcards(core: Core, links: Linked) -> Postcards:
    there = core.points.around("postcards", FollowedOnFanvue(links.fanvue, links.identity))
    return open_postcards(core, there)


def _lists(core: Core, links: Linked) -> Lists:
    there = core.points.around("lists", ListsOnFanvue(links.fanvue, links.identity, asyncio.sleep))
    return open_lists(core, there, core.settings.list_members)
