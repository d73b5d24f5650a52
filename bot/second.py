"""Builds what speaks to Fanvue: chats, sweeps, subscriptions, figures, proposals."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.accounts.subscribing import SubscribeSettings, Subscribing
from bot.broadcasts.fanvue_side import Broadcasting
from bot.broadcasts.opened import Broadcasts, open_broadcasts
from bot.clients import previews_of
from bot.config_rules import WEBHOOK_PATH
from bot.core import Core
from bot.desk.door import Keys
from bot.fanvue.budget import Lane
from bot.fanvue.chats import Chats, Identity
from bot.fanvue.client import Fanvue
from bot.fanvue.hooks import EVENTS
from bot.fanvue.stored import event_from, stored
from bot.fanvue.sweeping import Sweeping
from bot.figures.opened import Figures, open_figures
from bot.media.browsing import Browsing
from bot.media.opened import open_media
from bot.posts.opened import Posts, open_posts
from bot.posts.reaching import PostsOnFanvue
from bot.proposals.features import Feature
from bot.proposals.opened import Parts, Proposing, open_proposals
from bot.relay.deeds import Deed
from bot.relay.facts import Facts
from bot.relay.ports import DiscordPort, FanvuePort
from bot.relay.second import Ground, SecondSource, open_second
from bot.web.webhooks import Watch, Webhooks


@dataclass(frozen=True)
class FanvueSide:
    """What reads and writes on Fanvue."""

    chats: FanvuePort
    hooks: Subscribing
    found: SecondSource
    figures: Figures
    media: Browsing
    posts: Posts
    proposing: Proposing
    broadcasts: Broadcasts

    def deeds(self, discord: DiscordPort) -> Mapping[str, Deed]:
        """The kinds of effects that are of these parts."""
        ground = self.proposing.ground
        return {**self.figures.deeds(discord), **self.broadcasts.deeds(ground), **self.posts.deeds(ground)}


def side(core: Core, fanvue: Fanvue, identity: Identity, hooks: Subscribing) -> FanvueSide:
    """Everything that speaks to Fanvue for a creator; `identity` says whose link is used."""
    mass = broadcasts(core, fanvue, identity)
    posted = posts(core, fanvue, identity)
    return FanvueSide(
        chats=core.points.around("fanvue", Chats(fanvue, identity)),
        hooks=hooks,
        found=source(core, fanvue, identity),
        figures=figures(core, fanvue, identity),
        media=open_media(
            database=core.database,
            fanvue=fanvue,
            previews=previews_of(core.settings, fanvue.http),
            clock=core.clock,
            ids=core.ids,
        ),
        proposing=proposing(core, (mass.feature, posted.feature)),
        broadcasts=mass,
        posts=posted,
    )


def broadcasts(core: Core, fanvue: Fanvue, identity: Identity) -> Broadcasts:
    """What owners send to whole lists."""
    there = core.points.around("mass", Broadcasting(fanvue, identity, asyncio.sleep))
    return open_broadcasts(database=core.database, effects=core.effects, fanvue=there, clock=core.clock)


def posts(core: Core, fanvue: Fanvue, identity: Identity) -> Posts:
    """What owners publish for everybody."""
    there = core.points.around("posts", PostsOnFanvue(fanvue, identity))
    return open_posts(database=core.database, fanvue=there, clock=core.clock)


def proposing(core: Core, features: Sequence[Feature]) -> Proposing:
    """What owners may have done for a whole creator."""
    parts = Parts(
        database=core.database,
        commands=core.commands,
        effects=core.effects,
        sealer=core.keyring,
        clock=core.clock,
        ids=core.ids,
        waits=core.waits,
    )
    return open_proposals(parts, features)


async def subscribing(core: Core, fanvue: Fanvue) -> Subscribing:
    """The webhook subscriptions, with every secret that is known already."""
    settings = core.settings
    made = Subscribing(
        database=core.database,
        sealer=core.keyring,
        clock=core.clock,
        api=lambda link: fanvue.acting(link, lane=Lane.REFRESH).webhooks,
        settings=SubscribeSettings(
            automatic=settings.fanvue_subscribe == "auto",
            url=settings.public_url + WEBHOOK_PATH,
            events={name: scope for name, (_word, scope) in EVENTS.items()},
            fixed=tuple(secret.get_secret_value() for secret in settings.fanvue_webhook_secrets),
        ),
    )
    await made.load()
    return made


def source(core: Core, fanvue: Fanvue, identity: Identity) -> SecondSource:
    """The sweeps and what belongs to them."""
    ground = Ground(
        database=core.database,
        sealer=core.keyring,
        dispatch=core.dispatch,
        effects=core.effects,
        hint=core.dispatch.hint,
        clock=core.clock,
        ids=core.ids,
        waits=core.waits,
    )
    port = Sweeping(fanvue, identity, asyncio.sleep)
    made = open_second(ground, port, store=stored, recall=event_from)
    # What came live must not wait for a sweep that itself waits for its turn at Fanvue.
    port.on_wait = made.catching_up.over
    return made


def figures(core: Core, fanvue: Fanvue, identity: Identity) -> Figures:
    """What owners ask for, and are told of daily."""
    return open_figures(
        database=core.database,
        effects=core.effects,
        fanvue=fanvue,
        identity=identity,
        clock=core.clock,
        ids=core.ids,
        waits=core.waits,
    )


def webhooks(core: Core, facts: Facts, hooks: Subscribing) -> Webhooks:
    """The door for live events; it takes what any known secret has signed."""
    watch = Watch(
        ended=core.metrics.webhook,
        signed=partial(core.desk.door.signed, Keys(hooks.secrets, len(core.settings.fanvue_webhook_secrets))),
        refused=core.desk.door.refused,
    )
    return Webhooks(
        secrets=hooks.secrets,
        keep=facts.keep,
        clock=core.clock,
        watch=watch,
        secret_later=core.settings.fanvue_subscribe == "auto",
    )
