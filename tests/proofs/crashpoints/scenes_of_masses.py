"""Scenes of mass messages to many: they wait, are cancelled, leave fans out."""

from collections.abc import Mapping

from bot.sandbox.discord.model import StandInMessage, walk
from storage.database import Transaction
from tests.database_reader import opened
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again, while_down
from tests.proofs.soak.creator_setup import SetupNotSeen, labels
from tests.proofs.soak.owner_actions import SEND, write_to_all


async def _creator(bench: CrashpointScenario, **options: str) -> None:
    """A creator of her own: these limits are no other scene's. One member may send, too."""
    await bench.open(await bench.new_house())
    house = bench.town.houses[-1]
    set_to = await house.owner.slash(house.guild, house.lobby, "mass limits", **options)
    await set_to.until(lambda now: "From now on" in now.text, PATIENCE)
    who = {"to": house.members[0].user.id, "role": "manager"}
    granted = await house.owner.slash(house.guild, house.lobby, "team grant", **who)
    await granted.done(PATIENCE)
    if "Yes, do it" in labels(granted.message):
        await house.owner.click(granted.message, "Yes, do it")
        await granted.until(lambda now: "Yes, do it" not in labels(now.message), PATIENCE)


def _lines(bench: CrashpointScenario) -> list[StandInMessage]:
    """What stands in her alerts channel."""
    world, house = bench.town.discord.world, bench.town.houses[-1]
    channels = [world.channels[one] for one in house.guild.channel_ids]
    alerts = [one.id for one in channels if one.name.endswith("-alerts")]
    return [line for one in alerts for line in list(world.messages.get(one, {}).values())]


async def _line(bench: CrashpointScenario, custom_id: str) -> StandInMessage:
    """The line with this button, once it is there."""

    def found() -> StandInMessage | None:
        return next((one for one in _lines(bench) if custom_id in _ids(one)), None)

    line = await bench.town.discord.world.until(found, PATIENCE)
    assert line is not None
    return line


def _ids(message: StandInMessage) -> list[str]:
    return [str(part.get("custom_id")) for part in walk(message.components)]


def _rows(bench: CrashpointScenario, sql: str) -> list[str]:
    with opened(bench.town.database) as db:
        creator = bench.town.houses[-1].creator.uuid
        return [str(row["id"]) for row in db.rows(sql) if row["creator_uuid"] == creator]


# ── it waits, and is sent at its time or is cancelled ──

_PENDING = "SELECT id, creator_uuid FROM outbox WHERE kind = 'proposed.mass' AND state = 'pending'"


async def _brief(bench: CrashpointScenario) -> None:
    await _creator(bench, hold="1", hold_above="0", typed_above="off", second_above="off")


async def _long(bench: CrashpointScenario) -> None:
    await _creator(bench, hold="900", hold_above="0", typed_above="off", second_above="off")


async def _waits(bench: CrashpointScenario) -> None:
    """Confirmed, a second passes, and it goes out."""
    answer = await write_to_all(bench.town.houses[-1], bench.words())
    if answer is not None:
        await answer.until(lambda now: "Mass message sent" in now.text, PATIENCE)


async def _waits_again(bench: CrashpointScenario) -> None:
    """What was confirmed goes out by itself; whose command met a dead bridge gives it again."""
    await bench.quiet()
    await begin_again(bench, _waits)


async def _cancels(bench: CrashpointScenario) -> None:
    """Confirmed, and cancelled from the alerts channel by another one who may send."""
    answer = await write_to_all(bench.town.houses[-1], bench.words())
    if answer is not None:
        await answer.until(lambda now: "is sent at" in now.text, PATIENCE)
        await _cancel_all(bench)
        await answer.until(lambda now: "not sent" in now.text, PATIENCE)


async def _cancel_all(bench: CrashpointScenario) -> None:
    for effect in _rows(bench, _PENDING):
        line = await _line(bench, f"v1:propose.stop:{effect}")
        pressed = await bench.town.houses[-1].members[0].click(line, "Cancel")
        await pressed.done(PATIENCE)


async def _nothing_left(bench: CrashpointScenario) -> None:
    """Whoever met a dead bridge presses again; nothing went out, whenever it died."""
    await begin_again(bench, _cancel_all)
    await begin_again(bench, _cancels)
    await bench.quiet()
    sent = bench.town.fanvue.ledger.of("mass", creator=bench.town.houses[-1].creator.uuid)
    assert not sent, f"{len(sent)} mass messages went out that were cancelled"


# ── a second person ──

_WAITING = "SELECT draft_id AS id, creator_uuid FROM mass_requests WHERE state = 'open' ORDER BY made_at"
_EXPIRED = "SELECT draft_id AS id, creator_uuid FROM mass_requests WHERE state = 'expired'"


async def _strict(bench: CrashpointScenario) -> None:
    await _creator(bench, second_above="0", hold="off", typed_above="off")


async def _asks(bench: CrashpointScenario) -> str:
    """Confirmed by her; the request that waits for somebody else."""
    answer = await write_to_all(bench.town.houses[-1], bench.words(), "Ask for a second confirmation")
    if answer is None:
        raise SetupNotSeen("nothing is shown to confirm")
    await answer.until(lambda now: "waiting for a second person" in now.text, PATIENCE)
    return _rows(bench, _WAITING)[-1]


async def _decides(bench: CrashpointScenario, label: str, end: str) -> None:
    """Asked, and a member looks at it and gives their word."""
    member, request = bench.town.houses[-1].members[0], await _asks(bench)
    look = await member.click(await _line(bench, f"v1:second.look:{request}"), "Review it")
    await look.done(PATIENCE)
    word = next((one for one in labels(look.message) if one.startswith(label)), None)
    if word is None:
        raise SetupNotSeen("there is no such button")
    await member.click(look.message, word)
    await look.until(lambda now: end in now.text, PATIENCE)


