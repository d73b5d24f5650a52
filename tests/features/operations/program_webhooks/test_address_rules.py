"""Events go to the public internet alone, and a failure maps no network."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final

import pytest
import pytest_asyncio

from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.features.operations.program_webhooks.address_rules import checked
from bot.features.operations.program_webhooks.model import ProgramWebhook
from bot.features.operations.program_webhooks.sender import WebhookAnswer, WebhookOutcome, WebhookSender
from storage.records import CreatorId

# Ways to write this machine that a reader, yarl or the system's resolver take for it.
HERE: Final = (
    "127.0.0.1",
    "①27.0.0.1",
    "127。0。0。1",
    "127.1",
    "2130706433",
    "0x7f.1",
    "localhost",
    "[::1]",
)


@dataclass
class PortStandIn:
    """A port of this machine that counts who knocks."""

    number: int = 0
    knocks: list[bytes] = field(default_factory=list)
    says: bytes = b""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.knocks.append(await reader.read(3))
        writer.write(self.says)
        writer.close()


@pytest_asyncio.fixture
async def port() -> AsyncIterator[PortStandIn]:
    made = PortStandIn()
    server = await asyncio.start_server(made.answer, "127.0.0.1", 0)
    made.number = server.sockets[0].getsockname()[1]
    async with server:
        yield made


@pytest_asyncio.fixture
async def sender() -> AsyncIterator[WebhookSender]:
    made = WebhookSender(seconds=5.0)
    yield made
    await made.close()


async def sent(sender: WebhookSender, url: str, *, inside: bool) -> WebhookOutcome:
    webhook = ProgramWebhook(
        id="w1",
        creator=CreatorId("ada"),
        key="k1",
        url=url,
        secret="whsec_c2VjcmV0",
        events=(),
        inside=inside,
        made_at=0,
    )
    return await sender.send(webhook, "e1", "{}", now=0)


@pytest.mark.parametrize("host", HERE)
async def test_no_spelling_of_this_machine_is_connected_to(
    port: PortStandIn, sender: WebhookSender, host: str
) -> None:
    outcome = await sent(sender, f"https://{host}:{port.number}/hook", inside=False)

    assert port.knocks == []
    assert outcome.answer is WebhookAnswer.LATER


@pytest.mark.parametrize("host", ["①27.0.0.1", "127。0。0。1", "bücher.example"])
def test_a_host_that_two_readers_may_read_differently_is_refused(host: str) -> None:
    with pytest.raises(ProgramRefused, match="xn--"):
        checked(f"https://{host}/hook", inside=False)


async def test_why_it_failed_is_the_same_for_an_open_a_talking_and_a_closed_port(
    port: PortStandIn, sender: WebhookSender
) -> None:
    silent = await sent(sender, f"https://127.0.0.1:{port.number}/", inside=True)
    port.says = b"SSH-2.0-OpenSSH_9.2\r\n"
    talking = await sent(sender, f"https://127.0.0.1:{port.number}/", inside=True)
    closed = await sent(sender, "https://127.0.0.1:1/", inside=True)
    judged = await sent(sender, f"https://127.0.0.1:{port.number}/", inside=False)
    nowhere = await sent(sender, "https://nobody.invalid/", inside=False)

    assert len(port.knocks) == 2
    assert {one.why for one in (silent, talking, closed, judged, nowhere)} == {"it cannot be reached"}


def test_the_operator_names_what_they_want() -> None:
    assert checked(" http://127.0.0.1:5678/webhook/x#here ", inside=True) == "http://127.0.0.1:5678/webhook/x"
    with pytest.raises(ProgramRefused):
        checked("http://127.0.0.1:5678/webhook/x", inside=False)
