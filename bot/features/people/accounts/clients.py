"""Makes the clients of Fanvue and of Discord's sign-in out of the settings."""

import aiohttp
import httpx

from bot.discord.sign_in import DiscordSignIn
from bot.fanvue.auth import TokenSource
from bot.fanvue.budget import RequestBudget, Share
from bot.fanvue.client import FanvueClient
from bot.fanvue.discovery import SignInDiscovery
from bot.fanvue.oauth import FanvueOAuth
from bot.fanvue.part_store import PartStore
from bot.fanvue.previews import PreviewPictures
from bot.model.ports import Clock
from bot.settings.conflict_rules import exempt
from bot.settings.model import Settings
from bot.settings.value_rules import DEFAULT_PORTS, SocketAddress, split


def oauth_of(settings: Settings, http: httpx.AsyncClient) -> FanvueOAuth:
    return FanvueOAuth(
        http,
        auth_url=settings.fanvue_auth_url,
        client_id=settings.fanvue_client_id,
        client_secret=settings.fanvue_client_secret.get_secret_value(),
        redirect_uri=settings.fanvue_redirect_uri,
    )


def discovery_of(settings: Settings, http: httpx.AsyncClient, clock: Clock) -> SignInDiscovery:
    """The sign-in server's metadata."""
    return SignInDiscovery(http, auth_url=settings.fanvue_auth_url, clock=clock)


def fanvue_of(
    settings: Settings,
    http: httpx.AsyncClient,
    tokens: TokenSource,
    clock: Clock,
    share: Share | None = None,
) -> FanvueClient:
    """Fanvue's API. `share`: other processes' use of the same limits."""
    return FanvueClient(
        http,
        api_url=settings.fanvue_api_url,
        tokens=tokens,
        budget=RequestBudget(clock=clock, share=share),
        prefix=settings.fanvue_api_prefix,
        version=settings.fanvue_api_version,
    )


def allowed_places(settings: Settings) -> frozenset[SocketAddress]:
    """The addresses for connections to Fanvue that are not public: those that the settings name.

    A Fanvue on this machine is named by its address, as the demo's is.
    """
    urls = map(split, (settings.fanvue_api_url, settings.fanvue_auth_url))
    here = {
        SocketAddress(url.hostname or "", url.port or DEFAULT_PORTS[url.scheme])
        for url in urls
        if url is not None and exempt(url, ())
    }
    return frozenset({*settings.allowed_private_hosts, *here})


def previews_of(settings: Settings, http: httpx.AsyncClient) -> PreviewPictures:
    """Small pictures behind Fanvue's signed addresses, from the hosts that the settings name."""
    return PreviewPictures(
        http,
        api_url=settings.fanvue_api_url,
        hosts=settings.fanvue_media_hosts,
        private=settings.allowed_private_hosts,
    )


def parts_of(settings: Settings, http: httpx.AsyncClient) -> PartStore:
    """The store for parts of a vault's files."""
    return PartStore(
        http,
        api_url=settings.fanvue_api_url,
        hosts=settings.fanvue_upload_hosts,
        private=settings.allowed_private_hosts,
    )


def sign_in_of(settings: Settings, session: aiohttp.ClientSession) -> DiscordSignIn:
    return DiscordSignIn(
        session,
        client_id=str(settings.discord_application_id),
        client_secret=settings.discord_client_secret.get_secret_value(),
        redirect_uri=settings.discord_redirect_uri,
        authorize_url=settings.discord_authorize_url,
        api_url=settings.discord_api_url,
    )
