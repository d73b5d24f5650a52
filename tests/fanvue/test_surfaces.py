"""One generation of Fanvue's API is gone: the other one is taken."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.fanvue.budget import RequestLane
from bot.fanvue.errors import ObjectNotFound, OperationNotOffered, RequestNotSent
from bot.fanvue.operations import OPERATIONS, ApiSurface
from bot.fanvue.paging import first_of
from bot.fanvue.surfaces import has_road, lost
from bot.fanvue.transport import open_http
from bot.features.operations.doctor import fanvue_checks
from storage.records import FanId
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario, evening_on
from tests.fanvue.peer_stand_in import anywhere

OTHER = {"/v1": "v1", "": "unversioned"}


@pytest.fixture(params=["/v1", ""], ids=["v1 gone", "unversioned gone"])
async def moved(request: pytest.FixtureRequest) -> AsyncIterator[FanvueScenario]:
    """The generation that is set is the one that is gone."""
    async with open_http(resolver=anywhere()) as http, evening_on(http, prefix=request.param) as evening:
        evening.holds(evening.server.world.grant(evening.account).access_token)
        evening.server.switches.gone = (OTHER[request.param],)
        yield evening


async def test_the_other_generation_is_taken(moved: FanvueScenario, caplog: pytest.LogCaptureFixture) -> None:
    api = moved.fanvue.acting(LINK, lane=RequestLane.REPLY)
    with pytest.raises(RequestNotSent):  # surely not carried out, so whoever asked tries again
        await first_of(api.chats.list())

    page = await first_of(api.chats.list())

    assert page.skipped == ()
    assert "the others are used from now on" in caplog.text


async def test_a_chat_is_not_gone_because_its_generation_is(moved: FanvueScenario) -> None:
    # Found by the simulation: the first to ask was somebody who wanted one chat, and took it for deleted.
    api = moved.fanvue.acting(LINK, lane=RequestLane.REPLY)
    fan = FanId(str(moved.fan.uuid))
    with pytest.raises(RequestNotSent):
        await first_of(api.chats.messages(fan))

    assert (await first_of(api.chats.messages(fan))).rows == ()


@pytest.mark.parametrize("asked", ["the one that is gone", "the other one"])
async def test_a_404_says_nothing_where_fanvue_cannot_be_asked_what_it_means(
    moved: FanvueScenario, asked: str
) -> None:
    # Found by the simulation: a reply whose answer was lost was taken for never sent.
    api = moved.fanvue.acting(LINK, lane=RequestLane.REPLY)
    fan = FanId(str(moved.fan.uuid))
    here = moved.fanvue.addresses.prefix
    probed = here if asked == "the one that is gone" else {"/v1": "", "": "/v1"}[here]
    moved.server.faults.add("error_before", "GET", f"^{probed}/users/me$", status=500)

    with pytest.raises(RequestNotSent):
        await first_of(api.chats.messages(fan))

    assert moved.fanvue.addresses.prefix == here
    with pytest.raises(RequestNotSent):
        await first_of(api.chats.messages(fan))
    assert (await first_of(api.chats.messages(fan))).rows == ()


async def test_a_chat_that_is_gone_is_so_on_the_generation_that_is_there() -> None:
    async with open_http(resolver=anywhere()) as http, evening_on(http, prefix="/v1") as evening:
        evening.holds(evening.server.world.grant(evening.account).access_token)
        api = evening.fanvue.acting(LINK, lane=RequestLane.REPLY)

        with pytest.raises(ObjectNotFound):
            await first_of(api.chats.messages(FanId("00000000-0000-4000-8000-000000000000")))

        assert evening.fanvue.addresses.prefix == "/v1"


async def test_a_sign_in_does_not_notice(moved: FanvueScenario) -> None:
    token = moved.server.world.grant(moved.account).access_token

    assert str((await moved.fanvue.whoami(token)).uuid) == str(moved.account.uuid)


async def test_what_has_no_other_road_is_said_to_be_given_up() -> None:
    async with open_http(resolver=anywhere()) as http, evening_on(http, prefix="/v1") as evening:
        evening.holds(evening.server.world.grant(evening.account).access_token)
        evening.server.switches.gone = ("unversioned",)
        api = evening.fanvue.acting(LINK, lane=RequestLane.REPLY)

        with pytest.raises(RequestNotSent):  # from now on it is tried under /v1
            await first_of(api.lists.mass_messages())
        with pytest.raises(OperationNotOffered):
            await first_of(api.lists.mass_messages())
        await first_of(api.chats.list())  # v1 goes on
        assert evening.fanvue.addresses.prefix == "/v1"


async def test_a_404_of_one_request_moves_nothing() -> None:
    async with open_http(resolver=anywhere()) as http, evening_on(http, prefix="/v1") as evening:
        evening.holds(evening.server.world.grant(evening.account).access_token)
        evening.server.faults.add("error_before", "GET", "/chats$", status=404)
        api = evening.fanvue.acting(LINK, lane=RequestLane.REPLY)

        with pytest.raises(Exception, match="knows no such chats"):
            await first_of(api.chats.list())

        assert evening.fanvue.addresses.prefix == "/v1"


@asynccontextmanager
async def only_v1() -> AsyncIterator[FanvueScenario]:
    """Only /v1 is there, with all that was without it; the bridge has noticed."""
    async with open_http(resolver=anywhere()) as http, evening_on(http, prefix="/v1") as evening:
        evening.holds(evening.server.world.grant(evening.account).access_token)
        evening.server.switches.gone, evening.server.switches.v1_whole = ("unversioned",), True
        api = evening.fanvue.acting(LINK, lane=RequestLane.REPLY)
        with pytest.raises(RequestNotSent, match="moved"):  # surely not carried out: it is tried again
            await first_of(api.lists.mass_messages())
        yield evening


async def test_what_only_the_older_paths_had_is_tried_under_v1() -> None:
    async with only_v1() as evening:
        api = evening.fanvue.acting(LINK, lane=RequestLane.REPLY)
        fan, other = FanId(str(evening.fan.uuid)), evening.server.world.add_fan("b", "B", evening.account)

        made = await api.lists.create("two")
        await api.lists.put_on(made.uuid, [fan, FanId(str(other.uuid))])
        members = [page async for page in api.lists.on_custom(made.uuid)]
        await api.lists.delete(made.uuid)

        assert {row.uuid for page in members for row in page.rows} == {str(fan), str(other.uuid)}
        assert evening.server.world.lists == {}
        assert (await api.posts.folders()).rows == ()


async def test_a_list_under_v1_is_read_to_its_end_whichever_way_it_goes_on() -> None:
    async with only_v1() as evening:
        api = evening.fanvue.acting(LINK, lane=RequestLane.REPLY)
        for number in range(60):
            evening.server.world.add_list(evening.account, f"list {number}", [])
        made = await api.lists.create("all of them")
        crowd = evening.server.world.add_crowd(evening.account, 60, "crowd", subscribed=True)
        await api.lists.put_on(made.uuid, [FanId(str(one.uuid)) for one in crowd])

        members = [row async for page in api.lists.on_custom(made.uuid) for row in page.rows]

        assert len({row.uuid for row in members}) == len(members) == 60


async def test_what_is_missing_under_v1_is_told_from_an_address_that_is_not_there() -> None:
    async with only_v1() as evening:
        api = evening.fanvue.acting(LINK, lane=RequestLane.REPLY)
        with pytest.raises(ObjectNotFound):
            await first_of(api.lists.on_custom("00000000-0000-4000-8000-000000000000"))

        evening.server.switches.v1_whole = False

        with pytest.raises(OperationNotOffered):
            await first_of(api.lists.on_custom("00000000-0000-4000-8000-000000000000"))


async def test_older_paths_that_come_back_are_taken_again() -> None:
    async with only_v1() as evening:
        api = evening.fanvue.acting(LINK, lane=RequestLane.REPLY)
        evening.server.switches.gone, evening.server.switches.v1_whole = (), False

        with pytest.raises(RequestNotSent, match="moved"):
            await first_of(api.lists.mass_messages())

        assert (await first_of(api.lists.mass_messages())).rows == ()


@pytest.mark.parametrize(
    ("gone", "verdict", "words"),
    [
        ((), "ok", "/v1 and the paths without it answer; /v1 first"),
        (("unversioned",), "warn", "Not there: creators that someone manages; who is on a list of your own;"),
        (("v1",), "warn", "Fanvue does not know /v1; the paths without it are used"),
        (("v1", "unversioned"), "bad", "Fanvue knows neither"),
    ],
)
async def test_the_doctor_names_what_is_gone(gone: tuple[str, ...], verdict: str, words: str) -> None:
    async with open_http(resolver=anywhere()) as http, evening_on(http, prefix="/v1") as evening:
        evening.server.switches.gone = gone

        [finding] = await fanvue_checks.surfaces(evening.fanvue.asks, "/v1")

        assert (finding.verdict.value, words in finding.says) == (verdict, True), finding


async def test_the_doctor_says_so_where_fanvue_could_not_be_asked() -> None:
    async with open_http(resolver=anywhere()) as http, evening_on(http, prefix="/v1") as evening:
        evening.server.faults.add("error_before", "GET", "^/v1/users/me$", status=503)

        [finding] = await fanvue_checks.surfaces(evening.fanvue.asks, "/v1")

        assert (finding.verdict.value, finding.says) == (
            "unknown",
            "Fanvue did not answer properly when asked",
        )


def test_whatever_has_no_road_on_v1_has_its_words() -> None:
    only = {name for name in OPERATIONS if not has_road(name, ApiSurface.V1)}

    assert len(lost()) >= 10
    assert only - {"messages_batch"}
    for name in only:
        assert has_road(name, ApiSurface.UNVERSIONED)
