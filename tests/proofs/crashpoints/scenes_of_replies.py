"""Scenes of replies that wait for their author: for a time, for media, for files."""

import time
from collections.abc import Mapping
from typing import Any

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.people import DiscordPerson
from tests.database_reader import opened
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again
from tests.proofs.soak import bridge_ledger
from tests.proofs.soak.creator_setup import SetupNotSeen, labels
from tests.proofs.soak.script_players import ReplyAttempt
from tests.proofs.soak.soak_script import ScriptStep

_SOON, _LATER = 3, 7200
_UNSENT = """
    SELECT id FROM outbox AS timer WHERE kind = 'reply.later' AND state <> 'cancelled' AND NOT EXISTS
    (SELECT 1 FROM outbox AS send WHERE send.kind = 'chat.send' AND send.cause = timer.cause)
"""
_CANCELLED_AND_SENT = """
    SELECT id FROM outbox AS timer WHERE kind = 'reply.later' AND state = 'cancelled' AND EXISTS
    (SELECT 1 FROM outbox AS send WHERE send.kind = 'chat.send' AND send.cause = timer.cause)
"""


def _tried(bench: CrashpointScenario, text: str, answer: InteractionAnswer, *, window: bool) -> None:
    step = ScriptStep(0, bench.house().number, 0, "replies", text, window=window)
    bench.attempts.append(ReplyAttempt(bench.house(), bench.fan(), step, answer, waits=True))


# ── it leaves at a time ──


async def _schedules(bench: CrashpointScenario, seconds: int) -> None:
    house, text = bench.house(), bench.words()
    thread = await bench.thread(bench.fan())
    when = f"<t:{int(time.time()) + seconds}>"
    answer = await house.members[0].slash(house.guild, thread, "reply", text=text, when=when)
    _tried(bench, text, answer, window=False)
    await answer.says("Scheduled", PATIENCE)


async def _leaves_at_its_time(bench: CrashpointScenario) -> None:
    """Nobody presses anything."""
    before = _left(bench)
    await _schedules(bench, _SOON)
    await bench.town.discord.world.until(lambda: _left(bench) > before or None, PATIENCE)


def _left(bench: CrashpointScenario) -> int:
    entries = bench.town.discord.ledger.of("message_edited")
    return len({one.data["message_id"] for one in entries if "⏰ Sent: see" in one.data["text"]})


async def _left_all(bench: CrashpointScenario) -> None:
    """What was taken left, and nobody had to do anything for it."""
    await bench.quiet()
    assert not _rows(bench, _UNSENT), "a reply that was scheduled never left"


async def _cancels(bench: CrashpointScenario) -> None:
    """One that leaves in two hours; the owner cancels it in the list."""
    await _schedules(bench, _LATER)
    await _cancel_all(bench)


async def _cancel_all(bench: CrashpointScenario) -> None:
    house = bench.house()
    while True:
        listed = await house.owner.slash(house.guild, house.lobby, "inbox scheduled")
        await listed.done(PATIENCE)
        if "Cancel 1" not in labels(listed.message):
            return
        pressed = await house.owner.click(listed.message, "Cancel 1")
        await pressed.says("Not sent", PATIENCE)


async def _cancelled(bench: CrashpointScenario) -> None:
    """The owner looks again; nothing left, whenever it died."""
    await begin_again(bench, _cancel_all)
    await bench.quiet()
    assert not _rows(bench, _UNSENT), "a reply that was cancelled still waits"
    assert not _rows(bench, _CANCELLED_AND_SENT), "a reply left that was cancelled"


def _rows(bench: CrashpointScenario, sql: str) -> list[str]:
    with opened(bench.town.database) as db:
        return [str(row["id"]) for row in db.rows(sql)]


# ── media are added to it ──


async def _window(bench: CrashpointScenario, who: DiscordPerson, **fields: Any) -> InteractionAnswer:
    """Press Reply under the newest line, and send the window."""
    thread, text = await bench.thread(bench.fan()), bench.words()
    newest = next((one for one in reversed(who.read(thread)) if "Reply" in labels(one)), None)
    if newest is None:
        raise SetupNotSeen("no line has Reply")
    window = await who.click(newest, "Reply")
    await window.done(PATIENCE)
    if window.state == "shown" and "Answer anyway" in labels(window.message):
        window = await who.click(window.message, "Answer anyway")
        await window.done(PATIENCE)
    if window.state != "modal":
        raise SetupNotSeen("no window is shown")
    answer = await who.submit(window, {"text": text, **fields})
    _tried(bench, text, answer, window=True)
    return answer


