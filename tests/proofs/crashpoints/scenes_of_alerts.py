"""Scenes of alerts: told privately, a goal reached, several in one message."""

from collections.abc import Mapping

from bot.sandbox.discord.model import DM
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again

_KIND = "creator.follow.created"
_PAID = "creator.payment.succeeded"
_FOLD = "ALERT_FOLD_SECONDS"


async def _another_house(bench: CrashpointScenario) -> None:
    """Whose owner was told of nobody yet."""
    await bench.open(await bench.new_house())


async def _told_privately(bench: CrashpointScenario) -> None:
    """The owner wants to be told of followers, and one comes; safe to begin again."""
    house = bench.town.houses[-1]
    answer = await house.owner.slash(house.guild, house.lobby, "settings alerts mine", kind="follower")
    await answer.done(PATIENCE)
    if not bench.town.fanvue.ledger.of("event", type=_KIND, creator=house.creator.uuid):
        await house.fans[0].follow()
    await bench.town.discord.world.until(lambda: _private(bench) or None, PATIENCE)
    await bench.quiet()  # the channel is told as well


async def _told_once(bench: CrashpointScenario) -> None:
    """However it was interrupted, they were told once."""
    await begin_again(bench, _told_privately)
    told = _private(bench)
    assert len(told) == 1, f"told {len(told)} times"


async def _goal_reached(bench: CrashpointScenario) -> None:
    """The owner sets a goal, and a fan pays as much; safe to begin again."""
    house = bench.town.houses[-1]
    answer = await house.owner.slash(
        house.guild, house.lobby, "money goal set", amount="5", span="month", counts="gross"
    )
    await answer.done(PATIENCE)
    if not bench.town.fanvue.ledger.of("event", type=_PAID, creator=house.creator.uuid):
        await house.fans[0].tip(700)
    await bench.town.discord.world.until(lambda: _reached(bench) or None, PATIENCE)
    await bench.quiet()


async def _reached_once(bench: CrashpointScenario) -> None:
    """However it was interrupted, it was told once."""
    await begin_again(bench, _goal_reached)
    told = _reached(bench)
    assert len(told) == 1, f"told {len(told)} times"


def _reached(bench: CrashpointScenario) -> list[int]:
    """Every message that ever said in the last house that its goal is reached."""
    guild = bench.town.houses[-1].guild
    made = bench.town.discord.ledger.of("message_created")
    told = [entry.data for entry in made if "Goal reached" in entry.data["text"]]
    return [one["message_id"] for one in told if one["channel_id"] in guild.channel_ids]


def _private(bench: CrashpointScenario) -> list[int]:
    """Every private message that ever told the last house's owner of a follower."""
    owner, world = bench.town.houses[-1].owner.user, bench.town.discord.world
    made = bench.town.discord.ledger.of("message_created")
    private = {
        channel.id
        for channel in world.channels.values()
        if channel.type == DM and owner in channel.recipients
    }
    told = [entry.data for entry in made if "New follower" in entry.data["text"]]
    return [one["message_id"] for one in told if one["channel_id"] in private]


# ── several share a message ──


async def _one_told(bench: CrashpointScenario) -> None:
    """A message of the last house's alerts channel takes more in: from now on for ten minutes."""
    await _another_house(bench)
    bench.town.bridge._settings[_FOLD] = "600"
    await bench.town.houses[-1].fans[0].follow()


async def _joined(bench: CrashpointScenario) -> None:
    """Another alert is added to it by an edit, and then three more."""
    bench.town.bridge._settings.pop(_FOLD, None)
    fan = bench.town.houses[-1].fans[0]
    for number in (1, 3):
        for _ in range(number):
            await fan.tip(100)
        await bench.quiet()


async def _as_ever(bench: CrashpointScenario) -> None:
    """It may have died before anybody tipped."""
    bench.town.bridge._settings.pop(_FOLD, None)


ALERTS: Mapping[str, CrashpointScene] = {
    "told privately": CrashpointScene(
        _told_privately,
        before=_another_house,
        mend=_told_once,
        reaches=("deed.alert.private/", "commit/service.AlertRuleService."),
    ),
    "goal reached": CrashpointScene(
        _goal_reached,
        before=_another_house,
        mend=_reached_once,
        reaches=("commit/tasks.GoalWatcher._look", "commit/service.GoalService.put"),
    ),
    "alerts share a message": CrashpointScene(
        _joined, before=_one_told, mend=_as_ever, reaches=("alerts/edit/", "deed.alert/do/")
    ),
}
