"""What a live check finds out, and how it is stopped and goes on."""

import json
from typing import Any

import pytest

from bot.fanvue.operations import OPERATIONS, ApiSurface
from bot.features.operations.doctor.counter_checks import _asked, _by
from bot.features.operations.live_check.opening import LOCK
from bot.features.operations.live_check.reads import READS
from bot.features.operations.live_check.service import LiveCheckWish, check
from bot.sandbox.program import until
from bot.settings.loader import load
from storage.engine.lockfile import LockFile
from tests.features.operations.live_check.live_check_scenario import LiveCheckScenario
from tests.proofs.faults.live_bridge import PATIENCE
from tests.relay.clock_fixtures import SettableClock, TickingClock

pytestmark = pytest.mark.asyncio(loop_scope="package")

V1, OLDER = (surface.value for surface in ApiSurface)
NOT_ALLOWED = "refused: this account did not allow read:tracking_links"
HOURS = 3_600_000


async def test_every_read_of_the_bridge_is_made_but_for_an_uploads_part() -> None:
    reads = {name for name, way in OPERATIONS.items() if way.method == "GET"}

    assert reads - {read.name for read in READS} == {"part_address"}  # there is none without an upload


async def test_it_says_what_is_true_there(asked: LiveCheckScenario) -> None:
    found = await asked.checks()

    assert found.news() == {f"{which} tracking_links": NOT_ALLOWED for which in (V1, OLDER)}
    assert {name: found.answer(name) for name in found.report["questions"] if found.answer(name)} == {
        "surfaces": "both are there",
        "roads": "none",
        "probe": "GET 200, an unsigned POST 401, its own signature is recognised",
        "answering": "v1: 25 of 26, unversioned: 28 of 29",
        "limits": "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset",
        "single_read": "no: the chat stays unread",
        "list_read": "yes: the chat stays unread",
        "folders": "yes: with a pagination",
        "smart_lists": "uuid, bare",
        "posts_order": "newest first",
        "earning_ids": "no: 1 of 1 have another id",
        "media_host": "127.0.0.1",
        "media_life": found.answer("media_life"),
    }
    assert 0 < int(found.answer("media_life").removesuffix(" seconds")) <= 15
    assert found.code == 1
    assert "Answered: 13 of 26 open questions." in found.out
    assert "| Is one Idempotency-Key twice one message? | stage 2: --test-fan |" in found.page


async def test_nothing_of_anybody_is_in_it(asked: LiveCheckScenario) -> None:
    found = await asked.checks()

    told = found.out + found.progress + found.page + json.dumps(found.report) + asked.record.read_text()
    marks = {mark for mark in asked.private() if len(mark) > 2}
    assert len(marks) > 30
    assert {mark for mark in marks if mark in told.replace(str(asked.folder), "")} == set()
    assert (asked.record.stat().st_mode & 0o777) == 0o600


@pytest.mark.parametrize(
    ("ways", "question", "answer"),
    [
        ({"gone": ("unversioned",)}, "surfaces", "gone: unversioned"),
        ({"gone": ("v1",)}, "surfaces", "gone: v1"),
    ],
)
async def test_what_is_otherwise_there_is_said(
    asked: LiveCheckScenario, ways: dict[str, Any], question: str, answer: str
) -> None:
    vars(asked.switches).update(ways)

    found = await asked.checks()

    assert found.answer(question) == answer
    gone = ways.get("gone", ())
    assert not [name for name in found.report["steps"] if set(gone) & set(name.split())]


@pytest.mark.parametrize(
    ("ways", "step", "says"),
    [
        ({"renamed": {("/media", "uuid"): "identity"}}, "v1 media", "5 rows not readable (no uuid)"),
        ({"folders_in_pages": False}, "unversioned vault_folders", "status 400"),
        (
            {"renamed": {("/messages", "data"): "items"}},
            "v1 messages",
            "answers in a form that the bridge cannot read",
        ),
    ],
)
async def test_what_the_bridge_cannot_read_is_named(
    asked: LiveCheckScenario, ways: dict[str, Any], step: str, says: str
) -> None:
    vars(asked.switches).update(ways)

    found = await asked.checks()

    assert found.step(step)["says"] == says
    assert found.code == 1


