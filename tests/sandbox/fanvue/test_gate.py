"""What every API request passes: versions, tokens, scopes, limits, idempotency."""

import pytest

from bot.sandbox.fanvue.operations import OPERATIONS
from bot.sandbox.fanvue.routes import not_yet
from tests.sandbox.fanvue.conftest import FanvueStage, refused


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/me"),
        ("POST", "/chat-messages"),
        ("GET", "/v1/chats/unread"),
        ("GET", "/v1/creators"),
        ("POST", "/v1/chats/messages/batch"),
        ("GET", "/subscribers/3b6a2c9e-54c1-4d1a-8e57-6f2a9b7c1d20"),
        ("PUT", "/v1/users/me"),
        ("HEAD", "/v1/users/me"),
        ("GET", "/v1/users/me/"),
        ("GET", "/v0/users/me"),
    ],
)
async def test_what_the_contract_does_not_have_is_not_there(
    stage: FanvueStage, method: str, path: str
) -> None:
    answer = await stage.call(method, path)

    # A path that is one parameter long may be a wrong UUID instead of a wrong path.
    if path == "/v1/chats/unread":
        assert refused(answer) == (400, {"message": "Invalid UUID"})
    else:
        assert answer.status_code == 404


async def test_what_is_not_built_yet_says_so_and_fakes_nothing(stage: FanvueStage) -> None:
    missing = {operation.key for operation in not_yet()}
    answer = await stage.call("GET", "/insights/earnings/percentile")

    assert refused(answer) == (
        501,
        {"message": "The stand-in has not built GET /insights/earnings/percentile yet"},
    )
    assert "GET /insights/earnings/percentile" in missing
    assert not missing & {"POST /v1/chats/{userUuid}/message", "GET /v1/chats", "GET /creators"}
    assert len(missing) < len(OPERATIONS)


@pytest.mark.parametrize("path", ["/users/me", "/v1/users/me"])
async def test_the_version_header_is_required_on_both_surfaces(stage: FanvueStage, path: str) -> None:
    none = await stage.call("GET", path, headers={"X-Fanvue-API-Version": ""})
    unknown = await stage.call("GET", path, headers={"X-Fanvue-API-Version": "2031-01-01"})
    retired = await stage.call("GET", path, headers={"X-Fanvue-API-Version": "2025-01-15"})

    assert [answer.status_code for answer in (none, unknown, retired)] == [400, 400, 410]
    assert none.json().keys() == {"error", "message"}
    assert retired.json()["nextVersion"] == "2025-06-26"


@pytest.mark.parametrize("header", ["", "Bearer nonsense", "Basic YTpi"])
async def test_without_a_good_token_nothing_opens(stage: FanvueStage, header: str) -> None:
    answer = await stage.call("GET", "/v1/users/me", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer.json().keys() == {"error"}


async def test_a_missing_scope_is_named(stage: FanvueStage) -> None:
    headers = stage.token(stage.creator, ("read:self", "read:chat"))
    chats = await stage.call("GET", "/v1/chats", headers=headers)
    subscribers = await stage.call("GET", "/v1/subscribers", headers=headers)

    assert chats.status_code == 200
    assert refused(subscribers) == (403, {"error": "Missing scope: read:fan"})


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"limit": "5"}, "limit"),
        ({"size": "51"}, "size"),
        ({"size": "many"}, "size"),
        ({"filter": "rich"}, "filter"),
        ({"search": "x" * 101}, "search"),
        ({"page": "1"}, "page"),
    ],
)
async def test_a_wrong_query_is_refused_in_words(
    stage: FanvueStage, query: dict[str, str], problem: str
) -> None:
    answer = await stage.call("GET", "/v1/chats", params=query)

    assert answer.status_code == 400
    [error, *_] = answer.json()["errors"]
    assert problem in error


async def test_a_body_that_is_no_json_is_refused(stage: FanvueStage) -> None:
    await stage.fan.write("Hi")
    path = f"/v1/chats/{stage.fan.uuid}/message"
    form = await stage.client.post(path, data={"text": "x"})
    broken = await stage.client.post(path, content=b"{", headers={"Content-Type": "application/json"})

    assert refused(form) == (400, {"errors": ["body must be application/json"]})
    assert refused(broken) == (400, {"errors": ["body is not valid JSON"]})


async def test_a_whole_number_may_be_written_with_a_point(stage: FanvueStage) -> None:
    picture = stage.server.world.add_media(stage.creator)
    await stage.fan.write("Hi")
    body = b'{"text": "for you", "mediaUuids": ["%s"], "price": 500.0}' % picture.uuid.encode()
    headers = {"Content-Type": "application/json"}
    answer = await stage.client.post(f"/v1/chats/{stage.fan.uuid}/message", content=body, headers=headers)

    assert answer.status_code == 201
    assert [message.price for message in stage.fan.inbox()] == [500]


