"""Builds what looks by itself: the sweeps, and the webhook subscriptions."""

import asyncio
from functools import partial
from typing import Protocol

from bot.accounts.keyring import Keyring
from bot.accounts.subscribing import SubscribeSettings, Subscribing
from bot.config import Settings
from bot.config_rules import WEBHOOK_PATH
from bot.desk.door import Keys
from bot.desk.opened import Desk
from bot.fanvue.budget import Lane
from bot.fanvue.chats import Identity
from bot.fanvue.client import Fanvue
from bot.fanvue.hooks import EVENTS
from bot.fanvue.stored import event_from, stored
from bot.fanvue.sweeping import Sweeping
from bot.metrics import Metrics
from bot.relay.clock import SystemClock, SystemIds
from bot.relay.dispatch import InProcess
from bot.relay.effects import Effects
from bot.relay.facts import Facts
from bot.relay.retry import Waits
from bot.relay.second import Ground, SecondSource, open_second
from bot.web.webhooks import Watch, Webhooks
from storage.database import Database


class Core(Protocol):
    """What it needs of `bot.app.Core`."""

    settings: Settings
    database: Database
    keyring: Keyring
    clock: SystemClock
    ids: SystemIds
    dispatch: InProcess
    effects: Effects
    waits: Waits
    metrics: Metrics
    desk: Desk


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
