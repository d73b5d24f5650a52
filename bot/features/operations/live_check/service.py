"""Carries a live check out, step by step, and keeps what it finds at once."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.fanvue.inspection import StoredTokens, why_no_consent
from bot.fanvue.oauth import challenge_of
from bot.fanvue.operations import ApiSurface
from bot.fanvue.proven import ProvenFacts, read_proven
from bot.fanvue.transport import open_http
from bot.features.operations.doctor import fanvue_checks, link_checks
from bot.features.operations.doctor.findings import DoctorVerdict
from bot.features.operations.doctor.snapshot import DoctorSnapshot, LinkSnapshot
from bot.features.operations.keys.ring import keyring_of
from bot.features.operations.live_check import page
from bot.features.operations.live_check.calls import LiveCalls, Sleep
from bot.features.operations.live_check.notes import NoteKeeper, read_notes
from bot.features.operations.live_check.opening import chosen, locked, only_one, remembered
from bot.features.operations.live_check.questions import QUESTIONS
from bot.features.operations.live_check.record import (
    LiveRecord,
    LiveStep,
    Look,
    read_record,
    write_proven,
    write_record,
)
from bot.features.operations.live_check.stage_facts import CreatorFacts, Earned
from bot.features.operations.live_check.stage_outside import OutsideLook, as_step, bounded_step, there
from bot.features.operations.live_check.stage_reads import CreatorReads
from bot.features.operations.live_check.stage_webhooks import Ask
from bot.features.operations.live_check.traces import TraceRemover
from bot.features.operations.live_check.writing import WritingStages, WritingTools, notes_for
from bot.features.people.accounts import browser_secrets
from bot.features.people.accounts.clients import allowed_places, fanvue_of, oauth_of
from bot.model.acting_account import voice_of
from bot.model.ports import Clock
from bot.relay.payment_dedup import APART, WEBHOOK
from bot.settings.model import Settings
from storage.database import Transaction
from storage.engine.connect import site_of
from storage.money import payments
from storage.records import CreatorId

Tell = Callable[[str], None]
OUTSIDE: Final = "0"
GENERATIONS: Final = f"{OUTSIDE} generations"
_NO_TOKEN: Final = LiveStep(
    DoctorVerdict.UNKNOWN,
    "there is no access token that is good right now",
    "Let the bridge run for a minute, or link the account again; then run this again.",
)


@dataclass(frozen=True)
class LiveCheckContext:
    """What is looked at, and the tools."""

    settings: Settings
    version: str  # of this program
    clock: Clock
    random: browser_secrets.Random
    sleep: Sleep
    tell: Tell  # progress, a line each
    ask: Ask  # the person at the terminal


@dataclass(frozen=True)
class LiveCheckWish:
    """What a person wants. With a test fan there are stages that write; without one it only reads."""

    creator: str | None = None  # a handle; None: all that are linked
    again: bool = False
    test_fan: str | None = None  # a handle


async def check(context: LiveCheckContext, wish: LiveCheckWish) -> LiveRecord:
    """Look at everything that no record has yet. Raises LiveCheckRefused before the first request."""
    folder = context.settings.state_folder()
    memory = await asyncio.to_thread(remembered, context.settings)
    links = chosen(memory, wish.creator, writes=wish.test_fan is not None)
    if wish.test_fan is not None:
        only_one(links)
    lock = locked(folder)
    try:
        live = LiveCheck(context, folder, _begun(context, folder, wish), wish)
        return await live.run(memory, links)
    finally:
        lock.release()


def _begun(context: LiveCheckContext, folder: Path, wish: LiveCheckWish) -> LiveRecord:
    """The record to go on with, or a fresh one. What writes goes on where what reads has ended."""
    now, known = context.clock.now(), read_record(folder)
    contract = context.settings.fanvue_api_version
    ended = wish.test_fan is not None
    if known is not None and not wish.again and known.goes_on(context.version, contract, now, ended=ended):
        context.tell(f"Going on where it stopped: {len(known.steps)} steps are done; --again begins afresh.")
        return known
    return LiveRecord(now, context.version, contract, context.random(16).hex())


@dataclass
class LiveCheck:
    """One check under way."""

    context: LiveCheckContext
    folder: Path
    record: LiveRecord
    wish: LiveCheckWish
    afresh: bool = field(init=False)  # whether nothing had been found yet

    def __post_init__(self) -> None:
        self.afresh = not self.record.steps

    async def run(self, memory: DoctorSnapshot, links: Sequence[LinkSnapshot]) -> LiveRecord:
        """Every step that has no settled answer yet."""
        settings = self.context.settings
        async with open_http(private=allowed_places(settings)) as http:
            tokens = link_checks.good_tokens(keyring_of(settings), memory, self.context.clock.now())
            fanvue = fanvue_of(settings, http, StoredTokens(tokens), self.context.clock)
            begins = oauth_of(settings, http).authorize_url(
                state=browser_secrets.new_secret(self.context.random),
                challenge=challenge_of(browser_secrets.new_secret(self.context.random)),
                scopes=settings.fanvue_scopes,
            )

            async def consent() -> LiveStep:
                return as_step(await fanvue_checks.app(partial(why_no_consent, http, begins)))

            await self._take(OUTSIDE, OutsideLook(settings, fanvue, consent, self.context.clock).steps())
            surfaces = there(self.record.steps.get(GENERATIONS))
            for one in links:
                stage = f"1 {self.record.label(one.link.creator)}"
                if voice_of(one.link).link not in tokens:
                    await self._take(stage, _unsigned())
                    continue
                calls = self._calls(one, fanvue, surfaces)
                await self._tidy(one, calls)
                await self._take(stage, self._of_creator(one, calls))
                if self.wish.test_fan is not None:
                    await self._write(one, self.wish.test_fan, calls)
        self.record = replace(self.record, ended=self.context.clock.now())
        write_record(self.folder, self.record)
        write_proven(self.folder, proven_by(self.record, read_proven(self.folder)))
        return self.record

    def _of_creator(self, one: LinkSnapshot, calls: LiveCalls) -> Mapping[str, Look]:
        reads = CreatorReads(calls)
        if calls.twin:
            return reads.steps()  # what a few reads together answer is asked through a creator's own link
        settings, creator = self.context.settings, one.link.creator

        async def kept(earned: Sequence[Earned]) -> tuple[int, int]:
            return await asyncio.to_thread(kept_payments, settings, creator, earned)

        facts = CreatorFacts(reads, kept, self.context.clock)
        return {**reads.steps(), **facts.steps()}

    def _calls(self, one: LinkSnapshot, fanvue: FanvueClient, surfaces: Sequence[ApiSurface]) -> LiveCalls:
        # A person looks at it: half of the limit stays with the bridge.
        voice = voice_of(one.link)
        api = fanvue.speaking(voice, lane=RequestLane.REFRESH)
        return LiveCalls(api, surfaces, self.context.sleep, twin=voice.managed is not None)

    async def _write(self, one: LinkSnapshot, fan: str, calls: LiveCalls) -> None:
        """The stages that write, for one creator."""
        context, handle = self.context, fan.removeprefix("@")
        keeper = notes_for(self.folder, one.link.id, handle, context.random)
        tools = WritingTools(context.settings, context.clock, context.random, context.ask, context.tell)
        label = self.record.label(one.link.creator)
        stages = WritingStages(tools, calls, keeper, label, self._take, afresh=self.afresh)
        await stages.run(self.record)

    async def _tidy(self, one: LinkSnapshot, calls: LiveCalls) -> None:
        """Remove what an earlier check made with this account, and could not remove itself."""
        notes = read_notes(self.folder)
        if notes is not None and notes.link == one.link.id and notes.traces:
            await TraceRemover(calls, NoteKeeper(self.folder, notes)).remove_all(self.context.tell)

    async def _take(self, stage: str, steps: Mapping[str, Look], *, anyway: bool = False) -> LiveRecord:
        """Take these steps, and keep each at once; `anyway`: also what has an answer already."""
        for number, (name, look) in enumerate(steps.items(), 1):
            whole = f"{stage} {name}"
            known = self.record.steps.get(whole)
            if known is not None and known.settled and not anyway:
                continue
            step = await bounded_step(name, look)
            self.record = self.record.with_step(whole, step)
            write_record(self.folder, self.record)
            self.context.tell(f"{number:>3} of {len(steps)}  {step.verdict:<7}  {whole}: {step.says}")
        return self.record


def proven_by(record: LiveRecord, before: ProvenFacts | None) -> ProvenFacts:
    """What the bridge may rely on from now on: what an earlier check proved stays until one disproves it."""
    same = before is not None and before.contract == record.contract
    fields: dict[str, str] = dict(before.list_fields) if before is not None and same else {}
    for step in record.steps.values():
        fields.update(step.seen.get("list_field", {}))
    known = {surface: name for surface, name in fields.items() if name}
    answered = len(page.answers_of(record))
    return ProvenFacts(record.begun, record.contract, answered, len(QUESTIONS), known)


def _unsigned() -> Mapping[str, Look]:
    async def look() -> LiveStep:
        return _NO_TOKEN

    return {"sign-in": look}


def kept_payments(settings: Settings, creator: CreatorId, earned: Sequence[Earned]) -> tuple[int, int]:
    """How many of these an event told: under the same id, and under another one at that time and amount."""

    async def told(tx: Transaction, one: Earned) -> tuple[bool, bool]:
        order, gross, at = one
        same = await payments.with_id(tx, creator, order)
        near = await payments.told_between(tx, creator, told_by=WEBHOOK, since=at - APART, until=at + APART)
        known = any(told.told_by == WEBHOOK for told in same)
        return known, not known and any(told.gross == gross for told in near)

    async def count(tx: Transaction) -> tuple[int, int]:
        found = [await told(tx, one) for one in earned]
        return sum(known for known, _ in found), sum(other for _, other in found)

    return site_of(settings.database_url).read(count)
