"""Carries a live check of Discord out, stage by stage, and keeps what it finds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.discord.bot_inspection import TokenRefused
from bot.discord.trial_server import TrialServer, trying
from bot.features.operations.doctor.findings import DoctorVerdict
from bot.features.operations.live_check.record import LiveRecord, Look, read_record, write_record
from bot.features.operations.live_discord.operator import Ask, LiveOperator, Tell
from bot.features.operations.live_discord.place import RECORD, TrialPlace, read_place, write_place
from bot.features.operations.live_discord.stage_forum import ForumTrial
from bot.features.operations.live_discord.stage_people import AgeTrial, NotificationTrial, WindowTrial
from bot.features.operations.live_discord.stage_read import ServerLook
from bot.features.operations.live_discord.steps import is_open, taken
from bot.features.operations.live_discord.trial_forum import (
    FORUM_NAME,
    Random,
    Sleep,
    TrialForum,
    new_reference,
)
from bot.model.errors import BotForbidden, DeliveryFailed, TargetGone
from bot.model.ports import Clock
from bot.settings.model import Settings
from storage.engine.lockfile import LockFile
from storage.records import DiscordId

LOCK: Final = "live-discord.lock"  # in the state folder
_MOST: Final = 20  # servers to choose from
_ASKS: Final = {
    "1": "Stage 1 makes a private test forum on “{name}”, writes into it, and removes it at the end. Go on?",
    "2": "Stage 2: you press a button in the test post, while the bridge runs. Go on?",
    "3": "Stage 3: you say what your phone showed. There, set this server to “Only @mentions”, and close "
    "Discord everywhere else. Go on?",
    "4": "Stage 4 is about a member whose age is not verified. Do you have one to ask?",
}
_AGAIN: Final = "The test forum is made again for this, and removed at the end. "


class LiveDiscordRefused(Exception):
    """Nothing was tried; its text says why, and what to do."""


@dataclass(frozen=True)
class LiveDiscordContext:
    """What is tried, and the tools."""

    settings: Settings
    version: str  # of this program
    clock: Clock
    random: Random
    sleep: Sleep
    tell: Tell  # progress, a line each
    ask: Ask


async def check(context: LiveDiscordContext, *, server: int | None, again: bool) -> LiveRecord:
    """Try everything that no record has yet. Raises LiveDiscordRefused before anything is changed."""
    folder, settings = context.settings.state_folder(), context.settings

    def busy(holder: str) -> Exception:
        return LiveDiscordRefused(f"A live check runs already, as process {holder}. Wait for it, or stop it.")

    try:
        lock = LockFile(folder / LOCK, taken=busy)
    except OSError as error:
        raise LiveDiscordRefused(f"STATE_DIR cannot be written ({error.strerror}).") from None
    try:
        token = settings.discord_token.get_secret_value()
        async with trying(token=token, api_url=settings.discord_api_url, clock=context.clock) as trial:
            await _tidied(context, folder, trial)
            chosen = await _chosen(trial, server)
            return await LiveDiscordCheck(context, folder, trial, chosen, again=again).run()
    except TokenRefused:
        raise LiveDiscordRefused("Discord does not accept DISCORD_TOKEN. See fanvue-bridge doctor.") from None
    except DeliveryFailed as failed:
        raise LiveDiscordRefused(failed.reason) from None
    except TimeoutError:
        raise LiveDiscordRefused("Discord is too slow right now. Ask again later.") from None
    finally:
        lock.release()


async def _tidied(context: LiveDiscordContext, folder: Path, trial: TrialServer) -> None:
    """Remove what an earlier check left. Raises a failure of `bot.model.errors`."""
    place = read_place(folder)
    if place is None or not place.left:
        return
    context.tell("An earlier check was ended before it could remove its test forum.")
    forum = _forum_of(context, folder, trial, place)
    try:
        removed = await forum.remove()
    except (BotForbidden, TargetGone):
        context.tell(f"The bot may no longer do that: please delete #{FORUM_NAME} there by hand.")
        forum.keep(left=False)
    else:
        context.tell(f"Removed: {removed}." if removed else "It is gone already.")


def _forum_of(context: LiveDiscordContext, folder: Path, trial: TrialServer, place: TrialPlace) -> TrialForum:
    return TrialForum(trial, folder, place, clock=context.clock, random=context.random, sleep=context.sleep)


async def _chosen(trial: TrialServer, server: int | None) -> DiscordId:
    """The server that is named, or the only one. Raises LiveDiscordRefused."""
    there = await trial.look.servers(_MOST)
    if server is not None and server in there:
        return DiscordId(server)
    if server is None and len(there) == 1:
        return there[0]
    if not there:
        raise LiveDiscordRefused("The bot is on no server. Invite it to your test server first.")
    names = "\n".join([f"  --server {one}  {(await trial.facts(one)).name}" for one in there])
    said = "The bot is not on that server." if server is not None else "The bot is on several servers."
    raise LiveDiscordRefused(f"{said} Say which one is for testing:\n{names}")


class LiveDiscordCheck:
    """One check under way."""

    def __init__(
        self, context: LiveDiscordContext, folder: Path, trial: TrialServer, server: DiscordId, *, again: bool
    ) -> None:
        self._context, self._folder, self._trial = context, folder, trial
        self._operator = LiveOperator(context.ask)
        self._record, place = self._begun(server, again=again)
        self._forum = _forum_of(context, folder, trial, place)

    def _begun(self, server: DiscordId, *, again: bool) -> tuple[LiveRecord, TrialPlace]:
        """The record to go on with, or a fresh one; another server begins afresh."""
        context, now = self._context, self._context.clock.now()
        known, place = read_record(self._folder, RECORD), read_place(self._folder)
        api = context.settings.discord_api_url.rstrip("/").rpartition("/")[2]
        here = place is not None and place.server == server and not again
        if known is not None and place is not None and here and known.goes_on(context.version, api, now):
            done = sum(not is_open(step) for step in known.steps.values())
            context.tell(f"Going on where it stopped: {done} steps are done; --again begins afresh.")
            return known, place
        fresh = TrialPlace(server, f"bridge-check-{new_reference(context.random)}")
        write_place(self._folder, fresh)
        return LiveRecord(now, context.version, api, context.random(16).hex()), fresh

    async def run(self) -> LiveRecord:
        """Every step that has no settled answer yet; what was made is removed, however this ends."""
        facts = await self._trial.facts(self._forum.place.server)
        read = ServerLook(self._trial, self._forum.place.server, self._context.settings)
        await self._take("0", read.steps())
        stages: Mapping[str, Mapping[str, Look]] = {
            "1": ForumTrial(self._forum, facts.community).steps(),
            "2": WindowTrial(self._forum, self._context.tell).steps(),
            "3": NotificationTrial(self._forum, self._operator, facts.owner).steps(),
            "4": AgeTrial(self._forum, self._operator).steps(),
        }
        try:
            for stage, steps in stages.items():
                if self._forum.failed:
                    self._context.tell(f"Stage {stage} is left out: there is no test forum.")
                elif self._waits(stage, steps) and await self._agreed(stage, facts.name):
                    await self._take(stage, steps)
        finally:
            await self._remove()
        if not any(self._waits(stage, steps) for stage, steps in stages.items()):
            self._record = replace(self._record, ended=self._context.clock.now())
        write_record(self._folder, self._record, RECORD)
        return self._record

    async def _agreed(self, stage: str, name: str) -> bool:
        again = "" if stage == "1" or self._forum.is_there else _AGAIN
        if not await self._operator.agrees(again + _ASKS[stage].format(name=name)):
            self._context.tell(f"Stage {stage} is left out.")
            return False
        return True

    def _waits(self, stage: str, steps: Mapping[str, Look]) -> bool:
        """Whether a step of it is to be tried."""
        return any(is_open(self._record.steps.get(f"{stage} {name}")) for name in steps)

    async def _take(self, stage: str, steps: Mapping[str, Look]) -> None:
        for name, look in steps.items():
            whole = f"{stage} {name}"
            if not is_open(self._record.steps.get(whole)):
                continue
            step = await taken(whole, look)
            self._record = self._record.with_step(whole, step)
            write_record(self._folder, self._record, RECORD)
            self._context.tell(f"{step.verdict:<7}  {whole}: {step.says}")

    async def _remove(self) -> None:
        """Never in the way of how the check ended: what stays is removed by the next start."""
        try:
            if await self._forum.remove():
                self._context.tell("The test forum is removed.")
        except (DeliveryFailed, TimeoutError):
            self._context.tell("The test forum could not be removed; the next start does it.")


def exit_code(record: LiveRecord) -> int:
    """0: all as expected; 1: something is not; 3: not all is answered."""
    verdicts = {step.verdict for step in record.steps.values()}
    if verdicts & {DoctorVerdict.BAD, DoctorVerdict.WARN}:
        return 1
    return 0 if record.ended is not None and DoctorVerdict.UNKNOWN not in verdicts else 3