@pytest.mark.parametrize("body", [b'{"text": NaN}', b'{"price": -Infinity}', b"[" * 100_000])
async def test_what_only_python_reads_is_no_json(stage: FanvueStage, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await stage.client.post(f"/v1/chats/{stage.fan.uuid}/message", content=body, headers=headers)

    assert refused(answer) == (400, {"errors": ["body is not valid JSON"]})


async def test_a_page_far_behind_the_last_one_is_empty(stage: FanvueStage) -> None:
    answer = await stage.call("GET", "/chats", params={"page": "880331114393880331114393"})

    assert answer.status_code == 200
    assert answer.json()["data"] == []


async def test_a_line_feed_in_a_path_is_a_path_like_any_other(stage: FanvueStage) -> None:
    answer = await stage.call("GET", "/creators/%0A/vault/folders")

    assert refused(answer) == (400, {"message": "Invalid UUID"})


async def test_two_hundred_requests_a_minute_then_429_until_the_bucket_refills(stage: FanvueStage) -> None:
    stage.server.switches.rate_limit = 3
    answers = [await stage.call("GET", "/v1/users/me") for _ in range(4)]
    stage.clock.forward(45)
    waiting = await stage.call("GET", "/v1/users/me")
    stage.clock.forward(15)
    again = await stage.call("GET", "/v1/users/me")

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["X-RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert answers[3].json().keys() == {"error"}
    assert (answers[3].headers["Retry-After"], waiting.headers["Retry-After"]) == ("60", "15")
    assert again.status_code == 200
    assert int(again.headers["X-RateLimit-Reset"]) == int(stage.clock().timestamp()) + 60


async def test_the_real_limit_is_200_and_statuses_have_their_own(stage: FanvueStage) -> None:
    me = await stage.call("GET", "/v1/users/me")
    statuses = await stage.call("POST", "/v1/chats/statuses", {"userUuids": [stage.fan.uuid]})

    assert me.headers["X-RateLimit-Limit"] == "200"
    assert (statuses.headers["X-RateLimit-Limit"], statuses.headers["X-RateLimit-Remaining"]) == ("80", "79")


async def test_every_user_and_every_managed_creator_has_an_own_bucket(stage: FanvueStage) -> None:
    stage.server.switches.rate_limit = 1
    other = stage.server.world.add_creator("other", "Other")
    member = stage.server.world.add_member("agent", "Agent", [stage.creator, other])
    headers = stage.token(member)
    paths = [f"/creators/{one.uuid}/chats" for one in (stage.creator, other)]
    answers = [await stage.call("GET", path, headers=headers) for path in (*paths, "/users/me", *paths)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert (await stage.call("GET", "/users/me")).status_code == 200


async def test_refusals_carry_the_rate_headers_too(stage: FanvueStage) -> None:
    missing = await stage.call("GET", "/nowhere")
    nobody = await stage.call("GET", "/v1/users/me", headers={"Authorization": ""})

    for answer in (missing, nobody):
        assert {"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"} <= answer.headers.keys()


async def send(stage: FanvueStage, text: str, key: str) -> tuple[int, object]:
    path = f"/v1/chats/{stage.fan.uuid}/message"
    return refused(await stage.call("POST", path, {"text": text}, headers={"Idempotency-Key": key}))


async def test_an_honoured_key_replays_the_first_answer(stage: FanvueStage) -> None:
    await stage.fan.write("Hi")
    first, again = [await send(stage, "Hello", "key-1") for _ in range(2)]
    other_key = await send(stage, "Hello", "key-2")
    other_body = await send(stage, "Bye", "key-1")

    assert first == again != other_key
    assert other_body[0] == 400
    assert [message.text for message in stage.fan.inbox()] == ["Hello", "Hello"]
    assert len(stage.server.ledger.of("replayed")) == 1


async def test_an_ignored_key_sends_twice(stage: FanvueStage) -> None:
    stage.server.switches.idempotency = "ignored"
    await stage.fan.write("Hi")
    first, again = [await send(stage, "Hello", "key-1") for _ in range(2)]

    assert first != again
    assert len(stage.fan.inbox()) == 2


async def test_a_forgotten_key_replays_only_for_a_while(stage: FanvueStage) -> None:
    stage.server.switches.idempotency = "forgotten"
    await stage.fan.write("Hi")
    first, soon = [await send(stage, "Hello", "key-1") for _ in range(2)]
    stage.clock.forward(5)
    late = await send(stage, "Hello", "key-1")

    assert first == soon != late
    assert len(stage.fan.inbox()) == 2


async def test_a_refused_send_may_be_corrected_under_the_same_key(stage: FanvueStage) -> None:
    await stage.fan.write("Hi")
    bad = await send(stage, "", "key-1")
    good = await send(stage, "Hello", "key-1")

    assert (bad[0], good[0]) == (400, 201)


async def test_a_creator_twin_works_for_members_and_hides_everyone_else(stage: FanvueStage) -> None:
    await stage.fan.write("Hi")
    stranger = stage.server.world.add_creator("stranger", "Stranger")
    headers = stage.token(stage.server.world.add_member("agent", "Agent", [stage.creator]))
    path = f"/creators/{stage.creator.uuid}/chats"
    listed = await stage.call("GET", "/creators", headers=headers)
    chats = await stage.call("GET", path, headers=headers)
    sent = await stage.call("POST", f"{path}/{stage.fan.uuid}/message", {"text": "From us"}, headers=headers)
    foreign = await stage.call("GET", f"/creators/{stranger.uuid}/chats", headers=headers)

    assert [row["uuid"] for row in listed.json()["data"]] == [stage.creator.uuid]
    assert [row["user"]["uuid"] for row in chats.json()["data"]] == [stage.fan.uuid]
    assert sent.status_code == 201
    assert stage.fan.inbox()[0].sent_by is not None
    assert refused(foreign) == (404, {"message": "Creator not found"})
