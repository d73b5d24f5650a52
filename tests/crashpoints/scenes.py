"""Short scenes that together reach every place where the bridge may die.

`before` happens while the bridge is not armed, `act` while it is; both may be cut short anywhere.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from bot.failpoints import ARM
from tests.crashpoints.bench import Bench
from tests.soak.confirming import SEND as SEND_TO
from tests.soak.confirming import publish, say_what_is_there, write_to_all
from tests.soak.counting import DIGESTS, digests
from tests.soak.opening import INTERRUPTED, labels
from tests.soak.town import House

_PATIENCE = 30.0
SEND = "/chats/[^/]+/message$|/messages?$"

Deed = Callable[[Bench], Awaitable[None]]


async def _nothing(_bench: Bench) -> None:
    return


@dataclass(frozen=True)
class Scene:
    """One scene; `mend` puts right, afterwards, what only a person can: they begin again."""

    act: Deed
    before: Deed = _nothing
    mend: Deed = _nothing


# ── fans ──


async def _fan_writes(bench: Bench) -> None:
    await bench.fan().write(bench.words())


async def _stranger_writes(bench: Bench) -> None:
    fan = await bench.new_fan()
    await fan.write(bench.words())
    await fan.write(bench.words())
    await bench.thread(fan)


async def _names_only(bench: Bench) -> None:
    world = bench.town.fanvue.world
    world.switches.text_in_events = False
    await bench.fan().write(bench.words(), media=1)
    world.switches.text_in_events = True


async def _unreadable(bench: Bench) -> None:
    """The text cannot be read for longer than the thread waits for it: it is read behind the post."""
    bench.town.fanvue.faults.add("error_before", "GET", "/messages", count=6, status=503)
    await _names_only(bench)


async def _money(bench: Bench) -> None:
    await bench.fan().tip(700)
    await (await bench.new_fan()).follow()


async def _elsewhere(bench: Bench) -> None:
    bench.town.fanvue.world.write_as_creator(bench.fan(), bench.words())


# ── replies ──


async def _reply(bench: Bench) -> None:
    await bench.reply(bench.fan())
    offer = await bench.reply(bench.fan(), dollars=9)
    world = bench.town.fanvue.world
    await world.until(lambda: any(m.text == offer.step.text for m in bench.fan().inbox()), _PATIENCE)
    for message in bench.fan().inbox():
        if message.price and message.purchased_at is None:
            await bench.fan().buy(message.uuid)
    await bench.fan().read()


async def _answer_lost(bench: Bench) -> None:
    bench.town.fanvue.faults.add("lose_answer", "POST", SEND)
    await bench.reply(bench.fan())


async def _not_sent(bench: Bench) -> None:
    bench.town.fanvue.faults.add("too_many", "POST", SEND)
    await bench.reply(bench.fan())


async def _absent(bench: Bench) -> int:
    """A reply that is not there after all; the message that asks what to do."""
    bench.town.fanvue.faults.add("error_before", "POST", SEND, status=502)
    await bench.reply(bench.fan())
    known = set(bench.minder.asked)

    def asks() -> int:
        bench.minder.notice()
        return next(iter(bench.minder.asked - known), 0)

    return await bench.town.discord.world.until(asks, _PATIENCE)


async def _press(bench: Bench, label: str) -> None:
    asking = bench.minder.message(await _absent(bench))
    if asking is not None and label in labels(asking):
        answer = await bench.house().members[0].click(asking, label)
        await answer.done(_PATIENCE)


async def _again(bench: Bench) -> None:
    await _press(bench, "Send again")


async def _drop(bench: Bench) -> None:
    await _press(bench, "Discard")


async def _refused(bench: Bench) -> None:
    bench.fan().block()
    try:
        await bench.reply(bench.fan())

        def asks() -> bool:
            bench.minder.notice()
            return bool(bench.minder.waiting)

        await bench.town.discord.world.until(asks, _PATIENCE)
    finally:
        bench.fan().unblock()


async def _renewed(bench: Bench) -> None:
    """The access token stops working early; a new one is fetched, and the reply goes out."""
    for access in bench.town.fanvue.world.tokens._access.values():
        access.alive = False
    await bench.reply(bench.fan())


async def _renewed_unclear(bench: Bench) -> None:
    bench.town.fanvue.faults.add("lose_answer", "POST", "/oauth2/token")
    await _renewed(bench)


# ── Discord's answers ──


async def _thread_lost(bench: Bench) -> None:
    bench.town.discord.faults.lose_answer("POST", "/threads$")
    await _stranger_writes(bench)


async def _thread_late(bench: Bench) -> None:
    bench.town.discord.faults.late("POST", "/threads$", 0.5)
    await _stranger_writes(bench)


async def _line_lost(bench: Bench) -> None:
    bench.town.discord.faults.lose_answer("POST", "/messages$", times=2)
    await _fan_writes(bench)


async def _thread_settled(bench: Bench) -> None:
    fan = await bench.new_fan()
    await fan.write(bench.words())
    await bench.thread(fan)
    await bench.quiet()


async def _thread_gone(bench: Bench) -> None:
    """A fan's thread is deleted by hand; the next line opens another one."""
    fan = bench.house().fans[-1]
    bench.delete_thread(await bench.thread(fan), fan)
    await fan.write(bench.words())
    await bench.thread(fan)


