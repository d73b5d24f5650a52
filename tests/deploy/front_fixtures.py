"""Caddy and nginx before the bridge's public listener, by the files of `deploy/`."""

import asyncio
import os
import shutil
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path

import aiohttp
import pytest

from bot.fanvue.signature import HEADER, sign
from bot.model.events import NotUnderstood, Understood
from bot.sandbox import patience
from bot.sandbox.free_ports import free_port
from bot.web.health import Checks, HealthPages
from bot.web.link_pages import LinkPages
from bot.web.server import ListenerOptions, WebServer
from bot.web.webhooks import PATH, DeliveryWatch, WebhookReceiver
from tests.architecture.source_tree import TOP
from tests.features.people.account_links.tls_proxy import self_signed
from tests.features.people.accounts.accounts_fixtures import seeded
from tests.features.people.accounts.accounts_scenario import FANVUE_CALLBACK, WEBHOOK_SECRET, AccountStage

FRONTS = ("caddy", "nginx")
CLIENT = "127.0.0.7"  # an address of this machine that no proxy has
FIGURES = b"bridge_up 1\n"
_PATIENCE = patience.SECONDS
_NGINX = """daemon off;
pid {folder}/pid;
error_log stderr notice;
{user}
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site;
}}
"""


def program(name: str) -> str:
    """Where this program is; the test is skipped where it is not installed."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed here; apt install {name}")
    return found


@dataclass
class FrontScenario:
    """The bridge's listeners behind a proxy with TLS, and what came through."""

    studio: AccountStage
    port: int = 0
    plain: int = 0
    admin_port: int = 0
    said: bytearray = field(default_factory=bytearray)  # by the proxy, on both its outputs
    kept: list[bytes] = field(default_factory=list)
    refused: list[tuple[str, str | None]] = field(default_factory=list)
    trusts: ssl.SSLContext = field(default_factory=lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def signed(self, raw: bytes) -> dict[str, str]:
        """Fanvue's header for this body."""
        return {HEADER: sign(raw, WEBHOOK_SECRET, self.studio.clock.now() // 1000)}

    @asynccontextmanager
    async def client(self) -> AsyncIterator[aiohttp.ClientSession]:
        """Somebody outside, who trusts the proxy's authority and no other."""
        connector = aiohttp.TCPConnector(ssl=self.trusts, local_addr=(CLIENT, 0))
        jar = aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(connector=connector, cookie_jar=jar) as session:
            yield session

    async def post(self, raw: bytes, **headers: str) -> int:
        """A delivery to the webhooks' address; the status of the answer."""
        async with (
            self.client() as session,
            session.post(self.url + PATH, data=raw, headers=headers) as answer,
        ):
            return answer.status

    async def keep(self, raw: bytes, _understood: Understood | NotUnderstood) -> bool:
        self.kept.append(raw)
        return True


async def caddys_authority(folder: Path) -> None:
    """Let Caddy become an authority in this folder, and make its first certificate.

    It serves before it has one; one that it has made before is there as soon as it says that it serves.
    """
    command, environ = _caddy_command(f"https://localhost:{free_port()}", free_port(), folder)
    async with _process(command, environ, b"certificate obtained successfully", bytearray()):
        pass


@asynccontextmanager
async def fronted(name: str, studio: AccountStage, folder: Path) -> AsyncIterator[FrontScenario]:
    """Bridge and proxy listen, and the proxy's own words are kept. `folder`: Caddy is an authority there."""
    made = FrontScenario(studio, port=free_port(), plain=free_port())
    async with _bridge(made) as web:
        made.admin_port = web.admin_port
        start = _caddy if name == "caddy" else _nginx
        command, environ, ready = start(made, web.port, folder)
        async with _process(command, environ, ready, made.said):
            root = folder / ("caddy/pki/authorities/local/root.crt" if name == "caddy" else "proxy.pem")
            made.trusts.load_verify_locations(root)
            yield made


async def _figures(_checks: Checks) -> tuple[bytes, str]:
    return FIGURES, "text/plain"


@asynccontextmanager
async def _bridge(made: FrontScenario) -> AsyncIterator[WebServer]:
    studio = made.studio
    watch = DeliveryWatch(
        refused=lambda why, address: made.refused.append((why, address)),
        proxies=[ip_network("127.0.0.1")],
    )
    async with WebServer(
        listen=("127.0.0.1", 0),
        admin_listen=("127.0.0.1", 0),
        webhooks=WebhookReceiver(
            secrets=lambda: [WEBHOOK_SECRET], keep=made.keep, clock=studio.clock, watch=watch
        ),
        linkpages=LinkPages(
            studio.linking,
            public_url=made.url,
            fanvue_redirect_uri=FANVUE_CALLBACK,
            sign_in_urls=[studio.discord.authorize_url, studio.fanvue.auth_url],
            random=seeded(3).randbytes,
        ),
        health=HealthPages(alive={}, ready={}, figures=_figures),
        manner=ListenerOptions(tls=True, shutdown_seconds=0.2),
    ) as web:
        yield web


def _caddy(made: FrontScenario, upstream: int, folder: Path) -> tuple[list[str], dict[str, str], bytes]:
    """The very file; for a name of loopback, Caddy is its own authority."""
    command, environ = _caddy_command(made.url, made.plain, folder)
    return command, environ | {"UPSTREAM": f"127.0.0.1:{upstream}"}, b"serving initial"


def _caddy_command(url: str, plain: int, folder: Path) -> tuple[list[str], dict[str, str]]:
    environ = {
        "PUBLIC_URL": url,
        "HTTPS_PORT": url.rpartition(":")[2],
        "HTTP_PORT": str(plain),
        "STATUS_PORT": str(free_port()),
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    config = str(TOP / "deploy" / "Caddyfile")
    return [program("caddy"), "run", "--adapter", "caddyfile", "--config", config], environ


def _nginx(made: FrontScenario, upstream: int, folder: Path) -> tuple[list[str], dict[str, str], bytes]:
    """The example with this test's ports and certificate in it, as somebody writes theirs into it."""
    pem, key = self_signed(folder)
    site = nginx_site(
        {
            "listen 80;": f"listen 127.0.0.1:{made.plain};",
            "listen 443 ssl;": f"listen 127.0.0.1:{made.port} ssl;",
            "server_name bridge.example.org;": "server_name localhost;",
            "/etc/letsencrypt/live/bridge.example.org/fullchain.pem": str(pem),
            "/etc/letsencrypt/live/bridge.example.org/privkey.pem": str(key),
            "/var/log/nginx/bridge.error.log": f"{folder}/bridge.error.log",
            "http://127.0.0.1:8080;": f"http://127.0.0.1:{upstream};",
        }
    )
    (folder / "site").write_text(site, encoding="utf-8")
    # As root it would give its workers to somebody who may not enter this folder.
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, user=user), encoding="utf-8")
    config = str(folder / "nginx.conf")
    return [program("nginx"), "-e", "stderr", "-c", config], {}, b"start worker process "


def nginx_site(changes: dict[str, str]) -> str:
    """The example, every one of these in it, each replaced wherever it is."""
    site = (TOP / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for was, now in changes.items():
        assert was in site
        site = site.replace(was, now)
    return site


@asynccontextmanager
async def _process(
    command: list[str], environ: dict[str, str], ready: bytes, said: bytearray
) -> AsyncIterator[None]:
    """A program that has said that it is ready; it is ended, and what it says until then is kept."""
    process = await asyncio.create_subprocess_exec(
        *command,
        env={"PATH": os.environ.get("PATH", os.defpath)} | environ,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    words, is_ready = process.stdout, asyncio.Event()

    async def listen() -> None:
        while line := await words.readline():
            said.extend(line)
            if ready in line:
                is_ready.set()

    listening = asyncio.create_task(listen())
    waiting = asyncio.create_task(is_ready.wait())
    try:
        async with asyncio.timeout(_PATIENCE):
            await asyncio.wait([listening, waiting], return_when=asyncio.FIRST_COMPLETED)
        assert is_ready.is_set(), said.decode()
        yield
    finally:
        waiting.cancel()
        if process.returncode is None:
            process.terminate()
        await process.wait()
        await listening
