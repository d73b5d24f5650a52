"""Builds what links people's Fanvue accounts: tokens, sign-in, subscriptions."""

import os
from contextlib import AsyncExitStack
from dataclasses import dataclass, fields, replace
from typing import Any

import aiohttp
import httpx

from bot.app.context import AppContext
from bot.engine.supervision import BackgroundTask, periodic
from bot.engine.task_placement import PlacedTask, TaskPlacement
from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.fanvue.hooks import EVENTS
from bot.fanvue.oauth import FanvueOAuth
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.people.accounts.clients import discovery_of, fanvue_of, oauth_of, sign_in_of
from bot.features.people.accounts.feature import AccountTokensFeature
from bot.features.people.accounts.ports import EXTRA_SCOPES, NEEDED_SCOPES, AccountLinkContext, LinkSettings
from bot.features.people.accounts.service import AccountLinkService
from bot.features.people.accounts.tokens import AccountTokens
from bot.features.people.accounts.unlink_service import AccountUnlinkService
from bot.features.people.accounts.webhook_subscriptions import (
    WebhookSubscriptions,
    WebhookSubscriptionSettings,
)
from bot.features.people.agency.feature import AgencyFeature
from bot.model.acting_account import Identity
from bot.relay.context import Context
from bot.settings.model import SCOPES, Settings
from bot.settings.value_rules import WEBHOOK_PATH
from storage.errors import DatabaseUnreachable

_TIDY_SECONDS = 60.0
_TIDY_LIMIT = 180.0  # it revokes tokens, one call after the other
_HOOKS_SECONDS = 10.0


@dataclass(frozen=True)
class LinkedAccounts:
    """Fanvue, and through whose account it is spoken to."""

    fanvue: FanvueClient
    oauth: FanvueOAuth
    tokens: AccountTokens
    linking: AccountLinkService
    identity: Identity
    hooks: WebhookSubscriptions
    agency: AgencyFeature

    def feature(self) -> Feature:
        """The links as a feature, before all that is in FEATURES."""
        passing, worker = (DatabaseUnreachable,), TaskPlacement.WORKER
        tidy = periodic(_TIDY_SECONDS, self.linking.tidy, passing=passing)
        hooks = periodic(_HOOKS_SECONDS, self.hooks.tidy, passing=passing)
        managed = periodic(_HOOKS_SECONDS, self.agency.reaching.tidy, passing=passing)
        return Feature(
            name="accounts",
            services=(self.linking, self.agency.desk),
            tasks=(
                PlacedTask(BackgroundTask("tidy", tidy, _TIDY_LIMIT), paused=True),
                BackgroundTask("webhook subscriptions", hooks, _TIDY_LIMIT),
                # who was denied something is remembered where it was
                PlacedTask(BackgroundTask("managed creators", managed, _TIDY_LIMIT), worker),
            ),
        )


async def linked(
    core: AppContext, stack: AsyncExitStack, http: httpx.AsyncClient, session: aiohttp.ClientSession
) -> LinkedAccounts:
    """`http` speaks to Fanvue, `session` to Discord's sign-in; `stack` ends what is under way."""
    settings = core.settings
    authority = oauth_of(settings, http)
    oauth = core.points.around("oauth", authority)
    signed = AccountTokensFeature(core, oauth, paused=core.paused, crew=core.together.crew)
    stack.push_async_callback(signed.tokens.close)
    fanvue = fanvue_of(settings, http, signed.tokens, core.clock, core.together.fanvue)
    hooks = core.points.around("hooks", await _subscribing(core, fanvue))
    means = AccountLinkContext(
        database=core.database,
        sealer=core.sealer,
        effects=core.effects,
        dispatch=core.dispatch,
        clock=core.clock,
        ids=core.ids,
        random=os.urandom,
        authority=oauth,
        discord=core.points.around("sign-in", sign_in_of(settings, session)),
        who_am_i=fanvue.whoami,
        revoking=signed.revoking,
        settings=_link_settings(settings),
        leaving=hooks.leave,
        talks=core.talks,
        serving=core.serving,
        promises_issuer=discovery_of(settings, http, core.clock).promises_issuer,
    )
    agency = AgencyFeature(core, fanvue, stand_down=AccountUnlinkService(means).stand_down)
    linking = AccountLinkService(replace(means, connected=agency.reaching.connected))
    around = core.points.around("linking", linking)
    return LinkedAccounts(fanvue, authority, signed.tokens, around, linking.identity, hooks, agency)


def _link_settings(settings: Settings) -> LinkSettings:
    return LinkSettings(
        public_url=settings.public_url,
        scopes=settings.fanvue_scopes,
        needed=NEEDED_SCOPES,
        issuer=settings.fanvue_auth_url,
        # Whoever lists scopes of their own gets exactly these.
        extra=EXTRA_SCOPES if settings.fanvue_scopes == tuple(SCOPES.split()) else (),
    )


async def _subscribing(core: AppContext, fanvue: FanvueClient) -> WebhookSubscriptions:
    """The webhook subscriptions, with every secret that is known already."""
    settings = core.settings
    made = WebhookSubscriptions(
        database=core.database,
        sealer=core.sealer,
        clock=core.clock,
        api=lambda link: fanvue.acting(link, lane=RequestLane.REFRESH).webhooks,
        settings=WebhookSubscriptionSettings(
            automatic=settings.fanvue_subscribe == "auto",
            url=settings.public_url + WEBHOOK_PATH,
            events={name: scope for name, (_word, scope) in EVENTS.items()},
            fixed=tuple(secret.get_secret_value() for secret in settings.fanvue_webhook_secrets),
        ),
    )
    await made.load()
    return made


def feature_context(
    core: AppContext, links: LinkedAccounts, session: aiohttp.ClientSession
) -> FeatureContext:
    """The context features are built with; `session` speaks to Discord's store of files."""
    ground: dict[str, Any] = {one.name: getattr(core, one.name) for one in fields(Context)}
    return FeatureContext(
        **ground,
        settings=core.settings,
        keyring=core.sealer,
        points=core.points,
        metrics=core.metrics,
        rng=core.rng,
        changes=core.changes,
        listeners=core.listeners,
        fanvue=links.fanvue,
        identity=links.identity,
        accounts=links.agency.choosing,
        catching_up=core.together.catching_up,
        session=session,
    )
