"""An evening of the real bridge at DEBUG, and all that it leaves behind or says."""

import asyncio
import base64
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
from psycopg import sql

from bot.sandbox import witness
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import DemoStage, staged
from tests.cli.test_cli import call
from tests.proofs.canary.secret_forms import SoughtSecret, read
from tests.warm_bridge import WarmProgram

KEY = bytes(range(100, 132))
LINE = f"471100:{base64.b64encode(KEY).decode()}"  # as it stands in ENCRYPTION_KEYS
_AUTO = {"FANVUE_SUBSCRIBE": "auto", "FANVUE_WEBHOOK_SECRETS": ""}  # so that secrets of webhooks are kept too


@dataclass
class CanaryScenario:
    """It has been played, and the bridge still runs."""

    stage: DemoStage
    folder: Path
    url: str
    secrets: set[SoughtSecret]

    def of(self, *kinds: str) -> list[SoughtSecret]:
        """The secrets of these kinds."""
        return [secret for secret in self.secrets if secret.kind in kinds]

    async def command(self, *words: str) -> str:
        """What a command of the operator's prints."""
        done = await asyncio.to_thread(call, *words, cwd=self.folder, **self.stage.bridge._settings)
        return done.stdout + done.stderr


@asynccontextmanager
async def played(folder: Path, url: str, *, rounds: Sequence[int]) -> AsyncIterator[CanaryScenario]:
    """Luna's evening with these rounds of it; everybody writes, is answered, is written to."""
    before = len(_noted())
    more = {"DATABASE_URL": url, "STATE_DIR": str(folder), "LOG_LEVEL": "DEBUG", "ENCRYPTION_KEYS": LINE}
    async with staged(folder, WarmProgram, speed=5.0, seed=5, **_AUTO, **more) as stage:
        stage.fanvue.switches.private_webhook_urls = True
        for app in stage.fanvue.world.apps.values():
            app.webhook_url = None
        play = EveningPlay(stage, lambda seconds: asyncio.sleep(seconds / 5), lambda _line: None)
        await play.open_house()
        await stage.fanvue.world.until(lambda: stage.fanvue.world.hooks, 15)
        for number in rounds:
            await play.round(number)
        await play.owner_posts()
        await play.owner_writes_to_all()
        await play.owner_looks()
        secrets = read(_noted()[before:])
        secrets |= {SoughtSecret("token", LINE), SoughtSecret("token", KEY.decode("latin-1"))}
        yield CanaryScenario(stage, folder, url, secrets)


def _noted() -> list[str]:
    """The lines of the witness so far."""
    return Path(os.environ[witness.VARIABLE]).read_text(encoding="utf-8").splitlines()


def rows_of(url: str) -> bytes:
    """Every row of every table of a server's database, as somebody who stole it has them."""
    found = []
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for (table,) in tables:
            rows = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
            for row in rows:
                found += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    return b"\n".join(found)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file in the folder of an installation and below, apart from the log."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".log"
    }


async def answers(stage: DemoStage, secrets: Sequence[SoughtSecret]) -> list[str]:
    """What the bridge answers on both of its listeners, also to requests that bring secrets along."""
    admin = f"http://{stage.bridge._admin}"
    texts = [secret.value for secret in secrets if secret.kind == "text"][:5]
    tokens = [secret.value for secret in secrets if secret.kind == "token"][:5]
    asked: list[tuple[str, str, dict[str, Any]]] = [
        *(("GET", f"{admin}{path}", {}) for path in ("/healthz", "/readyz", "/metrics", "/nothing")),
        ("GET", f"{stage.public_url}/nothing", {"params": {"q": texts[0]}}),
        ("DELETE", f"{stage.public_url}/webhooks/fanvue", {}),
    ]
    for value in (*texts, *tokens):
        signed = {"X-Fanvue-Signature": f"t=1,v0={value.encode().hex()}"}
        asked += [
            ("POST", f"{stage.public_url}/webhooks/fanvue", {"data": value.encode(), "headers": signed}),
            ("GET", f"{stage.public_url}/oauth/fanvue/callback", {"params": {"code": value, "state": value}}),
            ("GET", f"{stage.public_url}/oauth/discord/callback", {"params": {"error": value}}),
        ]
    asked += [("GET", f"{stage.public_url}/link/{value}", {}) for value in tokens]
    said = []
    async with aiohttp.ClientSession() as session:
        for method, address, more in asked:
            async with session.request(method, address, allow_redirects=False, **more) as answer:
                said.append(f"{answer.status} {dict(answer.headers)}\n{await answer.text()}")
    return said
