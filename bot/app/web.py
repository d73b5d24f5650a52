"""Builds what the outside reaches over HTTP: webhooks, link pages, health."""

import os
from collections.abc import Mapping
from functools import partial

from bot.app.context import AppContext
from bot.engine.process_roles import ProcessRole
from bot.engine.readiness_probes import LEAST, LITTLE, roomy, writable
from bot.features.operations.backup.watch import BackupWatch
from bot.features.operations.problems.feature import ProblemsFeature
from bot.features.operations.problems.webhook_rejections import WebhookRejectionCounter, WebhookSecretSet
from bot.features.people.accounts.service import AccountLinkService
from bot.features.people.accounts.webhook_subscriptions import WebhookSubscriptions
from bot.relay.inbox_processor import InboxProcessor
from bot.relay.reconciliation import Reconciliation
from bot.web.health import HealthPages, Probe
from bot.web.link_pages import LinkPages
from bot.web.server import ListenerOptions, WebServer
from bot.web.webhooks import DeliveryWatch, WebhookReceiver


def webhooks_of(
    core: AppContext, door: WebhookRejectionCounter, facts: InboxProcessor, hooks: WebhookSubscriptions
) -> WebhookReceiver:
    """The door for live events; it takes what any known secret has signed."""
    keys = WebhookSecretSet(hooks.secrets, len(core.settings.fanvue_webhook_secrets))
    watch = DeliveryWatch(
        ended=core.metrics.webhook,
        signed=partial(door.signed, keys),
        refused=partial(door.refused, keys),
        proxies=core.settings.trusted_proxies,
    )
    return WebhookReceiver(
        secrets=hooks.secrets,
        keep=facts.keep,
        clock=core.clock,
        watch=watch,
        secret_later=core.settings.fanvue_subscribe == "auto",
        probed=hooks.expects_probe,
    )


def health_of(
    core: AppContext, desk: ProblemsFeature, found: Reconciliation, discord: Mapping[str, Probe]
) -> HealthPages:
    """Whether it lives, whether it is ready, and what works less well; `discord`: the same of that side."""
    backups = BackupWatch(core.settings.state_folder(), core.clock)

    async def accepted() -> str | None:
        return core.paused

    return HealthPages(
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
            "backups": backups.probe,
        },
        figures=lambda: (backups.counted(core.metrics).text(), core.metrics.content_type),
        roles=() if core.together.roles.alone else str(core.together.roles).split(","),
    )


def front(
    core: AppContext, linking: AccountLinkService, webhooks: WebhookReceiver, health: HealthPages
) -> WebServer:
    """The two listeners: one for the world, one for the operator."""
    settings = core.settings
    return WebServer(
        listen=settings.listen if ProcessRole.WEB in core.together.roles else None,
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
        manner=ListenerOptions(tls=settings.public_url.startswith("https://")),
    )
