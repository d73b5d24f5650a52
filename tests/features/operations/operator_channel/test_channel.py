"""A problem is told of once when it begins and once when it ends."""

import pytest

from bot.features.operations.operator_channel.rules import LOOKS
from bot.features.operations.operator_channel.service import OperatorChannel
from tests.fanvue.peer_stand_in import Behaviour, hang_up, never, reply
from tests.features.operations.operator_channel.operator_scenario import (
    DETAIL,
    NOW,
    OperatorScenario,
    operated,
)
from tests.scenario_fixtures import in_folder

scene = in_folder(operated)


async def looks(channel: OperatorChannel, number: int = LOOKS) -> None:
    for _ in range(number):
        await channel.look()


async def test_it_is_told_when_it_has_lasted_and_when_it_is_over(scene: OperatorScenario) -> None:
    channel = scene.started()
    scene.failing, scene.weak = {"discord"}, {"backups"}
    await looks(channel, LOOKS - 1)
    early = scene.told()
    await looks(channel, 10)
    lasting = scene.told()
    scene.failing, scene.weak = set(), set()
    await looks(channel, LOOKS - 1)
    hardly_over = scene.told()
    await looks(channel, 10)

    assert early == []
    assert lasting == hardly_over == ["backups begun", "discord begun"]
    assert scene.told() == ["backups begun", "discord begun", "backups ended", "discord ended"]
    assert len(scene.topic.seen) == 4


async def test_what_comes_and_goes_wakes_nobody(scene: OperatorScenario) -> None:
    channel = scene.started()
    for _ in range(5):
        scene.failing = {"discord"}
        await looks(channel, LOOKS - 1)
        scene.failing = set()
        await channel.look()

    assert scene.told() == []


async def test_it_says_what_in_words_that_name_nobody(scene: OperatorScenario) -> None:
    scene.failing, scene.weak = {"database"}, {"servers"}
    await looks(scene.started())

    servers = scene.hook.seen[1]
    first, second = scene.topic.seen
    assert scene.hook.seen[0].json == {
        "check": "database",
        "state": "begun",
        "urgent": True,
        "at": "2026-11-25T00:00:00+00:00",
        "text": "Fanvue bridge: The database cannot be written. Fanvue repeats its webhooks meanwhile.",
    }
    assert (servers.json["urgent"], DETAIL in servers.json["text"]) == (False, False)
    assert first.body.decode() == "The database cannot be written. Fanvue repeats its webhooks meanwhile."
    assert (first.headers["title"], first.headers["priority"]) == ("Fanvue bridge", "high")
    assert second.headers["priority"] == "default"
    assert DETAIL not in second.body.decode()


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(reply(503), id="503"),
        pytest.param(reply(301, None, Location="http://127.0.0.1:1/"), id="leads elsewhere"),
        pytest.param(hang_up, id="hangs up"),
        pytest.param(never, id="never answers"),
    ],
)
async def test_what_did_not_arrive_is_tried_once_a_look_and_only_there(
    scene: OperatorScenario, behaviour: Behaviour, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    scene.seconds = 0.2 if behaviour is never else 5.0
    channel = scene.started()
    scene.hook.does(behaviour)
    scene.failing = {"database", "discord"}
    await looks(channel, LOOKS + 2)
    tried, elsewhere = scene.told(), len(scene.topic.seen)
    scene.hook.seen.clear()
    scene.hook.does(reply(204))
    await looks(channel, 2)

    assert tried == ["database begun"] * 3  # and of the other one nothing, which would take as long
    assert elsewhere == len(scene.topic.seen) == 2
    assert scene.told() == ["database begun", "discord begun"]
    assert "the operator cannot be told" in caplog.text
    assert "a-secret" not in caplog.text


@pytest.mark.parametrize("which", ["webhook", "ping"])
async def test_an_address_that_takes_nothing_is_warned_of_once_an_hour(
    scene: OperatorScenario, which: str, caplog: pytest.LogCaptureFixture
) -> None:
    channel, far = scene.started(), {"webhook": scene.hook, "ping": scene.switch}[which]
    far.does(reply(404))
    scene.failing = {"database"}
    await looks(channel)
    tried, warned = [], []
    for minute in (0, 1, 59, 60, 61, 119, 120):
        scene.clock.at = NOW + minute * 60_000
        caplog.clear()
        seen = len(far.seen)
        await channel.look()
        tried.append(len(far.seen) - seen)
        warned.append(len(caplog.records))
    far.does(reply(200), reply(404))
    await channel.look()
    scene.failing = set()
    caplog.clear()
    await looks(channel)

    assert tried == [1] * 7
    assert warned == [0, 0, 0, 1, 0, 0, 1]
    assert [(one.levelname, one.getMessage()) for one in caplog.records] == [
        ("WARNING", "the operator cannot be told: it answered 404")
    ]


async def test_what_was_over_before_it_could_be_told_is_never_told(scene: OperatorScenario) -> None:
    channel = scene.started()
    scene.hook.does(hang_up)
    scene.failing = {"discord"}
    await looks(channel)
    scene.failing = set()
    await looks(channel)
    scene.hook.seen.clear()
    scene.hook.does(reply(200))
    await looks(channel, 5)

    assert scene.told() == []


async def test_after_a_restart_it_is_not_told_again_and_its_end_is_told(scene: OperatorScenario) -> None:
    scene.failing = {"discord"}
    await looks(scene.started())
    await looks(scene.started())
    again = scene.told()
    scene.failing = set()
    await looks(scene.started())
    await looks(scene.started())

    assert again == ["discord begun"]
    assert scene.told() == ["discord begun", "discord ended"]
    assert (scene.folder / "operator.json").stat().st_mode & 0o077 == 0
    assert "a-secret" not in (scene.folder / "operator.json").read_text()


@pytest.mark.parametrize("left", ["{", "[1]", '{"webhook": 1}'])
async def test_of_a_damaged_record_it_is_told_again(scene: OperatorScenario, left: str) -> None:
    (scene.folder / "operator.json").write_text(left, encoding="ascii")
    scene.failing = {"discord"}

    await looks(scene.started())

    assert scene.told() == ["discord begun"]


async def test_one_of_several_processes_says_which_it_is_and_shares_no_record(
    scene: OperatorScenario,
) -> None:
    scene.process, scene.failing = "gateway,worker", {"discord"}

    await looks(scene.started())

    assert scene.hook.last.json["text"].endswith("(gateway,worker)")
    assert not (scene.folder / "operator.json").exists()


async def test_the_switch_hears_that_all_is_well_or_nothing_or_that_it_is_not(
    scene: OperatorScenario,
) -> None:
    channel = scene.started()
    scene.weak = {"backups"}  # which is no death
    await looks(channel, 2)
    well = scene.pinged()
    scene.failing = {"database"}
    await looks(channel, LOOKS - 1)
    silent = scene.pinged()
    await looks(channel, 1)
    failing = scene.pinged()
    scene.failing = set()
    await looks(channel, 1)

    assert well == silent == ["/a-secret-ping"] * 2
    assert failing == [*well, "/a-secret-ping/fail"]
    assert scene.pinged() == [*failing, "/a-secret-ping"]
    assert {one.method for one in scene.switch.seen} == {"GET"}
    assert {one.body for one in scene.switch.seen} == {b""}
