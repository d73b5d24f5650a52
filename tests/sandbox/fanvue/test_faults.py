"""The fault switchboard: each fault does what it says, as often as it says."""

import asyncio

import httpx
import pytest

from bot.sandbox import patience
from bot.sandbox.fanvue.faults import Kind
from bot.sandbox.program import until
from tests.sandbox.fanvue.conftest import VERSION, FanvueStage, refused

# The aiohttp transport reports a connection that was cut after the request as ConnectTimeout, so only
# the sentence tells what happened.
LOST = httpx.TransportError
CUT = "disconnected|reset"


async def send(stage: FanvueStage, text: str = "Hello") -> httpx.Response:
    path = f"/v1/chats/{stage.fan.uuid}/message"
    return await stage.call("POST", path, {"text": text}, timeout=patience.SECONDS)


@pytest.fixture(autouse=True)
async def chat(stage: FanvueStage) -> None:
    await stage.fan.write("Hi")


async def test_a_lost_answer_was_executed(stage: FanvueStage) -> None:
    stage.server.faults.add("lose_answer", "POST", "/message$")
    with pytest.raises(LOST, match=CUT):
        await send(stage)

    assert [message.text for message in stage.fan.inbox()] == ["Hello"]
    assert (await send(stage, "again")).status_code == 201


async def test_a_late_execution_happens_after_the_caller_has_given_up(stage: FanvueStage) -> None:
    stage.server.faults.add("execute_late", "POST", "/message$", seconds=0.02)
    with pytest.raises(LOST, match=CUT):
        await send(stage)
    await stage.server.world.until(lambda: stage.server.ledger.of("executed_late"))

    [late] = stage.server.ledger.of("executed_late")
    assert late["seconds"] >= 0.02  # since the connection was cut
    assert [message.text for message in stage.fan.inbox()] == ["Hello"]


async def test_a_delay_answers_as_usual_but_later(stage: FanvueStage) -> None:
    stage.server.faults.add("delay", "POST", "/message$", seconds=0.02)

    assert (await send(stage)).status_code == 201
    [fault] = stage.server.ledger.of("fault")
    assert fault["fault"] == "delay"


@pytest.mark.parametrize(("carried_out", "arrives"), [(True, ["Hello"]), (False, [])])
async def test_a_held_request_waits_until_it_is_let_go_or_cut(
    stage: FanvueStage,
    carried_out: bool,  # noqa: FBT001 - a case of a table
    arrives: list[str],
) -> None:
    held = stage.server.faults.hold("POST", "/message$")
    sending = asyncio.create_task(send(stage))
    await held.reached()
    before = stage.fan.inbox()
    held.release(carried_out=carried_out)
    stage.server.faults.clear()  # lets go whatever is held, and changes nothing of this one
    await asyncio.wait({sending})

    assert before == []
    assert [message.text for message in stage.fan.inbox()] == arrives
    assert isinstance(sending.exception(), httpx.TransportError) is not carried_out


async def test_a_held_request_meets_what_goes_wrong_when_it_is_let_go(stage: FanvueStage) -> None:
    held = stage.server.faults.hold("POST", "/message$")
    sending = asyncio.create_task(send(stage))
    await held.reached()
    stage.server.faults.add("error_before", "POST", "/message$", status=503)
    held.release()

    assert (await sending).status_code == 503
    assert stage.fan.inbox() == []


async def test_a_delayed_request_is_executed_even_when_the_caller_left(stage: FanvueStage) -> None:
    stage.server.faults.add("delay", "POST", "/message$", seconds=0.2)
    sending = asyncio.create_task(send(stage))

    async def has_come() -> bool:
        return stage.server.faults.waiting == []

    await until(has_come, patience.SECONDS)
    sending.cancel()
    await asyncio.wait([sending])
    await stage.server.world.until(stage.fan.inbox)

    assert [message.text for message in stage.fan.inbox()] == ["Hello"]


@pytest.mark.parametrize(
    ("kind", "status", "executed"),
    [("error_before", 503, False), ("error_after", 502, True), ("too_many", 429, False)],
)
async def test_an_error_answers_with_or_without_executing(
    stage: FanvueStage,
    kind: Kind,
    status: int,
    executed: bool,  # noqa: FBT001 - a case of a table
) -> None:
    stage.server.faults.add(kind, "POST", "/message$", status=status, retry_after=7)
    answer = await send(stage)

    assert answer.status_code == status
    assert bool(stage.fan.inbox()) is executed
    assert answer.headers.get("Retry-After") == ("7" if kind == "too_many" else None)


async def test_broken_json_was_executed_and_cannot_be_read(stage: FanvueStage) -> None:
    stage.server.faults.add("broken_json", "POST", "/message$")
    answer = await send(stage)

    assert answer.status_code == 200
    with pytest.raises(ValueError, match="Expecting"):
        answer.json()
    assert len(stage.fan.inbox()) == 1


async def test_a_fault_counts_down_and_matches_method_and_path_only(stage: FanvueStage) -> None:
    stage.server.faults.add("error_before", "POST", "/message$", count=2)
    statuses = [(await send(stage)).status_code for _ in range(3)]
    reads = await stage.call("GET", "/v1/chats")

    assert statuses == [500, 500, 201]
    assert reads.status_code == 200


async def test_a_fault_without_a_count_stays_until_cleared(stage: FanvueStage) -> None:
    stage.server.faults.add("error_before", "GET", "^/v1/users", count=None)
    statuses = [(await stage.call("GET", "/v1/users/me")).status_code for _ in range(3)]
    stage.server.faults.clear()

    assert statuses == [500, 500, 500]
    assert (await stage.call("GET", "/v1/users/me")).status_code == 200


async def test_faults_reach_the_token_endpoint(stage: FanvueStage) -> None:
    stage.server.faults.add("too_many", "POST", "^/oauth2/token$")

    answer = await stage.client.post("/oauth2/token", data={}, auth=("app-1", "secret-1"))

    assert answer.status_code == 429


async def test_down_cuts_everything_but_the_back_door(stage: FanvueStage) -> None:
    stage.server.faults.down = True
    with pytest.raises(LOST, match=CUT):
        await stage.call("GET", "/v1/users/me")
    ledger = await stage.client.get("/_sandbox/ledger", params={"kind": "fault"})
    stage.server.faults.down = False

    # The aiohttp transport itself repeats a GET once when a kept-alive connection breaks.
    assert {row["fault"] for row in ledger.json()["data"]} == {"down"}
    assert (await stage.call("GET", "/v1/users/me")).status_code == 200


async def test_a_server_that_refuses_is_not_there_and_comes_back_on_the_same_port(stage: FanvueStage) -> None:
    url = stage.server.url
    await stage.server.refuse()
    with pytest.raises(LOST, match="Connect call failed"):
        await stage.call("GET", "/v1/users/me")
    await stage.server.accept()

    assert stage.server.url == url
    assert (await stage.call("GET", "/v1/users/me")).status_code == 200


async def test_many_cut_connections_leave_the_server_well(stage: FanvueStage) -> None:
    stage.server.faults.add("lose_answer", "GET", "/users/me$", count=None)
    results = await asyncio.gather(
        *(stage.call("GET", "/v1/users/me") for _ in range(20)), return_exceptions=True
    )

    stage.server.faults.clear()

    assert all(isinstance(result, LOST) for result in results)
    assert refused(await stage.call("GET", "/v1/users/me", headers=VERSION))[0] == 200
