"""Builds what hides the team's commands from others."""

from collections.abc import Sequence

from bot.discord.bridge import CommandTeller
from bot.discord.team_mark import TeamMarks
from bot.engine.task_placement import PlacedTask, TaskPlacement
from bot.engine.told_commands import ToldCommandStore
from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.discord_ports import DiscordPorts
from bot.features.people.command_visibility.service import CommandVisibilityService
from bot.features.people.command_visibility.tasks import CommandVisibilityWatcher, Offer, visibility_task


def build(ctx: FeatureContext) -> Feature:
    """Each bot looks at its own servers."""
    service = CommandVisibilityService(ctx)
    store = ToldCommandStore(ctx.database, ctx.serving)

    def tasks(on: DiscordPorts) -> Sequence[PlacedTask]:
        watcher = CommandVisibilityWatcher(service, TeamMarks(on.bot), _offer(on.bot.registration, store))
        task = visibility_task(watcher, ready=on.connected, divisor=ctx.settings.window_divisor)
        return (PlacedTask(task, TaskPlacement.EACH_BOT),)

    return Feature(name="command visibility", services=(service,), tasks=tasks)


def _offer(teller: CommandTeller, store: ToldCommandStore) -> Offer:
    async def offer(to_team: bool) -> None:  # noqa: FBT001 - a callback of one meaning
        last = await store.last()
        if last is None or last.to_team is to_team:
            return  # the first steps tell them first
        teller.to_team, teller.old_names = to_team, last.old_names
        told = await teller.tell(last.fingerprint)
        if told is not None:
            await store.keep(told)

    return offer
