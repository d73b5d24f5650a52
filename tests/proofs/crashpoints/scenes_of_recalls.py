"""Scenes of what is taken back: a reply, a mass message of unknown fate."""

from collections.abc import Mapping

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.fanvue.records import MassMessageRecord
from tests.database_reader import opened
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again
from tests.proofs.soak.creator_setup import SetupNotSeen, labels
from tests.proofs.soak.owner_actions import write_to_all

_BACK = "Take it back"
_ENDED = "SELECT id, creator_uuid FROM outbox WHERE kind = 'proposed.mass_end' AND state = 'done'"


async def _pressed(who: DiscordPerson, message: StandInMessage | None, label: str) -> InteractionAnswer:
    if message is None or label not in labels(message):
        raise SetupNotSeen(f"there is no {label}")
    answer = await who.click(message, label)
    return await answer.done(PATIENCE)


# ── a reply ──


async def _answers(bench: CrashpointScenario) -> None:
    await bench.reply(bench.fan())


async def _unsends(bench: CrashpointScenario) -> None:
    """A member presses Unsend under the newest reply that has it, and says yes."""
    member, thread = bench.house().members[0], await bench.thread(bench.fan())
    line = next((one for one in reversed(member.read(thread)) if "Unsend" in labels(one)), None)
    asked = await _pressed(member, line, "Unsend")
    await _pressed(member, asked.message, "Unsend")
    text = bench.attempts[-1].step.text
    await bench.town.discord.world.until(lambda: text not in _inbox(bench) or None, PATIENCE)


def _inbox(bench: CrashpointScenario) -> list[str]:
    return [message.text or "" for message in bench.fan().inbox()]


async def _unsent(bench: CrashpointScenario) -> None:
    """Whose press met a dead bridge presses again; it is gone for the fan."""
    await bench.quiet()
    if bench.attempts[-1].step.text in _inbox(bench):
        await begin_again(bench, _unsends)


# ── a mass message ──


async def _creator(bench: CrashpointScenario) -> None:
    """A creator of her own, whose mass messages leave at once."""
    await bench.open(await bench.new_house())
    house = bench.town.houses[-1]
    options = {"hold": "off", "hold_above": "off", "typed_above": "off", "second_above": "off"}
    set_to = await house.owner.slash(house.guild, house.lobby, "mass limits", **options)
    await set_to.done(PATIENCE)


async def _recalls(bench: CrashpointScenario) -> None:
    """Fanvue's answer is lost, and she takes it back before it is known whether it arrived."""
    house = bench.town.houses[-1]
    bench.town.fanvue.faults.add("lose_answer", "POST", "/mass-messages$")
    answer = await write_to_all(house, bench.words())
    if answer is None:
        raise SetupNotSeen("nothing is shown to confirm")
    await answer.until(lambda now: "checking" in now.text and _BACK in labels(now.message), PATIENCE)
    asked = await _pressed(house.owner, answer.message, _BACK)
    if _BACK in labels(asked.message):
        await house.owner.click(asked.message, _BACK)
        await asked.until(lambda now: "carried out" in now.text, PATIENCE)


async def _recall_what_is_there(bench: CrashpointScenario) -> None:
    house = bench.town.houses[-1]
    for one in _sent(bench):
        asked = await house.owner.slash(house.guild, house.lobby, "mass recall", campaign=one.uuid)
        await asked.done(PATIENCE)
        if _BACK not in labels(asked.message):
            raise SetupNotSeen("it cannot be taken back yet")
        await house.owner.click(asked.message, _BACK)
        await asked.until(lambda now: "carried out" in now.text, PATIENCE)


def _sent(bench: CrashpointScenario) -> list[MassMessageRecord]:
    made = bench.town.fanvue.world.mass_messages.values()
    creator = bench.town.houses[-1].creator.uuid
    return [one for one in made if one.creator == creator and one.status == "SENT"]


async def _recalled(bench: CrashpointScenario) -> None:
    """What she had said yes to was taken back by itself; whatever else went out, by another press."""
    await bench.quiet()
    creator = bench.town.houses[-1].creator.uuid
    with opened(bench.town.database) as db:
        ended = [row for row in db.rows(_ENDED) if row["creator_uuid"] == creator]
    assert not (ended and _sent(bench)), "a mass message was to be taken back, and the fans have it"
    await begin_again(bench, _recall_what_is_there)
    await bench.quiet()
    assert not _sent(bench), "a mass message is still there"


RECALLS: Mapping[str, CrashpointScene] = {
    "reply, unsent": CrashpointScene(
        _unsends,
        before=_answers,
        mend=_unsent,
        reaches=(
            "commit/unsend_service.UnsendService.unsend/",
            "deed.chat.unsend/ready/",
            "deed.chat.unsend/do/",
        ),
    ),
    "mass, taken back at once": CrashpointScene(
        _recalls,
        before=_creator,
        mend=_recalled,
        reaches=("deed.proposed.mass_end/ready/", "deed.proposed.mass_end/do/"),
    ),
}
