"""Keeps the gateway connected; stops where only a person can help.

GatewayFailed   the bridge cannot go on like this; the sentence says what to change in the settings
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Protocol

import aiohttp
import discord

from bot.discord.identify_budget import IdentifyBudget
from storage.errors import DatabaseUnreachable
from storage.records import Millis

log = logging.getLogger(__name__)

_FIRST_WAIT = 1.0
_LONGEST_WAIT = 60.0
_FATAL = {
    4004: "Discord does not accept the bot's token. Put the current one from the developer portal "
    "(Bot, Reset Token) into DISCORD_TOKEN.",
    4010: "Discord refused how the servers are divided (DISCORD_SHARDS).",
    4011: "This bot is on so many servers that Discord wants them divided: set DISCORD_SHARDS to a higher "
    "number and start as many gateway processes (docs/scaling.md).",
    4012: "Discord no longer supports this version of its gateway: update the bridge.",
    4013: "Discord refused the list of intents: update the bridge.",
    4014: (
        "The settings say MESSAGE_CONTENT=on, but the developer portal doesn't allow it: turn "
        "on “Message Content Intent” there (Bot), or remove the setting."
    ),
}


class GatewayFailed(Exception):
    """Raised when only a person can help; str() is the sentence for them."""


class BudgetSpent(Exception):
    """Raised inside the client when one more IDENTIFY would be too many today."""

    def __init__(self, wait: Millis) -> None:
        """`wait` until the next one is allowed."""
        super().__init__(f"wait {wait} ms")
        self.wait = wait


class GatewayState(StrEnum):
    CONNECTING = "connecting"
    READY = "ready"
    DROPPED = "dropped"
    WAITING = "waiting"
    FAILED = "failed"


Report = Callable[[GatewayState, str | None], None]  # the sentence is None when all is well
Sleep = Callable[[float], Awaitable[None]]


class GatewayClient(Protocol):
    """The part of `discord.Client` that is supervised."""

    async def login(self, token: str) -> None:
        """Log in over HTTP."""

    async def connect(self) -> None:
        """Hold the gateway connection."""

    def is_closed(self) -> bool:
        """Whether it was closed for good."""


class GatewaySupervisor:
    """Runs a client until it is closed, or until a person must act."""

    def __init__(  # noqa: PLR0913 - what a connection needs, each by its name
        self,
        *,
        client: GatewayClient,
        token: str,
        budget: IdentifyBudget,
        report: Report,
        rng: random.Random,
        sleep: Sleep = asyncio.sleep,
        stays: Callable[[], bool] = lambda: False,
        session: bool = True,
    ) -> None:
        """`stays`: whether what is wrong now worked before, so that the rest of the program goes on.

        `session`: off where another process holds the connection, and this one only makes calls.
        """
        self._client = client
        self._token = token
        self._budget = budget
        self._report = report
        self._rng = rng
        self._sleep = sleep
        self._stays = stays
        self._session = session

    async def run(self) -> None:
        """Log in and stay connected; returns after the client was closed.

        Raises GatewayFailed where only a person can help; after it has worked, it says so and waits to be
        ended instead: webhooks must be kept whatever Discord thinks of the bot (D8).
        """
        try:
            await self._until_it_works(self._client.login, self._token)
            if not self._session:
                self._report(GatewayState.READY, None)
                await asyncio.Event().wait()
            while not self._client.is_closed():
                await self._until_it_works(self._connect)
        except GatewayFailed as failed:
            self._report(GatewayState.FAILED, str(failed))
            if not self._stays():
                raise
            log.error("%s Webhooks are kept meanwhile; start the bridge again when it is mended.", failed)  # noqa: TRY400 - it is for a person, who needs no traceback
            await asyncio.Event().wait()

    async def _connect(self) -> None:
        try:
            await self._connected()
        except DatabaseUnreachable as away:
            # Where several share the count of introductions: none is sent that nobody could count.
            log.warning("cannot introduce the bot to Discord yet: %s", away)
            self._report(GatewayState.WAITING, "Waiting for the database before connecting to Discord.")
            await self._sleep(_FIRST_WAIT)

    async def _connected(self) -> None:
        while (wait := await self._budget.wait()) > 0:
            await self._pause(wait)
        self._report(GatewayState.CONNECTING, None)
        try:
            await self._client.connect()
        except BudgetSpent as spent:
            await self._pause(spent.wait)
        except AttributeError as lost:
            # discord.py 2.7: when the very first connection fails it looks for the session of a
            # websocket that never was, and dies of that instead of trying again.
            if getattr(self._client, "ws", None) is not None:
                raise
            raise ConnectionError("the first connection failed") from lost

    async def _pause(self, wait: Millis) -> None:
        sentence = "Connected to Discord so often today that the bot's token is at risk; waiting."
        self._report(GatewayState.WAITING, sentence)
        await self._sleep(wait / 1000)

    async def _until_it_works(self, step: Callable[..., Awaitable[None]], *args: str) -> None:
        wait = _FIRST_WAIT
        while True:
            try:
                return await step(*args)
            except discord.LoginFailure as refused:
                raise GatewayFailed(_FATAL[4004]) from refused
            except discord.PrivilegedIntentsRequired as refused:
                raise GatewayFailed(_FATAL[4014]) from refused
            except discord.ConnectionClosed as closed:
                # The library connects again by itself except where that cannot help.
                raise GatewayFailed(_FATAL.get(closed.code, f"Discord closed: {closed.code}.")) from closed
            except (aiohttp.ClientError, OSError, discord.HTTPException, discord.GatewayNotFound) as failed:
                log.warning("Discord cannot be reached (%s); next try in %.0f s", type(failed).__name__, wait)
                self._report(GatewayState.WAITING, "Can't reach Discord; trying again.")
            # Full jitter: after an outage not everybody comes back in the same second.
            await self._sleep(self._rng.uniform(wait / 2, wait))
            wait = min(wait * 2, _LONGEST_WAIT)


class GatewayWatch:
    """The gateway's last word on itself, for `/readyz`."""

    def __init__(self, tell: Callable[[bool], None]) -> None:
        """`tell` is told whenever the connection comes or goes."""
        self._tell = tell
        self._sentence: str | None = "Not connected to Discord yet."
        self._was_ready = False

    def report(self, state: GatewayState, sentence: str | None) -> None:
        """Called by the gateway at every change."""
        ready = state is GatewayState.READY
        self._sentence = None if ready else sentence or "Connecting to Discord."
        self._was_ready = self._was_ready or ready
        self._tell(ready)

    def was_ready(self) -> bool:
        """Whether it was ready at any time."""
        return self._was_ready

    async def probe(self) -> str | None:
        """None when all is well."""
        return self._sentence
