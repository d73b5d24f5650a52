"""Scenes of what members say besides replies: promises, and what is typed."""

import time
from collections.abc import Callable, Mapping

from bot.features.inbox.message_replies.lines import cause_of
from bot.sandbox.discord.model import StandInChannel, StandInMessage
from bot.sandbox.discord.standalone import APPLICATION_ID
from bot.sandbox.fanvue.people import StandInFan
from storage.records import DiscordId
from tests.database_reader import opened
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again
from tests.proofs.soak import bridge_ledger
from tests.proofs.soak.creator_setup import labels
from tests.proofs.soak.script_players import ReplyAttempt
from tests.proofs.soak.soak_script import ScriptStep

_SOON = 3  # seconds from now, as Discord itself writes a time


# ── a promise is due ──


async def _somebody_new(bench: CrashpointScenario) -> None:
    """A fan to whom nothing is promised."""
    fan = await bench.new_fan()
    await fan.write(bench.words())
    await bench.thread(fan)


async def _promised(bench: CrashpointScenario) -> None:
    """Whoever promised is reminded, and keeps it; safe to begin again."""
    house, fan = bench.house(), bench.house().fans[-1]
    thread, member = await bench.thread(fan), house.members[0]
    if not _promises(bench, fan):
        until = f"<t:{int(time.time()) + _SOON}>"
        asked = await member.slash(house.guild, thread, "fan promise add", what=bench.words(), until=until)
        await asked.done(PATIENCE)
    await bench.town.discord.world.until(lambda: _reminders(bench, fan) or None, PATIENCE)
    if "open" in _promises(bench, fan):
        kept = await member.slash(house.guild, thread, "fan promise done")
        await kept.done(PATIENCE)


async def _reminded_once(bench: CrashpointScenario) -> None:
    """However it was interrupted: one promise, one reminder, and it is kept."""
    await begin_again(bench, _promised)
    await bench.quiet()
    fan = bench.house().fans[-1]
    assert _promises(bench, fan) == ["kept"], f"promises: {_promises(bench, fan)}"
    assert len(_reminders(bench, fan)) == 1, f"reminded {len(_reminders(bench, fan))} times"


def _promises(bench: CrashpointScenario, fan: StandInFan) -> list[str]:
    """The states of what this fan was promised."""
    with opened(bench.town.database) as db:
        found = db.rows("SELECT state FROM promises WHERE fan_uuid = :fan", fan=fan.uuid)
        return [str(row["state"]) for row in found]


def _reminders(bench: CrashpointScenario, fan: StandInFan) -> list[int]:
    """Every message that ever reminded of it."""
    made = bench.town.discord.ledger.of("message_created")
    return [
        entry.data["message_id"]
        for entry in made
        if "A promise is due" in entry.data["text"] and fan.handle in entry.data["text"]
    ]


# ── what is typed goes to the fan ──


async def reads_what_is_typed(bench: CrashpointScenario) -> None:
    """From its next start on the bridge reads what people type; that harms no other scene."""
    application = bench.town.discord.world.applications[APPLICATION_ID]
    application.intents_enabled |= {"message_content"}
    bench.town.bridge._settings["MESSAGE_CONTENT"] = "on"


async def _who_types(bench: CrashpointScenario) -> None:
    """A house where nobody was asked yet."""
    await reads_what_is_typed(bench)
    await bench.open(await bench.new_house())
    house = bench.town.houses[-1]
    await house.fans[0].write(bench.words())
    await bench.thread(house.fans[0], house)


async def _typed(bench: CrashpointScenario) -> None:
    """A member types twice: the first message is asked about, the second goes out; safe to begin again."""
    house = bench.town.houses[-1]
    fan, thread = house.fans[0], await bench.thread(house.fans[0], house)
    asked = await house.owner.slash(house.guild, thread, "inbox typing", state="on")
    await asked.done(PATIENCE)
    for number in ("first", "second"):
        text = f"typed {number} in house {house.number}"
        if not any(attempt.step.text == text for attempt in bench.attempts):  # nobody types it twice
            message = await house.members[0].say(thread, text)
            known = cause_of(DiscordId(message.id))
            step = ScriptStep(0, house.number, 0, "replies", text)
            bench.attempts.append(ReplyAttempt(house, fan, step, asked, waits=True, typed=known))
        await _goes_out(bench, thread, fan, text)


