"""Rows E1 to E6 and half of C5: sign-ins that end, shrink or come back."""

import asyncio

import pytest

from bot.sandbox.fanvue.tokens import ConsentChain
from bot.sandbox.free_ports import free_port
from bot.sandbox.program import ProgramFailed, until
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOKEN = r"^/oauth2/token$"


def count(house: LiveBridge, *kinds: str) -> list[int]:
    """How often Fanvue's sign-in server did these things."""
    return [len(house.stage.fanvue.ledger.of(f"token.{kind}")) for kind in kinds]


def refusals(house: LiveBridge) -> list[str]:
    """The requests that Fanvue answered with 401, oldest first."""
    asked = house.stage.fanvue.ledger.of("request", status=401)
    return [f"{entry['method']} {entry['path']}" for entry in asked]


def chain(house: LiveBridge) -> ConsentChain:
    """The creator's living consent."""
    return next(one for one in house.stage.fanvue.world.tokens._chains if one.alive)


def expire(house: LiveBridge) -> None:
    """The access token's hour is over."""
    house.stage.fanvue.world.tokens.expire_access(house.stage.creator.uuid)


async def relinked(house: LiveBridge) -> None:
    """The owner goes through the link once more."""
    await house.play.link()


@pytest.mark.fault("E1")
async def test_thirty_replies_that_find_the_token_over_cause_one_refresh(house: LiveBridge) -> None:
    fans = [house.fan("Eva") for _ in range(30)]
    threads = await asyncio.gather(*(house.greeted(fan) for fan in fans))
    before = count(house, "refreshed")
    expire(house)

    await asyncio.gather(*(house.reply(thread, text="all at once") for thread in threads))
    await asyncio.gather(*(house.shows(fan, "✓ Sent") for fan in fans))

    assert count(house, "refreshed") == [before[0] + 1]
    assert count(house, "graced", "reuse") == [0, 0]
    assert [len(fan.inbox()) for fan in fans] == [1] * 30


@pytest.mark.fault("E2")
async def test_a_refresh_whose_answer_got_lost_is_repeated_once_and_nobody_notices(house: LiveBridge) -> None:
    fan = house.fan("Eva")
    thread = await house.greeted(fan)
    before = count(house, "refreshed", "graced", "reuse")
    house.stage.fanvue.faults.add("lose_answer", "POST", TOKEN)
    expire(house)

    await house.reply(thread, text="as if nothing were")
    await house.shows(fan, "✓ Sent")

    assert count(house, "refreshed", "graced", "reuse") == [before[0] + 1, before[1] + 1, before[2]]
    assert house.rows("SELECT attempt_id FROM tokens") == [{"attempt_id": None}]
    assert house.alerts("sign in to Fanvue again") == []


@pytest.mark.fault("E2")
async def test_killed_while_a_refresh_is_under_way_it_is_repeated_once_at_the_start(
    house: LiveBridge,
) -> None:
    house.stage.fanvue.switches.grace_seconds = 600.0  # a start takes longer than a divided grace
    fan = house.fan("Eva")
    thread = await house.greeted(fan)
    before = count(house, "refreshed", "graced", "reuse")
    held = house.stage.fanvue.faults.hold("POST", TOKEN)
    expire(house)
    await house.reply(thread, text="across the gap")
    await held.reached(PATIENCE)
    assert [row["attempt_id"] is None for row in house.rows("SELECT attempt_id FROM tokens")] == [False]
    await house.stage.bridge.kill()
    held.release()
    await house.stored(lambda: count(house, "refreshed")[0] == before[0] + 1)
    await house.stage.bridge.start()
    await house.stored(lambda: count(house, "graced")[0] == before[1] + 1)
    await house.greeted(house.fan("Eva"), "after the start")

    assert count(house, "refreshed", "graced", "reuse") == [before[0] + 1, before[1] + 1, before[2]]
    assert house.rows("SELECT state FROM links WHERE state <> 'closed'") == [{"state": "active"}]
    assert len(fan.inbox()) <= 1


@pytest.mark.fault("E2")
async def test_two_lost_answers_end_in_a_question_and_never_in_a_third_request(house: LiveBridge) -> None:
    fan = house.fan("Eva")
    thread = await house.greeted(fan)
    requests = len(house.stage.fanvue.ledger.of("fault", path="/oauth2/token"))
    house.stage.fanvue.faults.add("lose_answer", "POST", TOKEN, count=5)
    expire(house)

    await house.reply(thread, text="kept for later")
    await house.alerted("sign in to Fanvue again")
    await house.shows(fan, "needs a new sign-in")

    assert len(house.stage.fanvue.ledger.of("fault", path="/oauth2/token")) == requests + 2
    assert [send["state"] for send in house.sends(fan)] == ["pending"]
    house.stage.fanvue.faults.clear()
    await relinked(house)
    await house.shows(fan, "✓ Sent")
    assert [message.text for message in fan.inbox()] == ["kept for later"]


@pytest.mark.fault("E3")
async def test_access_that_was_taken_back_pauses_the_queue_asks_once_and_goes_on_after_the_link(
    house: LiveBridge,
) -> None:
    fans = [house.fan("Eva") for _ in range(3)]
    threads = await asyncio.gather(*(house.greeted(fan) for fan in fans))
    notices = len(house.alerts("sign in to Fanvue again"))
    house.stage.fanvue.world.tokens.disconnect(house.stage.creator.uuid)
    refused = len(refusals(house))

    await asyncio.gather(*(house.reply(thread, text="nothing is lost") for thread in threads))
    await asyncio.gather(*(house.shows(fan, "needs a new sign-in") for fan in fans))

    await house.until(lambda: len(house.alerts("sign in to Fanvue again")) > notices)

    assert house.rows("SELECT state FROM links WHERE state <> 'closed'") == [{"state": "relink_required"}]
    assert len(house.alerts("sign in to Fanvue again")) == notices + 1
    asked = refusals(house)[refused:]  # what was on its way when the first was refused: no storm
    assert len(asked) <= len(fans) * 2, asked
    await relinked(house)
    await asyncio.gather(*(house.shows(fan, "✓ Sent") for fan in fans))
    assert [[message.text for message in fan.inbox()] for fan in fans] == [["nothing is lost"]] * 3


