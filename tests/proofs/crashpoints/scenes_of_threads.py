"""Scenes in threads: fans write and pay, members answer, Discord errs."""

from collections.abc import Mapping

from bot.sandbox.fanvue.chat_actions import ChatWords, creator_says
from bot.sandbox.fanvue.records import BROADCAST, MessageId
from storage.engine.connect import open_database
from storage.money.credit_sent import MASS, SentItem, add
from storage.records import CreatorId, DiscordId
from tests.proofs.crashpoints import scenes_of_boards
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, died_at, nothing
from tests.proofs.crashpoints.scenes_of_questions import asked
from tests.proofs.soak.creator_setup import labels

SEND = "/chats/[^/]+/message$|/messages?$"

# ── fans ──


async def _fan_writes(bench: CrashpointScenario) -> None:
    await bench.fan().write(bench.words())


async def _missed(bench: CrashpointScenario) -> None:
    """No webhook tells of it: the next process finds it at its first look."""
    await bench.town.bridge.kill()
    bench.town.fanvue.faults.webhooks.drop_next += 1
    await _fan_writes(bench)


async def _stranger_writes(bench: CrashpointScenario) -> None:
    fan = await bench.new_fan()
    await fan.write(bench.words())
    await fan.write(bench.words())
    await bench.thread(fan)


async def _joins(bench: CrashpointScenario) -> None:
    await bench.new_fan()


async def _names_only(bench: CrashpointScenario) -> None:
    world = bench.town.fanvue.world
    world.switches.text_in_events = False
    await bench.fan().write(bench.words(), media=1)
    world.switches.text_in_events = True


async def _unreadable(bench: CrashpointScenario) -> None:
    """The text cannot be read for longer than the thread waits for it: it is read behind the post."""
    bench.town.fanvue.faults.add("error_before", "GET", "/messages", count=6, status=503)
    await _names_only(bench)


async def _money(bench: CrashpointScenario) -> None:
    await bench.fan().tip(700)
    await (await bench.new_fan()).follow()


async def _elsewhere(bench: CrashpointScenario) -> None:
    bench.town.fanvue.world.write_as_creator(bench.fan(), bench.words())


async def _launched_before(bench: CrashpointScenario) -> None:
    """A member launched a mass message once: from then on it is remembered of which one a copy is."""
    sent = SentItem("launched once", MASS, 1, member=DiscordId(1))
    database = await open_database(bench.town.database, now=0)
    try:
        await database.write(lambda tx: add(tx, CreatorId(bench.house().creator.uuid), sent))
    finally:
        await database.close()


async def _to_everybody(bench: CrashpointScenario) -> None:
    """A mass message is the last of a lively chat; no event tells of it: the next process finds it."""
    await _fan_writes(bench)
    await bench.quiet()
    await bench.town.bridge.kill()
    await _launched_before(bench)
    world = bench.town.fanvue.world
    words = ChatWords(bench.words(), type=BROADCAST, broadcast=MessageId(world.new_id()))
    creator_says(world, bench.fan().bond, words)


# ── replies ──


async def _reply(bench: CrashpointScenario) -> None:
    await bench.reply(bench.fan())
    offer = await bench.reply(bench.fan(), dollars=9)
    world = bench.town.fanvue.world
    await world.until(lambda: any(m.text == offer.step.text for m in bench.fan().inbox()), PATIENCE)
    for message in bench.fan().inbox():
        if message.price and message.purchased_at is None:
            await bench.fan().buy(message.uuid)
    await bench.fan().read()


async def _answer_lost(bench: CrashpointScenario) -> None:
    bench.town.fanvue.faults.add("lose_answer", "POST", SEND)
    await bench.reply(bench.fan())


async def _not_sent(bench: CrashpointScenario) -> None:
    bench.town.fanvue.faults.add("too_many", "POST", SEND)
    await bench.reply(bench.fan())


async def _absent(bench: CrashpointScenario) -> int:
    """A reply that is not there after all; the message that asks what to do."""
    bench.town.fanvue.faults.add("error_before", "POST", SEND, status=502)
    await bench.reply(bench.fan())
    known = set(bench.minder.asked)

    def asks() -> int:
        bench.minder.notice()
        return next(iter(bench.minder.asked - known), 0)

    return await bench.town.discord.world.until(asks, PATIENCE)


async def _press(bench: CrashpointScenario, label: str) -> None:
    asking = bench.minder.message(await _absent(bench))
    if asking is not None and label in labels(asking):
        answer = await bench.house().members[0].click(asking, label)
        await answer.done(PATIENCE)


async def _again(bench: CrashpointScenario) -> None:
    await _press(bench, "Send again")


async def _drop(bench: CrashpointScenario) -> None:
    await _press(bench, "Discard")


async def _refused(bench: CrashpointScenario) -> None:
    bench.fan().block()
    try:
        await bench.reply(bench.fan())

        def asks() -> bool:
            bench.minder.notice()
            return bool(bench.minder.waiting)

        await bench.town.discord.world.until(asks, PATIENCE)
    finally:
        bench.fan().unblock()


