"""Builds what the outside reaches over HTTP: webhooks, link pages, health."""

import os
from collections.abc import Mapping
from functools import partial

from bot.accounts.linking import Linking
from bot.accounts.subscribing import Subscribing
from bot.core import Core
from bot.desk.door import Door, Keys
from bot.desk.opened import Desk
from bot.probes import LEAST, LITTLE, roomy, writable
from bot.relay.facts import Facts
from bot.relay.second import SecondSource
from bot.roles import Role
from bot.web.health import Health, Probe
from bot.web.linkpages import LinkPages
from bot.web.server import Manner, WebServer
from bot.web.webhooks import Watch, Webhooks


def webhooks_of(core: Core, door: Door, facts: Facts, hooks: Subscribing) -> Webhooks:
    """The door for live events; it takes what any known secret has signed."""
    keys = Keys(hooks.secrets, len(core.settings.fanvue_webhook_secrets))
    watch = Watch(
        ended=core.metrics.webhook,
        signed=partial(door.signed, keys),
        refused=partial(door.refused, keys),
    )
    return Webhooks(
        secrets=hooks.secrets,
        keep=facts.keep,
        clock=core.clock,
        watch=watch,
        secret_later=core.settings.fanvue_subscribe == "auto",
        probed=hooks.expects_probe,
    )


def health_of(core: Core, desk: Desk, found: SecondSource, discord: Mapping[str, Probe]) -> Health:
    """Whether it lives, whether it is ready, and what works less well; `discord`: the same of that side."""

    async def accepted() -> str | None:
        return core.paused

    return Health(
        alive={"tasks": core.supervisor.alive},
        ready={
            "database": writable(core.database),
            "disk": roomy(core.settings.state_folder(), least=LITTLE if core.apart else LEAST),
            "restored": accepted,
            "tasks": core.supervisor.ready,
            "another": desk.strangers.probe,
            **discord,
        },
        degraded={
            "live events": found.silence.degraded,
            "chat lists": found.outage.degraded,
            **desk.probes(),
        },
        figures=lambda: (core.metrics.text(), core.metrics.content_type),
        roles=() if core.together.roles.alone else str(core.together.roles).split(","),
    )


def front(core: Core, linking: Linking, webhooks: Webhooks, health: Health) -> WebServer:
    """The two listeners: one for the world, one for the operator."""
    settings = core.settings
    return WebServer(
        listen=settings.listen if Role.WEB in core.together.roles else None,
        admin_listen=settings.admin_listen,
        webhooks=webhooks,
        linkpages=LinkPages(
            linking,
            public_url=settings.public_url,
            fanvue_redirect_uri=settings.fanvue_redirect_uri,
            sign_in_urls=(settings.discord_authorize_url, f"{settings.fanvue_auth_url}/oauth2/auth"),
            random=os.urandom,
        ),
        health=health,
        manner=Manner(tls=settings.public_url.startswith("https://")),
    )