async def _answer_not_taken(bench: Bench) -> None:
    bench.town.discord.faults.lose_answer("POST", "/callback$")
    await bench.reply(bench.fan())


async def _server_changes(bench: Bench) -> None:
    """Discord tells of a change on the server: what was paused there is tried again."""
    bench.town.discord.world.add_channel(bench.house().guild, "another-room")


# ── linking ──


async def _links(bench: Bench) -> None:
    await bench.open(await bench.new_house())


async def _begin_again(bench: Bench, deed: Deed) -> None:
    for last in (False, False, True):
        try:
            await deed(bench)
        except INTERRUPTED:
            if last:
                raise
        else:
            break


async def _finish_linking(bench: Bench) -> None:
    """The owner whose browser met a dead bridge begins again."""
    house = bench.town.houses[-1]
    await _begin_again(bench, lambda bench: bench.open(house))
    fan = house.fans[0]
    await fan.write(bench.words())


async def _unlinks(bench: Bench) -> None:
    await _unlink(bench, bench.town.houses[-1])


async def _unlink(bench: Bench, house: House) -> None:
    asked = await house.owner.slash(house.guild, house.lobby, "unlink")
    await asked.done(_PATIENCE)
    if "Yes, disconnect" in labels(asked.message):
        answer = await house.owner.click(asked.message, "Yes, disconnect")
        await answer.until(lambda now: "is disconnected" in now.text, _PATIENCE)


async def _unlinked(bench: Bench) -> None:
    """What is owed to Fanvue is paid by the next process."""
    await _links(bench)
    await _unlink(bench, bench.town.houses[-1])


# ── the daily digest ──


async def _owner_of_digests(bench: Bench) -> None:
    """A creator of her own: a digest comes once a day, however often the scene is played."""
    await _links(bench)
    bench.town.discord.world.add_channel(bench.town.houses[-1].guild, DIGESTS)


async def _digest(bench: Bench) -> None:
    """Between these two zones lies a day, whatever the time is: the digest of that day is due at once."""
    house, world = bench.town.houses[-1], bench.town.discord.world
    channel = next(which for which in house.guild.channel_ids if world.channels[which].name == DIGESTS)
    wishes = (
        ("digest set", {"channel": channel, "hour": 0, "zone": "Pacific/Midway"}),
        ("digest zone", {"zone": "Pacific/Kiritimati"}),
    )
    for command, options in wishes:
        answer = await house.owner.slash(house.guild, house.lobby, command, **options)
        await answer.done(_PATIENCE)
    await world.until(lambda: digests(bench.town, house), _PATIENCE)


async def _finish_digest(bench: Bench) -> None:
    """The owner whose command met a dead bridge gives it again."""
    await _begin_again(bench, _digest)


# ── posts ──


async def _post(bench: Bench) -> None:
    """One preview is closed, another one is confirmed."""
    house = bench.house()
    closed = await house.owner.slash(
        house.guild, house.lobby, "post", text=bench.words(), media=house.media[0]
    )
    await closed.done(_PATIENCE)
    if closed.message is not None and "Cancel" in labels(closed.message):
        await house.owner.click(closed.message, "Cancel")
    answer = await publish(house, bench.words())
    if answer is not None:
        await answer.until(lambda now: "Post published" in now.text, _PATIENCE)


async def _post_unanswered(bench: Bench) -> None:
    bench.town.fanvue.faults.add("lose_answer", "POST", "/posts$")
    await _post(bench)