async def test_a_field_that_is_not_there_is_listed_and_is_no_news(asked: LiveCheckScenario) -> None:
    asked.switches.renamed = {("/messages", "isRead"): "wasRead"}

    found = await asked.checks()

    assert "isRead" in found.step("v1 messages")["seen"]["absent"]
    assert "data[].wasRead" in found.step("v1 messages")["seen"]["fields"]
    assert found.step("v1 messages")["verdict"] == "ok"


async def test_a_field_that_the_bridge_relies_on_is_missed(asked: LiveCheckScenario) -> None:
    asked.switches.renamed = {("/messages", "sentAt"): "createdAt"}
    asked.switches.senders_named = False

    found = await asked.checks()

    assert found.step("v1 messages")["says"] == "no row has sentAt or sender"


async def test_a_messages_media_are_read_where_it_has_some(asked: LiveCheckScenario) -> None:
    world = asked.house.stage.fanvue.world
    fan = next(one for one in world.fans.values() if one.bond.messages)
    without = await asked.checks()
    await fan.write("look at this", media=1)

    found = await asked.checks()

    assert without.step("v1 message_media")["says"] == "not asked: no file is known to ask about"
    assert found.step("v1 message_media")["says"] == "1 row, as expected"


async def test_a_new_word_is_told_and_what_is_no_word_is_not(asked: LiveCheckScenario) -> None:
    world = asked.house.stage.fanvue.world
    fan = next(one for one in world.fans.values() if one.bond.messages)
    world.write_as_creator(fan, "a call", kind="VOICE_CALL")

    found = await asked.checks("--again")
    world.write_as_creator(fan, "no word", kind="my dog is called Biscuit")
    later = await asked.checks("--again")

    assert found.step("v1 messages")["says"] == "new word in type: VOICE_CALL"
    assert later.step("v1 messages")["says"] == "new word in type: no word"


async def test_a_check_that_is_stopped_goes_on_and_asks_nothing_twice(asked: LiveCheckScenario) -> None:
    heard: list[str] = []

    async def no_sleep(_seconds: float) -> None: ...

    def stops(line: str) -> None:
        heard.append(line)
        if "v1 chats" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await check(asked.context(TickingClock(), no_sleep, stops), LiveCheckWish())
    kept = json.loads(asked.record.read_text())["steps"]
    found = await asked.checks()

    assert any(name.endswith("v1 chats") for name in kept)
    assert f"Going on where it stopped: {len(kept)} steps are done" in found.progress
    assert not [name for name in kept if f"{name}:" in found.progress and kept[name]["verdict"] == "ok"]
    assert found.step("v1 me")["verdict"] == "ok"


async def test_a_token_that_has_run_out_is_not_renewed(asked: LiveCheckScenario) -> None:
    async def no_sleep(_seconds: float) -> None: ...

    clock = SettableClock(TickingClock().now() + 2 * HOURS)
    record = await check(asked.context(clock, no_sleep, lambda _line: None), LiveCheckWish())

    said = {name.split()[-1]: step.says for name, step in record.steps.items() if name.startswith("1 ")}
    assert said == {"sign-in": "there is no access token that is good right now"}


