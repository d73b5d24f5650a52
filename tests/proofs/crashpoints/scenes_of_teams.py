"""Scenes of teams and privacy: removing, leaving, forgetting."""

import re
from collections.abc import Mapping
from functools import partial

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import FORUM, StandInChannel
from bot.sandbox.discord.people import DiscordPerson
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again, until_taken
from tests.proofs.soak.creator_setup import SetupNotSeen, labels
from tests.proofs.soak.expected_alerts import alerts
from tests.proofs.soak.ledger_comparison import SoakFindings, lines

_NEWCOMER = "newcomer"
_ALL = re.compile(r"\b(\d+) of \1 channels are closed")


# ── somebody is taken out of the team ──


async def _newcomer(bench: CrashpointScenario) -> None:
    house, world = bench.house(), bench.town.discord.world
    world.add_member(house.guild, world.add_user(_NEWCOMER), [house.team])


def _newest(bench: CrashpointScenario) -> DiscordPerson:
    members = bench.house().guild.members.items()
    return bench.town.discord.person(max(one for one, member in members if member.user.name == _NEWCOMER))


async def _removes(bench: CrashpointScenario) -> None:
    house = bench.house()
    question = await until_taken(partial(_question, bench))
    if "Remove them" in labels(question.message):
        await house.owner.click(question.message, "Remove them")
        await question.until(lambda now: _ALL.search(now.text) is not None, PATIENCE)


async def _question(bench: CrashpointScenario) -> InteractionAnswer | None:
    house = bench.house()
    member = _newest(bench).user.id
    question = await house.owner.slash(house.guild, house.lobby, "team remove", member=member)
    await question.done(PATIENCE)
    return None if question.state == "failed" else question


async def _finish_removing(bench: CrashpointScenario) -> None:
    """The owner whose command met a dead bridge gives it again; who is removed sees nothing."""
    await bench.quiet()
    if any(_newest(bench).sees(channel) for channel in _channels(bench)):
        await begin_again(bench, _removes)
    seen = [channel.name for channel in _channels(bench) if _newest(bench).sees(channel)]
    assert not seen, f"a removed member still sees {seen}"


def _channels(bench: CrashpointScenario) -> list[StandInChannel]:
    """What is closed to them: every forum and the alerts."""
    world = bench.town.discord.world
    all_of_them = [world.channels[which] for which in bench.house().guild.channel_ids]
    return [one for one in all_of_them if one.type == FORUM or one.name.endswith("-alerts")]


# ── a creator leaves a server, and comes back ──


async def _leaves(bench: CrashpointScenario) -> None:
    """What a fan writes meanwhile waits, and appears once."""
    house = bench.house()
    asked = await house.owner.slash(house.guild, house.lobby, "account leave")
    await asked.done(PATIENCE)
    if "Yes, take it off" in labels(asked.message):
        pressed = await house.owner.click(asked.message, "Yes, take it off")
        await pressed.until(lambda now: "has left this server" in now.text, PATIENCE)
    await bench.fan().write(bench.words())
    await _comes_back(bench)


async def _comes_back(bench: CrashpointScenario) -> None:
    house = bench.house()
    back = await house.owner.slash(house.guild, house.lobby, "account return")
    await back.done(PATIENCE)
    if back.state == "failed":
        raise SetupNotSeen("/account return")


async def _finish_coming_back(bench: CrashpointScenario) -> None:
    """The owner whose command met a dead bridge gives it again."""
    await begin_again(bench, _comes_back)


# ── a fan is forgotten ──


async def _to_be_forgotten(bench: CrashpointScenario) -> None:
    """A subscriber with a thread; what stands there is to go, and nobody looks for it then."""
    await (await bench.new_fan()).follow()  # whose alerts share a message with theirs
    fan = await bench.new_fan()
    await fan.write(bench.words())
    await bench.thread(fan)
    await bench.quiet()
    shown = lines(bench.town, SoakFindings()) + alerts(bench.town, bench.gone)
    theirs = (fan.uuid, fan.handle)  # alerts name them by their handle
    bench.gone.update({line: often for line, often in shown.items() if line[1] in theirs})


async def _forgets(bench: CrashpointScenario) -> None:
    house, fan = bench.house(), bench.house().fans[-1]
    thread = bench.town.thread_of(house, fan)
    if thread is None:
        return
    asked = await house.owner.slash(house.guild, thread, "settings privacy forget")
    await asked.done(PATIENCE)
    if "Yes, do it" in labels(asked.message):
        await house.owner.click(asked.message, "Yes, do it")
        await bench.town.discord.world.until(lambda: bench.town.thread_of(house, fan) is None, PATIENCE)


async def _finish_forgetting(bench: CrashpointScenario) -> None:
    """The owner whose command met a dead bridge gives it again; nothing of the fan is left on Discord."""
    await bench.quiet()
    await begin_again(bench, _forgets)
    house = bench.house()
    assert bench.town.thread_of(house, house.fans[-1]) is None, "the thread of a forgotten fan is still there"


TEAMS: Mapping[str, CrashpointScene] = {
    "removes": CrashpointScene(
        _removes, before=_newcomer, mend=_finish_removing, reaches=("deed.access.bar/do/", "doors/bar/")
    ),
    "leaves": CrashpointScene(_leaves, mend=_finish_coming_back),
    "forgets": CrashpointScene(
        _forgets,
        before=_to_be_forgotten,
        mend=_finish_forgetting,
        reaches=("deed.gone.thread/do/", "deed.alert.anew/", "discord/delete_thread/"),
    ),
}