async def _press(who: DiscordPerson, answer: InteractionAnswer, label: str) -> None:
    """Until the message shows what came of it. Raises SetupNotSeen where there is no such button."""
    if label not in labels(answer.message) or answer.message is None:
        raise SetupNotSeen(f"there is no {label}")
    before = str(answer.message.components)
    await who.click(answer.message, label)
    await answer.until(lambda now: now.message is None or str(now.message.components) != before, PATIENCE)


async def _picks(bench: CrashpointScenario) -> None:
    """A member ticks the vault, chooses an item, and sends."""
    member = bench.house().members[0]
    answer = await (await _window(bench, member, vault=True)).done(PATIENCE)
    await _press(member, answer, "1")
    await _send(member, answer)


async def _send(who: DiscordPerson, answer: InteractionAnswer) -> None:
    """As often as something new is shown first, they send it all the same."""
    for _ in range(3):
        if "Send" not in labels(answer.message):
            break
        await _press(who, answer, "Send")
    if "On its way" not in answer.text:
        raise SetupNotSeen(f"it was not sent: {answer.text}")


def _is_kept(bench: CrashpointScenario) -> bool:
    """Whether the last window was taken, and its reply has not left."""
    last, seen = bench.attempts[-1], bridge_ledger.read(bench.town.database)
    taken = seen.commands.get(last.name, "cancelled") != "cancelled"
    return last.step.window and taken and last.name not in seen.sends


async def _goes_on(bench: CrashpointScenario, who: DiscordPerson, *buttons: str) -> None:
    """Whoever was interrupted goes on with what is kept, by the first of these buttons that is there."""
    answer = bench.attempts[-1].answer
    for button in [one for one in buttons if one in labels(answer.message)][:1]:
        await _press(who, answer, button)
    if "Send" not in labels(answer.message):
        raise SetupNotSeen(f"it is kept, and nothing shows it: {answer.text}")
    await _send(who, answer)


async def _picked(bench: CrashpointScenario) -> None:
    """What was handed in is still there, and goes out once; what was not is typed again."""

    async def again(bench: CrashpointScenario) -> None:
        await (_goes_on(bench, bench.house().members[0], "Add media") if _is_kept(bench) else _picks(bench))

    await bench.quiet()
    await begin_again(bench, again)


# ── a file goes with it ──


async def _sends_a_file(bench: CrashpointScenario) -> None:
    """The owner's window brings a voice note, which goes into the vault and then to the fan."""
    owner, words = bench.house().owner, bench.words()
    file = (f"{words.split()[-1]}.mp3", words.encode() * 100)
    answer = await _window(bench, owner, files=[file])
    await answer.until(lambda now: "is ready" in now.text, PATIENCE)
    await _press(owner, answer, "Go on")
    await _send(owner, answer)


async def _file_sent(bench: CrashpointScenario) -> None:
    """The reply still waits for its file; what went out with it has it, once."""

    async def again(bench: CrashpointScenario) -> None:
        owner = bench.house().owner
        await (_goes_on(bench, owner, "Go on", "Add media") if _is_kept(bench) else _sends_a_file(bench))

    await bench.quiet()
    await begin_again(bench, again)
    await bench.quiet()
    media = [one.name for one in bench.town.fanvue.world.media.values() if one.name]
    twice = {name for name in media if name.isdecimal() and media.count(name) > 1}
    assert not twice, f"went into the vault twice: {sorted(twice)}"


REPLIES: Mapping[str, CrashpointScene] = {
    "scheduled": CrashpointScene(
        _leaves_at_its_time,
        mend=_left_all,
        reaches=("deed.reply.later/do/", "deed.reply.later/settled/", "reply/accept/"),
    ),
    "scheduled, cancelled": CrashpointScene(
        _cancels, mend=_cancelled, reaches=("commit/service.ScheduledReplyService.cancel/",)
    ),
    "media picked for a reply": CrashpointScene(
        _picks,
        mend=_picked,
        reaches=(
            "commit/composition.ReplyComposition.change/",
            "commit/composition.ReplyComposition.late/",
            "commit/pending_reply_service.PendingReplyService._taken/",
        ),
    ),
    "file for a reply": CrashpointScene(
        _sends_a_file, mend=_file_sent, reaches=("commit/composition.ReplyComposition.change/",)
    ),
}