async def _renewed(bench: CrashpointScenario) -> None:
    """The access token stops working early; a new one is fetched, and the reply goes out."""
    for access in bench.town.fanvue.world.tokens._access.values():
        access.alive = False
    await bench.reply(bench.fan())


async def _renewed_unclear(bench: CrashpointScenario) -> None:
    bench.town.fanvue.faults.add("lose_answer", "POST", "/oauth2/token")
    await _renewed(bench)


# ── Discord's answers ──


async def _thread_lost(bench: CrashpointScenario) -> None:
    bench.town.discord.faults.lose_answer("POST", "/threads$")
    await _stranger_writes(bench)


async def _thread_late(bench: CrashpointScenario) -> None:
    bench.town.discord.faults.late("POST", "/threads$", 0.5)
    await _stranger_writes(bench)


async def _line_lost(bench: CrashpointScenario) -> None:
    bench.town.discord.faults.lose_answer("POST", "/messages$", times=2)
    await _fan_writes(bench)


async def _thread_settled(bench: CrashpointScenario) -> None:
    fan = await bench.new_fan()
    await fan.write(bench.words())
    await bench.thread(fan)
    await bench.quiet()


async def _thread_gone(bench: CrashpointScenario) -> None:
    """A fan's thread is deleted by hand; the next line opens another one."""
    fan = bench.house().fans[-1]
    bench.delete_thread(await bench.thread(fan), fan)
    await fan.write(bench.words())
    await bench.thread(fan)


async def _answer_not_taken(bench: CrashpointScenario) -> None:
    bench.town.discord.faults.lose_answer("POST", "/callback$")
    await bench.reply(bench.fan())


async def _server_changes(bench: CrashpointScenario) -> None:
    """Discord tells of a change on the server: what was paused there is tried again."""
    bench.town.discord.world.add_channel(bench.house().guild, "another-room")


# ── starting ──


async def _one_reply(bench: CrashpointScenario) -> None:
    await bench.reply(bench.fan())


async def _claimed(bench: CrashpointScenario) -> None:
    """Who answers has the fan for a while; it is the next process that ends it."""
    await bench.reply(bench.fan())
    await bench.quiet()
    await bench.lapsed()


THREADS: Mapping[str, CrashpointScene] = {
    "fan writes": CrashpointScene(_fan_writes),
    "missed": CrashpointScene(
        nothing,
        before=_missed,
        leaves=True,
        reaches=("commit/finding.Finding.keep/", "commit/sweep_chats.Chats._seen/"),
    ),
    "stranger writes": CrashpointScene(_stranger_writes),
    "joined": CrashpointScene(nothing, before=_joins, reaches=("commit/sweep_money.Money._subscribed/",)),
    "names only": CrashpointScene(_names_only),
    "unreadable": CrashpointScene(_unreadable),
    "money": CrashpointScene(_money),
    "elsewhere": CrashpointScene(_elsewhere),
    "to everybody": CrashpointScene(
        nothing,
        before=_to_everybody,
        leaves=True,
        reaches=("commit/arriving.Arriving.look/", "commit/copies.Copies.look/"),
    ),
    "reply": CrashpointScene(_reply, reaches=("deed.chat.look/",)),
    "asked": CrashpointScene(asked),
    "answer lost": CrashpointScene(_answer_lost),
    "not sent": CrashpointScene(_not_sent),
    "again": CrashpointScene(_again),
    "drop": CrashpointScene(_drop),
    "refused": CrashpointScene(_refused),
    "refused at start": CrashpointScene(
        nothing, before=_refused, leaves=True, reaches=("commit/troubles.Troubles.look/",)
    ),
    "renewed": CrashpointScene(
        _renewed,
        reaches=("commit/renewing.Renewing._mark/", "commit/renewing.Renewing.store/", "oauth/refresh/"),
    ),
    "renewed, unclear": CrashpointScene(_renewed_unclear),
    "thread lost": CrashpointScene(_thread_lost),
    "thread late": CrashpointScene(_thread_late),
    "line lost": CrashpointScene(_line_lost, reaches=("commit/endings.Endings.reopen/",)),
    "thread gone": CrashpointScene(_thread_gone, before=_thread_settled),
    "server changes": CrashpointScene(_server_changes, reaches=("commit/problems.Problems.guild_changed/",)),
    "board deleted": CrashpointScene(
        scenes_of_boards.deleted,
        before=scenes_of_boards.waits,
        reaches=("commit/noticing.Noticing._want/", "deed.board.waiting/do/"),
    ),
    "not taken": CrashpointScene(_answer_not_taken),
    "staged at start": CrashpointScene(
        nothing,
        before=died_at("reply/accept/before", _one_reply),
        leaves=True,
        reaches=("deed.answer/", "discord/answer/"),
    ),
    "sending at start": CrashpointScene(
        nothing, before=died_at("fanvue/send/after", _one_reply), leaves=True
    ),
    "claim over": CrashpointScene(
        nothing, before=_claimed, leaves=True, reaches=("commit/ending.Ending.look/",)
    ),
}
