"""Makes the clients of Fanvue and of Discord's sign-in out of the settings."""

import aiohttp
import httpx

from bot.config import Settings
from bot.config_between import exempt
from bot.config_rules import DEFAULT_PORTS, Address, split
from bot.fanvue.auth import TokenSource
from bot.fanvue.budget import Budget, Share
from bot.fanvue.client import Fanvue
from bot.fanvue.discovery import Discovery
from bot.fanvue.oauth import OAuth
from bot.fanvue.part_store import PartStore
from bot.fanvue.previews import Previews
from bot.guild.signin import DiscordSignIn
from bot.relay.ports import Clock


def oauth_of(settings: Settings, http: httpx.AsyncClient) -> OAuth:
    """Fanvue's authorization server."""
    return OAuth(
        http,
        auth_url=settings.fanvue_auth_url,
        client_id=settings.fanvue_client_id,
        client_secret=settings.fanvue_client_secret.get_secret_value(),
        redirect_uri=settings.fanvue_redirect_uri,
    )


def discovery_of(settings: Settings, http: httpx.AsyncClient, clock: Clock) -> Discovery:
    """What that server says of itself."""
    return Discovery(http, auth_url=settings.fanvue_auth_url, clock=clock)


def fanvue_of(
    settings: Settings,
    http: httpx.AsyncClient,
    tokens: TokenSource,
    clock: Clock,
    share: Share | None = None,
) -> Fanvue:
    """Fanvue's API. `share`: what other processes spend of the same limits."""
    return Fanvue(
        http,
        api_url=settings.fanvue_api_url,
        tokens=tokens,
        budget=Budget(clock=clock, share=share),
        prefix=settings.fanvue_api_prefix,
        version=settings.fanvue_api_version,
    )


def allowed_places(settings: Settings) -> frozenset[Address]:
    """Where a connection to Fanvue may go although it is no public address: what the settings name so.

    That Fanvue itself is on this machine is named by its address, as the demo's is.
    """
    urls = map(split, (settings.fanvue_api_url, settings.fanvue_auth_url))
    here = {
        Address(url.hostname or "", url.port or DEFAULT_PORTS[url.scheme])
        for url in urls
        if url is not None and exempt(url, ())
    }
    return frozenset({*settings.allowed_private_hosts, *here})


def previews_of(settings: Settings, http: httpx.AsyncClient) -> Previews:
    """Small pictures behind Fanvue's signed addresses, from the hosts that the settings name."""
    return Previews(
        http,
        api_url=settings.fanvue_api_url,
        hosts=settings.fanvue_media_hosts,
        private=settings.allowed_private_hosts,
    )


def parts_of(settings: Settings, http: httpx.AsyncClient) -> PartStore:
    """Where the parts of files for a vault go."""
    return PartStore(
        http,
        api_url=settings.fanvue_api_url,
        hosts=settings.fanvue_upload_hosts,
        private=settings.allowed_private_hosts,
    )


def sign_in_of(settings: Settings, session: aiohttp.ClientSession) -> DiscordSignIn:
    """Discord's OAuth."""
    return DiscordSignIn(
        session,
        client_id=str(settings.discord_application_id),
        client_secret=settings.discord_client_secret.get_secret_value(),
        redirect_uri=settings.discord_redirect_uri,
        authorize_url=settings.discord_authorize_url,
        api_url=settings.discord_api_url,
    )