@pytest.mark.fault("E3")
async def test_while_a_refused_sign_in_is_looked_into_no_other_reply_goes_with_it(house: LiveBridge) -> None:
    fans = [house.fan("Eva") for _ in range(6)]
    first, *others = await asyncio.gather(*(house.greeted(fan) for fan in fans))
    held = house.stage.fanvue.faults.hold("POST", TOKEN)
    house.stage.fanvue.world.tokens.disconnect(house.stage.creator.uuid)
    refused = len(refusals(house))

    await house.reply(first, text="finds it out")
    await held.reached(PATIENCE)
    await asyncio.gather(*(house.reply(thread, text="waits at once") for thread in others))
    held.release()
    await asyncio.gather(*(house.shows(fan, "needs a new sign-in") for fan in fans))

    asked = refusals(house)[refused:]
    assert [one for one in asked if one.endswith("/message")] in (
        [f"POST /v1/chats/{fans[0].uuid}/message"],
        [],  # a sweep had found it out before
    )
    await relinked(house)
    await asyncio.gather(*(house.shows(fan, "✓ Sent") for fan in fans))
    assert [len(fan.inbox()) for fan in fans] == [1] * 6


@pytest.mark.fault("C5", "E5")
async def test_a_refresh_with_fewer_scopes_is_named_and_a_reply_waits_for_the_permission(
    house: LiveBridge,
) -> None:
    fan = house.fan("Eva")
    thread = await house.greeted(fan)
    consent = chain(house)
    consent.scopes = tuple(scope for scope in consent.scopes if scope != "write:chat")
    expire(house)

    await house.reply(thread, text="not allowed yet")
    await house.shows(fan, "permission write:chat")
    await house.alerted("No longer allowed: write:chat")
    posts = house.posts_to(fan)

    assert [(send["state"], bool(send["attention"])) for send in house.sends(fan)] == [("pending", True)]
    assert "write:chat" not in house.rows("SELECT scopes FROM links WHERE state = 'active'")[0]["scopes"]
    await fan.write("I can still write to you")
    await house.shows(fan, "I can still write to you")
    assert house.posts_to(fan) == posts  # it does not try again and again
    await relinked(house)
    await house.shows(fan, "✓ Sent")
    assert [message.text for message in fan.inbox()] == ["not allowed yet"]


@pytest.mark.fault("E6")
async def test_a_second_process_on_the_same_database_ends_with_75_and_the_first_goes_on(
    house: LiveBridge,
) -> None:
    second = house.program(
        "second.log", LISTEN=f"127.0.0.1:{free_port()}", ADMIN_LISTEN=f"127.0.0.1:{free_port()}"
    )

    with pytest.raises(ProgramFailed, match="ended with 75"):
        await second.start()

    await house.greeted(house.fan("Eva"), "still served")


@pytest.mark.fault("E6")
async def test_a_second_process_with_the_same_bot_ends_with_75_and_names_what_it_shares(
    house: LiveBridge,
) -> None:
    other = house.program(
        "other.log",
        LISTEN=f"127.0.0.1:{free_port()}",
        ADMIN_LISTEN=f"127.0.0.1:{free_port()}",
        DATABASE_URL=f"sqlite:///{house.folder / 'other.sqlite3'}",
    )

    with pytest.raises(ProgramFailed, match="ended with 75") as ended:
        await other.start()

    assert house.setting("DISCORD_APPLICATION_ID") in str(ended.value)


@pytest.mark.fault("E4")
async def test_a_restored_backup_sends_nothing_again_and_uses_no_old_sign_in(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    async with housed(tmp_path_factory.mktemp("restored")) as house:
        fan = house.fan("Eva")
        thread = await house.greeted(fan)
        await house.stage.fanvue.refuse()
        await house.reply(thread, text="sent after the backup")
        await house.shows(fan, "Queued")
        file = house.folder / "yesterday.sqlite3"
        await house.command("backup", "--to", str(file))
        await house.stage.fanvue.accept()
        await house.shows(fan, "✓ Sent")
        expire(house)  # so that the backup's refresh token is spent by now
        await house.reply(thread, text="and a later one")
        await house.until(lambda: len(house.with_words(fan, "✓ Sent")) == 2)
        refreshed = count(house, "refreshed", "graced", "reuse")
        await house.stage.bridge.kill()
        await house.command("restore", str(file))
        before = len(house.stage.fanvue.ledger.of("request"))

        starting = asyncio.create_task(
            house.stage.bridge.start()
        )  # it is not ready before the operator's word
        said = await until(lambda: house.unready('"discord": "ok"'), PATIENCE)
        starting.cancel()
        await asyncio.wait([starting])

        assert "restored from a backup" in said
        assert len(house.stage.fanvue.ledger.of("request")) == before
        assert count(house, "refreshed", "graced", "reuse") == refreshed
        assert [message.text for message in fan.inbox()] == ["sent after the backup", "and a later one"]
        assert "@" + fan.handle in await house.command("restored")