async def _post_absent(bench: Bench) -> None:
    """Nobody knows what became of it, and its owner is asked; that takes ten minutes, divided."""
    bench.town.fanvue.faults.add("error_before", "POST", "/posts$", status=502)
    assert await publish(bench.house(), bench.words()) is not None
    await bench.asked()


async def _says_what_is_there(bench: Bench) -> None:
    """She looks, and says that it is not there."""
    await say_what_is_there(bench.town)


async def _finish_post(bench: Bench) -> None:
    """The owner whose command met a dead bridge gives it again."""
    await _begin_again(bench, _post)


# ── mass messages ──


async def _mass(bench: Bench) -> None:
    answer = await write_to_all(bench.house(), bench.words())
    if answer is not None:
        await answer.until(lambda now: "Mass message sent" in now.text, _PATIENCE)


async def _mass_grown(bench: Bench) -> None:
    """Somebody subscribes between preview and press: it is shown again, and confirmed again."""
    house = bench.house()
    asked = await house.owner.slash(house.guild, house.lobby, "mass", to="subscribers", text=bench.words())
    await asked.done(_PATIENCE)
    for _ in range(2):
        offered = next((label for label in labels(asked.message) if label.startswith(SEND_TO)), None)
        if offered is None:
            return
        await bench.new_fan()
        await house.owner.click(asked.message, offered)
        await asked.until(lambda now, was=offered: was not in labels(now.message), _PATIENCE)  # type: ignore[misc]


async def _mass_unanswered(bench: Bench) -> None:
    bench.town.fanvue.faults.add("lose_answer", "POST", "/mass-messages$")
    await _mass(bench)


async def _mass_absent(bench: Bench) -> None:
    """Nobody knows what became of it, and its owner is asked; that takes ten minutes, divided."""
    bench.town.fanvue.faults.add("error_before", "POST", "/mass-messages$", status=502)
    assert await write_to_all(bench.house(), bench.words()) is not None
    await bench.asked()


async def _finish_mass(bench: Bench) -> None:
    """The owner whose command met a dead bridge gives it again."""
    await _begin_again(bench, _mass)


# ── starting ──


def _died_at(name: str, act: Deed) -> Deed:
    async def before(bench: Bench) -> None:
        await bench.town.bridge.kill()
        await bench.start(**{ARM: name})
        with suppress(*INTERRUPTED):
            await act(bench)
        assert await bench.died(_PATIENCE)

    return before


async def _one_reply(bench: Bench) -> None:
    await bench.reply(bench.fan())


SCENES: Mapping[str, Scene] = {
    "fan writes": Scene(_fan_writes),
    "stranger writes": Scene(_stranger_writes),
    "names only": Scene(_names_only),
    "unreadable": Scene(_unreadable),
    "money": Scene(_money),
    "elsewhere": Scene(_elsewhere),
    "reply": Scene(_reply),
    "answer lost": Scene(_answer_lost),
    "not sent": Scene(_not_sent),
    "again": Scene(_again),
    "drop": Scene(_drop),
    "refused": Scene(_refused),
    "renewed": Scene(_renewed),
    "renewed, unclear": Scene(_renewed_unclear),
    "thread lost": Scene(_thread_lost),
    "thread late": Scene(_thread_late),
    "line lost": Scene(_line_lost),
    "thread gone": Scene(_thread_gone, before=_thread_settled),
    "server changes": Scene(_server_changes),
    "not taken": Scene(_answer_not_taken),
    "staged at start": Scene(_nothing, before=_died_at("reply/accept/before", _one_reply)),
    "sending at start": Scene(_nothing, before=_died_at("fanvue/send/after", _one_reply)),
    "digest": Scene(_digest, before=_owner_of_digests, mend=_finish_digest),
    "post": Scene(_post, mend=_finish_post),
    "post, unanswered": Scene(_post_unanswered, mend=_finish_post),
    "post, absent": Scene(_says_what_is_there, before=_post_absent),
    "mass": Scene(_mass, mend=_finish_mass),
    "mass, grown": Scene(_mass_grown, mend=_finish_mass),
    "mass, unanswered": Scene(_mass_unanswered, mend=_finish_mass),
    "mass, absent": Scene(_says_what_is_there, before=_mass_absent),
    "links": Scene(_links, mend=_finish_linking),
    "unlinks": Scene(_unlinks, before=_links),
    "revokes at start": Scene(_nothing, before=_unlinked),
}
