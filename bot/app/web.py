"""Builds what the outside reaches over HTTP: webhooks, link pages, health."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import aiohttp

from bot.app.context import AppContext
from bot.app.team_page import team_page_of
from bot.engine.process_roles import ProcessRole
from bot.engine.readiness_probes import LEAST, LITTLE, roomy, writable
from bot.fanvue.oauth import FanvueOAuth
from bot.features.contract import BuiltFeatures
from bot.features.discord_ports import DiscordPorts
from bot.features.http_pages import OPERATOR_PAGES, PUBLIC_PAGES, HttpPage, HttpPages
from bot.features.operations.agent_sign_in.service import AgentSignInService
from bot.features.operations.agent_sign_in.token_service import AgentTokenService
from bot.features.operations.backup.watch import BackupWatch
from bot.features.operations.metrics.service import LiveFigures
from bot.features.operations.operator_channel.service import OperatorChannel, operator_channel
from bot.features.operations.problems.feature import ProblemsFeature
from bot.features.operations.problems.webhook_rejections import WebhookRejectionCounter, WebhookSecretSet
from bot.features.people.accounts.service import AccountLinkService
from bot.features.people.accounts.webhook_subscriptions import WebhookSubscriptions
from bot.relay.inbox_processor import InboxProcessor
from bot.relay.reconciliation import Reconciliation
from bot.web.agent_consent import AgentConsentPages
from bot.web.agent_doors import AgentDoors
from bot.web.agent_oauth import AgentOAuthPages
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


@dataclass(frozen=True)
class HealthParts:
    """The parts that say how they are."""

    desk: ProblemsFeature
    found: Reconciliation
    keys: FanvueOAuth
    discord: Mapping[str, Probe]


def health_of(core: AppContext, parts: HealthParts) -> HealthPages:
    """Whether it lives, whether it is ready, and what works less well."""
    desk, found, keys = parts.desk, parts.found, parts.keys
    backups = BackupWatch(core.settings.state_folder(), core.clock)

    figures = LiveFigures(core.metrics, core.database, core.clock, backups)

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
            **parts.discord,
        },
        degraded={
            "live events": found.silence.degraded,
            "chat lists": found.outage.degraded,
            "fanvue keys": keys.probe,
            **desk.probes(),
            "backups": backups.probe,
        },
        figures=figures.text,
        roles=() if core.together.roles.alone else str(core.together.roles).split(","),
    )


def operator_of(
    core: AppContext, health: HealthPages, session: aiohttp.ClientSession
) -> OperatorChannel | None:
    """Who tells the operator beside Discord; None where no setting says whom."""
    roles = core.together.roles
    process = "" if roles.alone else str(roles)
    return operator_channel(core.settings, health.findings, session, core.clock, process=process)


def front(
    core: AppContext,
    features: BuiltFeatures,
    linking: AccountLinkService,
    served: tuple[WebhookReceiver, HealthPages],
    ports: DiscordPorts,
) -> WebServer:
    """The two listeners: one for the world, one for the operator. `ports`: by which Discord is asked."""
    settings = core.settings
    (webhooks, health), team = served, team_page_of(core, features, ports)
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
            returns=team.signing,
        ),
        health=health,
        pages=HttpPages(
            (
                *features.brought(PUBLIC_PAGES, "the public listener"),
                *_agent_pages(core, features),
                *team.entries(),
            ),
            features.brought(OPERATOR_PAGES, "the operator's listener"),
        ),
        manner=ListenerOptions(tls=settings.public_url.startswith("https://")),
    )


def _agent_pages(core: AppContext, features: BuiltFeatures) -> tuple[HttpPage, ...]:
    """Where agents sign in."""
    signing, doors = features.get(AgentSignInService), AgentDoors(core.clock, core.settings.trusted_proxies)
    oauth = AgentOAuthPages(signing, features.get(AgentTokenService), doors)
    consent = AgentConsentPages(signing, doors, public_url=core.settings.public_url)
    return (*oauth.entries(), *consent.entries())