async def _approves(bench: CrashpointScenario) -> None:
    house = bench.town.houses[-1]
    before = len(bench.town.fanvue.ledger.of("mass", creator=house.creator.uuid))
    await _decides(bench, SEND, "on its way")

    def sent() -> bool:
        return len(bench.town.fanvue.ledger.of("mass", creator=house.creator.uuid)) > before

    await bench.town.discord.world.until(sent, PATIENCE)


async def _refuses(bench: CrashpointScenario) -> None:
    await _decides(bench, "Refuse", "refused it")


async def _approves_again(bench: CrashpointScenario) -> None:
    await bench.quiet()
    await begin_again(bench, _approves)


async def _refuses_again(bench: CrashpointScenario) -> None:
    await begin_again(bench, _refuses)
    await bench.quiet()
    sent = bench.town.fanvue.ledger.of("mass", creator=bench.town.houses[-1].creator.uuid)
    assert not sent, f"{len(sent)} mass messages went out that were refused"


async def _a_day_over(bench: CrashpointScenario) -> None:
    """Asked a day ago; no process is there."""
    await _strict(bench)
    await _asks(bench)
    await while_down(bench, _over)


async def _over(tx: Transaction) -> None:
    await tx.execute("UPDATE mass_requests SET until_at = 1 WHERE state = 'open'")


async def _expires(bench: CrashpointScenario) -> None:
    """By itself."""
    await bench.town.discord.world.until(lambda: _told(bench), PATIENCE)


async def _told_once(bench: CrashpointScenario) -> None:
    await _expires(bench)
    await bench.quiet()
    assert _told(bench) == len(_rows(bench, _EXPIRED)) == 1


def _told(bench: CrashpointScenario) -> int:
    return sum("nobody answered within 24 hours" in line.text for line in _lines(bench))


# ── it leaves out who had enough ──


async def _capped(bench: CrashpointScenario) -> None:
    """A list got one, which is as many as the cap."""
    await _creator(bench, hold="off", typed_above="off", second_above="off", cap="1 in 7 days")
    house = bench.town.houses[-1]
    bench.town.fanvue.world.add_list(house.creator, "Enough", house.fans[:1])
    shown = await house.owner.slash(house.guild, house.lobby, "mass new", to="Enough", text=bench.words())
    await shown.done(PATIENCE)
    await house.owner.click(shown.message, next(one for one in labels(shown.message) if one.startswith(SEND)))
    await shown.until(lambda now: "Mass message sent" in now.text, PATIENCE)
    await bench.quiet()


async def _leaves_out(bench: CrashpointScenario) -> None:
    """To everybody, without who had one; their list is made before."""
    house = bench.town.houses[-1]
    shown = await house.owner.slash(
        house.guild, house.lobby, "mass new", to="subscribers", text=bench.words()
    )
    await shown.done(PATIENCE)
    if "Leave them out" not in labels(shown.message):
        raise SetupNotSeen("nobody is over the cap")
    await house.owner.click(shown.message, "Leave them out")
    await shown.until(lambda now: "Leaves out" in now.text, PATIENCE)
    await house.owner.click(shown.message, next(one for one in labels(shown.message) if one.startswith(SEND)))
    # Planned a little ahead, so that its count can be looked at before anybody has it.
    await shown.until(lambda now: "Mass message scheduled for" in now.text, PATIENCE)


async def _left_out(bench: CrashpointScenario) -> None:
    """What was confirmed goes out by itself, once; whoever had one has no second one."""
    await bench.quiet()
    await begin_again(bench, _leaves_out)
    await bench.quiet()
    house = bench.town.houses[-1]
    sent = bench.town.fanvue.ledger.of("mass", creator=house.creator.uuid)
    got = [one["text"] for one in sent if house.fans[0].uuid in one["recipients"]]
    assert len(got) == 1, f"whoever was to be left out got {len(got)} mass messages"
    assert len({one["text"] for one in sent}) == len(sent), "a mass message went out twice"


MASSES: Mapping[str, CrashpointScene] = {
    "mass, waits": CrashpointScene(
        _waits,
        before=_brief,
        mend=_waits_again,
        reaches=("commit/service.ProposalService._confirm/", "deed.proposed.mass/do/"),
    ),
    "mass, cancelled while it waits": CrashpointScene(
        _cancels,
        before=_long,
        mend=_nothing_left,
        reaches=("commit/cancellation_service.MassMessageCancellationService.stop/",),
    ),
    "mass, second person": CrashpointScene(
        _approves,
        before=_strict,
        mend=_approves_again,
        reaches=(
            "commit/service.ProposalService._confirm/",
            "commit/second_person_service.SecondPersonService.approve/",
            "commit/second_person_service.SecondPersonService._approve/",
            "deed.proposed.mass/do/",
        ),
    ),
    "mass, refused": CrashpointScene(
        _refuses,
        before=_strict,
        mend=_refuses_again,
        reaches=("commit/second_person_service.SecondPersonService.refuse/",),
    ),
    "mass, leaves out": CrashpointScene(
        _leaves_out,
        before=_capped,
        mend=_left_out,
        reaches=(
            "commit/service.ProposalService._confirm/",
            "deed.list.whom/do/",
            "deed.list.make/do/",
            "deed.list.add/do/",
            "deed.proposed.mass/ready/",
            "deed.proposed.mass/do/",
        ),
    ),
    "mass, unanswered for a day": CrashpointScene(
        _expires,
        before=_a_day_over,
        mend=_told_once,
        leaves=True,
        reaches=("commit/expiry.ExpiryTask.look/",),
    ),
}
