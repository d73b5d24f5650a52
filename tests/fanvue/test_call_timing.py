"""Each call to another side is timed, by its kind and by how it ended."""

from collections.abc import Iterator
from itertools import count

import pytest
import yarl

from bot.discord.rate_limits import kind_of_call
from bot.engine.call_timing import CallTimer
from bot.fanvue.call_kinds import timer_of
from bot.fanvue.errors import RequestUnclear
from bot.fanvue.transport import exchange, open_http
from bot.sandbox import patience
from tests.fanvue.peer_stand_in import Behaviour, PeerStandIn, anywhere, hang_up, never, reply

API = "https://discord.com/api/v10"


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        pytest.param(reply(200, {}), "ok", id="200"),
        pytest.param(reply(304), "ok", id="304"),
        pytest.param(reply(403, {}), "refused", id="403"),
        pytest.param(reply(429, {}), "limited", id="429"),
        pytest.param(reply(502, {}), "failed", id="502"),
        pytest.param(hang_up, "no answer", id="hangs up"),
        pytest.param(never, "no answer", id="never answers"),
    ],
)
async def test_a_call_is_timed_once_by_how_it_ended(
    far: PeerStandIn, behaviour: Behaviour, outcome: str
) -> None:
    told: list[tuple[str, str, float]] = []
    ticks: Iterator[int] = count()
    timer = CallTimer(lambda method, _url: method, lambda *one: told.append(one), monotonic=ticks.__next__)
    far.does(behaviour)

    async with open_http(resolver=anywhere(), timer=timer) as http:
        request = http.build_request("POST", f"{far.url}/chats/an-id")
        try:
            await exchange(http, request, total=0.05 if behaviour is never else patience.SECONDS)
        except RequestUnclear:
            assert outcome == "no answer"

    assert told == [("POST", outcome, 1)]


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("GET", "/chats/an-id", "read"),
        ("POST", "/chats/an-id/message", "write"),
        ("DELETE", "/chats/an-id/message", "write"),
        ("POST", "/oauth2/token", "sign-in"),
        ("GET", "/.well-known/openid-configuration", "sign-in"),
    ],
)
async def test_a_call_to_fanvue_is_of_a_kind_that_names_nobody(
    far: PeerStandIn, method: str, path: str, kind: str
) -> None:
    told: list[str] = []
    timer = timer_of(far.url, far.url, lambda found, _outcome, _seconds: told.append(found))

    async with open_http(resolver=anywhere(), timer=timer) as http:
        await exchange(http, http.build_request(method, far.url + path))

    assert told == [kind]


async def test_what_goes_to_another_host_is_a_file(far: PeerStandIn) -> None:
    told: list[str] = []
    timer = timer_of("https://api.example", "https://auth.example", lambda *one: told.append(one[0]))

    async with open_http(resolver=anywhere(), timer=timer) as http:
        await exchange(http, http.build_request("PUT", far.url))

    assert told == ["file"]


@pytest.mark.parametrize(
    ("method", "url", "kind"),
    [
        ("GET", f"{API}/channels/1/messages", "read"),
        ("PATCH", f"{API}/channels/1/messages/2", "write"),
        ("POST", f"{API}/interactions/1/a-token/callback", "interaction"),
        ("PATCH", f"{API}/webhooks/1/a-token/messages/@original", "interaction"),
        ("GET", "https://cdn.discordapp.com/attachments/1/2/a.png", None),
        ("GET", "https://gateway.discord.gg/?v=10", None),
        ("GET", "https://discord.com/api/v100/channels/1", None),
    ],
)
def test_a_call_to_discord_is_of_a_kind_that_names_nobody(method: str, url: str, kind: str | None) -> None:
    assert kind_of_call(method, yarl.URL(url), base=yarl.URL(API)) == kind