async def _goes_out(bench: CrashpointScenario, thread: StandInChannel, fan: StandInFan, text: str) -> None:
    """Its member says that it goes, as often as they are asked."""
    world, member = bench.town.discord.world, bench.town.houses[-1].members[0]

    def arrived() -> bool:
        return any(one.text == text for one in fan.inbox()) or text in _discarded(bench)

    while not arrived():
        await world.until(lambda: arrived() or _question(bench, thread), PATIENCE)
        question = _question(bench, thread)
        if not arrived() and question is not None:
            await (await member.click(question, "Send")).done(PATIENCE)
            await _over(bench, question, arrived)
    await world.until(lambda: not _stands(bench, thread, text) or None, PATIENCE)


async def _typed_once(bench: CrashpointScenario) -> None:
    """However it was interrupted: the fan has each text once, and nothing typed is left in the thread."""
    await bench.quiet()  # somebody decides about what was not found in the chat
    await begin_again(bench, _typed)
    await bench.quiet()
    house, gone = bench.town.houses[-1], _discarded(bench)
    got = [one.text for one in house.fans[0].inbox()]
    said = [f"typed {number} in house {house.number}" for number in ("first", "second")]
    assert sorted(map(str, got)) == [text for text in said if text not in gone], f"got {got}"


async def _takes_away(bench: CrashpointScenario) -> None:
    """A member types, is asked, and takes it away instead."""
    house = bench.town.houses[-1]
    thread = await bench.thread(house.fans[0], house)
    asked = await house.owner.slash(house.guild, thread, "inbox typing", state="on")
    await asked.done(PATIENCE)
    message = await house.members[0].say(thread, _never(bench))
    await bench.town.discord.world.until(lambda: _question(bench, thread), PATIENCE)
    await house.members[0].delete(message)
    await bench.town.discord.world.until(lambda: _question(bench, thread) is None, PATIENCE)


async def _stays_inside(bench: CrashpointScenario) -> None:
    """However it was interrupted: whoever is still asked says no, and the fan never has it."""
    await bench.quiet()
    house = bench.town.houses[-1]
    thread = await bench.thread(house.fans[0], house)

    async def keep(bench: CrashpointScenario) -> None:
        if (question := _question(bench, thread)) is not None:
            await (await house.members[0].click(question, "Keep inside")).done(PATIENCE)

    await begin_again(bench, keep)
    await bench.quiet()
    got = [one.text for one in house.fans[0].inbox()]
    assert _never(bench) not in got, f"got {got}"


def _never(bench: CrashpointScenario) -> str:
    return f"typed never in house {bench.town.houses[-1].number}"


def _discarded(bench: CrashpointScenario) -> set[str]:
    """What a member gave up, once it was looked for in vain."""
    sends = bridge_ledger.read(bench.town.database).sends
    cancelled = {name for name, send in sends.items() if send.state == "cancelled"}
    return {attempt.step.text for attempt in bench.attempts if attempt.typed in cancelled}


async def _over(bench: CrashpointScenario, question: StandInMessage, arrived: Callable[[], bool]) -> None:
    """Until it is answered, or what it asks about has gone out all the same."""
    await bench.town.discord.world.until(lambda: arrived() or _is_answered(question) or None, PATIENCE)


def _is_answered(question: StandInMessage) -> bool:
    """Where the bridge died between the message and this, one question is answered and another follows."""
    return "Keep inside" not in labels(question)


def _stands(bench: CrashpointScenario, thread: StandInChannel, text: str) -> bool:
    """Whether what a member typed stands in the thread."""
    there = bench.town.discord.world.messages.get(thread.id, {}).values()
    return any(one.content == text and not one.author.bot and not one.deleted for one in there)


def _question(bench: CrashpointScenario, thread: StandInChannel) -> StandInMessage | None:
    """What asks the member last; an older one may stand there that was answered as the bridge died."""
    there = bench.town.discord.world.messages.get(thread.id, {}).values()
    asking = [one for one in there if not one.deleted and not _is_answered(one)]
    return max(asking, key=lambda one: one.id, default=None)


WORDS: Mapping[str, CrashpointScene] = {
    "promised": CrashpointScene(
        _promised,
        before=_somebody_new,
        mend=_reminded_once,
        reaches=("deed.ping.owed/", "commit/tasks.PromiseReminderTask._look_at"),
    ),
    "typed": CrashpointScene(
        _typed,
        before=_who_types,
        mend=_typed_once,
        reaches=(
            "deed.typed.gone/",
            "commit/service.MessageReplyService.",
            "commit/setting.MessageReplySetting.switch",
        ),
    ),
    "typed, taken away": CrashpointScene(
        _takes_away,
        before=_who_types,
        mend=_stays_inside,
        reaches=("commit/change_service.MessageChangeService.gone/",),
    ),
}
