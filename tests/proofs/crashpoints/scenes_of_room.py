"""Scenes in which a server, or a forum, has little room."""

from collections.abc import Mapping

from bot.sandbox.discord.model import FORUM
from tests.database_reader import opened
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, Deed


def _with(**settings: str) -> Deed:
    """The next process has these settings; two fans are answered, and nothing is left to do."""

    async def before(bench: CrashpointScenario) -> None:
        other = await bench.new_fan()
        await other.write(bench.words())
        await bench.thread(other)
        for fan in (bench.fan(), other):
            bench.town.fanvue.world.write_as_creator(fan, bench.words())
        await bench.quiet()
        await bench.town.bridge.kill()
        bench.town.bridge._settings |= settings

    return before


def _usual(bench: CrashpointScenario) -> bool:
    """Whatever process comes after this one has the settings of all others; whether it would not have."""
    settings = bench.town.bridge._settings
    left = [name for name in ("ACTIVE_THREADS", "FORUM_FANS") if name in settings]
    for name in left:
        del settings[name]
    return bool(left)


async def _go_on_as_usual(bench: CrashpointScenario) -> None:
    """It may have died before anybody acted."""
    if _usual(bench):
        await bench.restart()


async def _no_room(bench: CrashpointScenario) -> None:
    _usual(bench)
    thread = (await bench.thread(bench.fan())).thread
    assert thread is not None
    await bench.town.discord.world.until(lambda: thread.archived, PATIENCE)
    await bench.fan().write(bench.words())
    await bench.town.discord.world.until(lambda: not thread.archived, PATIENCE)


async def _full(bench: CrashpointScenario) -> None:
    _usual(bench)
    before = _forums(bench)
    await (await bench.new_fan()).write(bench.words())
    await bench.town.discord.world.until(lambda: _forums(bench) > before, PATIENCE)


async def _full_unanswered(bench: CrashpointScenario) -> None:
    """The forum is made, and nobody says so: it is looked for."""
    bench.town.discord.faults.lose_answer("POST", "/channels$")
    await _full(bench)


async def _none_too_many(bench: CrashpointScenario) -> None:
    """However often it died: the bridge knows every forum that is there."""
    await _go_on_as_usual(bench)
    await bench.quiet()
    with opened(bench.town.database) as db:
        creator = bench.house().creator.uuid
        known = len(db.rows("SELECT 1 FROM forums WHERE creator_uuid = :creator", creator=creator))
    assert known == _forums(bench), f"{_forums(bench)} forums, of which the bridge knows {known}"


def _forums(bench: CrashpointScenario) -> int:
    world = bench.town.discord.world
    return sum(world.channels[one].type == FORUM for one in bench.house().guild.channel_ids)


ROOM: Mapping[str, CrashpointScene] = {
    "no room on the server": CrashpointScene(
        _no_room,
        before=_with(ACTIVE_THREADS="2"),
        mend=_go_on_as_usual,
        leaves=True,
        reaches=("deed.thread.rest/do/",),
    ),
    "a full forum": CrashpointScene(
        _full,
        before=_with(FORUM_FANS="1"),
        mend=_none_too_many,
        leaves=True,
        reaches=("deed.forum.more/do/", "forums/make/"),
    ),
    "a full forum, unanswered": CrashpointScene(
        _full_unanswered,
        before=_with(FORUM_FANS="1"),
        mend=_none_too_many,
        leaves=True,
        reaches=("forums/find/",),
    ),
}
