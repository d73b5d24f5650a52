"""Scenes of the team's inbox: what waits for a lead or its time, pings, marks."""

from collections.abc import Mapping

from bot.sandbox.discord.answers import InteractionAnswer
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again
from tests.proofs.soak.creator_setup import labels
from tests.proofs.soak.script_players import ReplyAttempt
from tests.proofs.soak.soak_scenario import SoakCreator
from tests.proofs.soak.soak_script import ScriptStep

_PING = "and has no answer"


async def _owner(
    bench: CrashpointScenario, command: str, house: SoakCreator | None = None, **values: object
) -> InteractionAnswer:
    house = house or bench.house()
    return await (await house.owner.slash(house.guild, house.lobby, command, **values)).done(PATIENCE)


# ── a reply waits for a lead ──


async def _waits_for_a_lead(bench: CrashpointScenario) -> None:
    """The guard holds it back, the owner approves it."""
    house, fan = bench.house(), bench.fan()
    text = f"find me on insta {bench.words()}"
    answer = await house.members[0].slash(house.guild, await bench.thread(fan), "reply", text=text)
    step = ScriptStep(0, house.number, 0, "replies", text)
    bench.attempts.append(ReplyAttempt(house, fan, step, answer, waits=True))
    await answer.says("Waiting for a lead", PATIENCE)
    await _approve_one(bench)


async def _approve_one(bench: CrashpointScenario) -> bool:
    """Whether there was one."""
    listed = await _owner(bench, "inbox review")
    if listed.message is None or "Approve" not in labels(listed.message):
        return False
    before = listed.text
    await bench.house().owner.click(listed.message, "Approve")
    await listed.until(lambda now: now.text != before, PATIENCE)
    return True


async def _approve_all(bench: CrashpointScenario) -> None:
    """The owner whose press met a dead bridge looks again, until nothing waits."""

    async def all_of_them(bench: CrashpointScenario) -> None:
        while await _approve_one(bench):
            pass

    await begin_again(bench, all_of_them)


# ── a reply waits for its time ──


async def _waits_for_its_time(bench: CrashpointScenario) -> None:
    """One is cancelled, one leaves."""
    await _owner(bench, "inbox hold", seconds=15)
    cancelled = await bench.reply(bench.fan())
    cancelled.waits = True
    if cancelled.answer.message is not None and "Cancel" in labels(cancelled.answer.message):
        await bench.house().members[0].click(cancelled.answer.message, "Cancel")
        await cancelled.answer.until(lambda now: "it is sent in" not in now.text, PATIENCE)
    await bench.reply(bench.fan())
    await bench.quiet()
    await _at_once(bench)


async def _at_once(bench: CrashpointScenario) -> None:
    """Replies leave at once again."""

    async def now(bench: CrashpointScenario) -> None:
        await _owner(bench, "inbox hold", seconds=0)

    await begin_again(bench, now)


# ── a fan waits too long ──


async def _another_house(bench: CrashpointScenario) -> None:
    """Where nobody else waits."""
    await bench.open(await bench.new_house())


async def _pinged(bench: CrashpointScenario) -> None:
    """Somebody is called, and the call goes with the answer; safe to begin again."""
    house, world = bench.town.houses[-1], bench.town.discord.world
    fan = house.fans[0]
    await _owner(bench, "inbox timers", house, first=1)
    if not bench.town.fanvue.ledger.of("message", fan=fan.uuid, sender="fan"):
        await fan.write(bench.words())
    await world.until(lambda: _calls(bench) or None, PATIENCE)
    await bench.reply(fan, house=house)
    await world.until(lambda: _standing(bench) == [] or None, PATIENCE)


async def _called_once(bench: CrashpointScenario) -> None:
    """However it was interrupted, nobody was called twice."""
    await begin_again(bench, _pinged)
    calls = _calls(bench)
    assert len(calls) == 1, f"called {len(calls)} times"


def _calls(bench: CrashpointScenario) -> list[int]:
    """Every message that ever called somebody in the last house."""
    house = bench.town.houses[-1]
    made = bench.town.discord.ledger.of("message_created")
    called = [entry for entry in made if _PING in entry.data["text"]]
    return [
        entry.data["message_id"] for entry in called if entry.data["channel_id"] in house.guild.channel_ids
    ]


def _standing(bench: CrashpointScenario) -> list[int]:
    world = bench.town.discord.world
    channels = bench.town.houses[-1].guild.channel_ids
    there = {message for channel in channels for message in world.messages.get(channel, {})}
    return [call for call in _calls(bench) if call in there]


# ── the chat on Fanvue ──


async def _marked(bench: CrashpointScenario) -> None:
    """A member marks the chat as read and gives the fan a nickname."""
    house, fan = bench.house(), bench.fan()
    thread = await bench.thread(fan)
    for command, values in (("fan read", {}), ("fan nickname", {"name": bench.words()})):
        await (await house.members[0].slash(house.guild, thread, command, **values)).done(PATIENCE)


async def _held_by_hand(bench: CrashpointScenario) -> None:
    """A member says that they answer a fan, and lets them go."""
    house, thread = bench.house(), await bench.thread(bench.fan())
    for command in ("fan claim", "fan release"):
        await (await house.members[0].slash(house.guild, thread, command)).done(PATIENCE)


# ── a fan writes several times at once ──


async def _in_bursts(bench: CrashpointScenario) -> None:
    """From the next process on, texts of half a minute share a post; the fan was answered before that."""
    await bench.reply(bench.fan())
    bench.town.bridge._settings["BURST_SECONDS"] = "30"


def _apart(bench: CrashpointScenario) -> bool:
    """Whatever process comes after this one has a post for each message; whether it would not have."""
    settings = bench.town.bridge._settings
    shared = settings["BURST_SECONDS"] != "0"
    settings["BURST_SECONDS"] = "0"
    return shared


async def _writes_three(bench: CrashpointScenario) -> None:
    """The second and the third are each written when the one before is shown."""
    _apart(bench)
    for _ in range(3):
        words = bench.words()
        await bench.fan().write(words)
        await bench.town.discord.world.until(lambda words=words: _shows(bench, words) or None, PATIENCE)  # type: ignore[misc]


def _shows(bench: CrashpointScenario, words: str) -> bool:
    thread = bench.town.thread_of(bench.house(), bench.fan())
    there = bench.town.discord.world.messages.get(thread.id, {}) if thread is not None else {}
    return any(words in message.text for message in there.values())


async def _one_by_one(bench: CrashpointScenario) -> None:
    """It may have died before anybody wrote."""
    if _apart(bench):
        await bench.restart()


INBOX: Mapping[str, CrashpointScene] = {
    "waits for a lead": CrashpointScene(
        _waits_for_a_lead, mend=_approve_all, reaches=("commit/decision_service.ApprovalDecisionService.",)
    ),
    "waits for its time": CrashpointScene(
        _waits_for_its_time, mend=_at_once, reaches=("commit/cancellation_service.ReplyCancellationService.",)
    ),
    "pinged": CrashpointScene(
        _pinged,
        before=_another_house,
        mend=_called_once,
        reaches=("deed.ping.post/", "deed.ping.gone/", "commit/tasks.TimerPingTask."),
    ),
    "writes in a burst": CrashpointScene(
        _writes_three, before=_in_bursts, mend=_one_by_one, reaches=("deed.post.join/do/",)
    ),
    "held by hand": CrashpointScene(_held_by_hand, reaches=("commit/service.ClaimService._in/",)),
    "marked": CrashpointScene(_marked, reaches=("deed.chat.mark/", "commit/service.ChatSettingsService.")),
}
