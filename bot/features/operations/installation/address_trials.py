"""Tries the port on this machine, and whether the public address leads to it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.engine.listening import why_not_listen
from bot.features.operations.doctor.reach_checks import OURS, base_of, fetched, leads_inside
from bot.features.operations.installation.model import (
    AnswerVerdict,
    SetupAnswer,
    SetupTrial,
    first,
    ok,
    unsure,
    wrong,
)
from bot.features.people.accounts import browser_secrets
from bot.settings.model import Settings
from bot.settings.value_rules import WEBHOOK_PATH, SocketAddress

_OK_STATUS = 200
_REDIRECTS = range(300, 400)
_NO_DNS, _NO_CERTIFICATE = "has no address in DNS", "has no valid certificate"  # the words of `fetched`
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"


@dataclass(frozen=True)
class AddressTrials:
    """What this machine and the way to it say to the answers so far."""

    settings: Settings
    random: browser_secrets.Random

    async def listen(self, *, ours: bool) -> SetupTrial:
        """Whether the bridge could listen there. `ours`: a bridge with these settings may run already."""
        where = self.settings.listen
        shown = f"{where.host}:{where.port}"
        try:
            async with _answering(where, b"ok"):
                return SetupTrial(ok("Free."))
        except OSError as error:
            if ours and await fetched(base_of(where) + WEBHOOK_PATH) == OURS:
                return SetupTrial(SetupAnswer(AnswerVerdict.OK, "Your bridge runs there.", running=True))
            says, do = why_not_listen(error)
            return SetupTrial(wrong(f"{shown} {says}", f"{do}." if do else "Choose another one."))

    async def public(self) -> SetupTrial:
        """Whether what is asked there arrives here: the bridge's place is taken for a moment."""
        word = browser_secrets.new_secret(self.random).encode()
        try:
            async with _answering(self.settings.listen, word):
                return await self._arrives((_OK_STATUS, word))
        except OSError:
            return await self._arrives(OURS)  # a bridge that runs already, or nobody

    async def _arrives(self, wanted: tuple[int, bytes]) -> SetupTrial:
        public = self.settings.public_url
        answer = await fetched(public + WEBHOOK_PATH)
        if isinstance(answer, str):
            return self._silent(answer)
        status, _ = answer
        listen = self.settings.listen
        if answer == wanted:
            if await leads_inside(urlsplit(public), self.settings.allowed_private_hosts):
                said = "It leads here, but to a private address, which Fanvue cannot reach."
                return SetupTrial(unsure(said, "Fine, if it is public elsewhere."))
            return SetupTrial(ok("It leads to this machine."))
        if status in _REDIRECTS:
            said = f"{public} redirects, which Fanvue does not follow."
            return SetupTrial(first(said, "Enter the address behind the redirect, or stop redirecting."))
        said = f"Something else answers at {public} (status {status})."
        return SetupTrial(first(said, f"Have your proxy forward all to `{listen.host}:{listen.port}`."))

    def _silent(self, why: str) -> SetupTrial:
        host = urlsplit(self.settings.public_url).hostname
        if why == _NO_DNS:
            do = "Check the spelling and this machine's network, or add a DNS record for it."
            return SetupTrial(wrong(f"{host} {why}.", do))
        if why == _NO_CERTIFICATE:
            do = "Let your proxy get one (Caddy does so by itself), then check again."
            return SetupTrial(first(f"{host} {why}.", do))
        said = f"From this machine {host} {why}."
        return SetupTrial(
            unsure(said, "If it opens from elsewhere, go on. Otherwise check proxy and firewall.")
        )


async def is_free(where: SocketAddress) -> bool:
    """Whether a program may listen there."""
    try:
        async with _answering(where, b""):
            return True
    except OSError:
        return False


@asynccontextmanager
async def _answering(where: SocketAddress, word: bytes) -> AsyncIterator[None]:
    """Answer everything there with this word. Raises OSError where nobody may listen."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(_HEAD % (len(word), word))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # whoever asked is gone, or is no browser
        finally:
            writer.close()

    server = await asyncio.start_server(answer, where.host, where.port)
    try:
        yield
    finally:
        server.close()
        await server.wait_closed()