async def test_a_limit_that_is_spent_is_waited_for_and_half_of_it_is_left(asked: LiveCheckScenario) -> None:
    clock, waits = SettableClock(TickingClock().now()), list[float]()

    async def waited(seconds: float) -> None:
        waits.append(seconds)
        clock.at += int(seconds * 1000) + 1
        asked.house.stage.fanvue._gate._limits._buckets.clear()  # its window is over, too

    asked.switches.rate_limit = 40
    asked.switches.rate_seconds = 86_400.0  # it ends when the test says so
    asked.house.stage.fanvue._gate._limits._buckets.clear()
    record = await check(asked.context(clock, waited, lambda _line: None), LiveCheckWish())

    assert waits
    assert not [name for name, step in record.steps.items() if "429" in step.says or "limit" in step.says]


async def test_a_fanvue_that_does_not_answer_breaks_nothing(asked: LiveCheckScenario) -> None:
    asked.house.stage.fanvue.faults.down = True

    found = await asked.checks()

    verdicts = {step["verdict"] for name, step in found.report["steps"].items() if name.startswith("1 ")}
    assert verdicts == {"unknown"}
    assert found.step("generations")["says"] == "Fanvue did not answer each time when asked without a sign-in"


async def test_a_second_check_meanwhile_is_refused(asked: LiveCheckScenario) -> None:
    lock = LockFile(asked.record.with_name(LOCK))
    try:
        found = await asked.checks()
    finally:
        lock.release()

    assert found.code == 69
    assert found.out.startswith("A live check runs already, as process ")


async def test_a_creator_who_is_not_linked_is_refused_by_name(asked: LiveCheckScenario) -> None:
    found = await asked.checks("--creator", "@nobody")

    assert found.code == 69
    assert found.out.strip() == "No account of @nobody is linked. Linked: @luna.rivers."


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--report", "there.json"], "--creator, --test-fan, --report and --again go with --live"),
        (["--live", "--json"], "with --live, --report FILE writes the JSON"),
        (["--live", "--report", "/nowhere/at/all.json"], "is no file in a folder that is there"),
        (["--live", "--report", "found.md"], "--report names the JSON, as found.json"),
    ],
)
async def test_wrong_use_is_told_before_anything_is_asked(
    asked: LiveCheckScenario, options: list[str], says: str
) -> None:
    found = await asked.command(*options)

    assert found.code == 2
    assert says in found.progress
    assert not asked.record.exists()


async def test_a_report_that_cannot_be_written_loses_nothing(asked: LiveCheckScenario) -> None:
    full = asked.folder / "full.json"
    full.symlink_to("/dev/full")

    found = await asked.command("--live", "--report", str(full))

    assert found.code == 73
    assert found.out.rstrip().endswith(
        f"(No space left on device). What was found is in {asked.record}, which is private."
    )
    assert asked.record.exists()


async def test_what_is_new_in_an_answer_is_counted_and_told_for_good(asked: LiveCheckScenario) -> None:
    """In the figures and by doctor, also after a restart, and by doctor while no bridge runs."""
    house = asked.house
    fan = house.fan("Nia")  # whose chat has nothing else that is new
    settings = load({}, asked.env_file())

    async def rows() -> float:
        families = await _asked(settings)
        return 0.0 if families is None else _by(families, "bridge_fanvue_drift_total", "kind").get("row", 0.0)

    before = await rows()
    asked.switches.renamed = {("/messages", "uuid"): "identity"}
    await fan.write("look at this", media=1)  # the bridge reads the chat for it
    await until(rows, PATIENCE)
    counted, (line,) = await rows(), _drift_lines((await asked.command()).out)
    await house.stage.bridge.kill()
    down = _drift_lines((await asked.command()).out)
    await house.stage.bridge.start()
    await until(rows, PATIENCE)

    assert (before, counted, await rows()) == (0, 1, 1)
    assert "warn" in line
    assert "messages, row, no uuid" in line
    assert down == [line]
    kept = house.rows("SELECT operation, what FROM fanvue_drift WHERE kind = 'row'")
    assert kept == [{"operation": "messages", "what": "no uuid"}]


def _drift_lines(out: str) -> list[str]:
    return [line.strip() for line in out.splitlines() if "Fanvue's answers" in line]
