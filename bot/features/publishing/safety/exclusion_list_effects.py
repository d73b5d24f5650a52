"""The list of whom a mass message leaves out: made first, or nothing is sent."""

from collections.abc import Mapping
from dataclasses import replace

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, SettlingMethod
from bot.engine.member_languages import in_answer
from bot.engine.outbox import EffectRequest
from bot.engine.streams import list_stream
from bot.features.publishing.lists.build_service import ListBuildService
from bot.features.publishing.lists.change_effects import CHANGE, DELETE
from bot.features.publishing.lists.jobs import ListJobTexts
from bot.features.publishing.lists.jobs import NewListJob as WantedFans
from bot.features.publishing.proposals.notices import ProposalNotices
from bot.features.publishing.safety import exclusion_texts as wording
from bot.features.publishing.safety.exclusion_rules import ExclusionChoice, unpacked
from bot.features.publishing.safety.exclusion_service import ExclusionService
from bot.features.publishing.safety.frequency_rules import DAY
from bot.model.language import tr, tr_stored
from bot.relay.context import Context
from bot.text.moments import local_time
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.engine import outbox
from storage.money import digests
from storage.publishing import lists, mass_exclusions
from storage.publishing.lists import ListJobRecord
from storage.publishing.mass_exclusions import MassExclusion
from storage.records import CommandId, CreatorId, DiscordId, Effect, EffectId, EffectState, FanId

WHOM = "list.whom"
_ENDS = (EffectState.CANCELLED, EffectState.REJECTED, EffectState.ABSENT)
_OPEN = (EffectState.PENDING, EffectState.SENDING, EffectState.UNKNOWN)
_ON = {lists.ADDED, lists.THERE}


class ExclusionListHandler(EffectHandler):
    """Looks the fans up and writes them down; then the list is filled like any other. A read: repeated."""

    settling = SettlingMethod.REPEAT

    def __init__(
        self, ctx: Context, *, telling: ProposalNotices, whom: ExclusionService, building: ListBuildService
    ) -> None:
        self._ctx = ctx
        self._telling = telling
        self._whom = whom
        self._building = building
        building.hear(self.heard)

    def handlers(self) -> Mapping[str, EffectHandler]:
        """The kind of effect that is this one."""
        return {WHOM: self}

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Look up who had too many, on Fanvue; those in conversation are looked up with the decision."""
        mass, leave = EffectId(body["mass"]), unpacked(body["leave"])
        if not await self._ctx.database.read(lambda tx: _is_open(tx, mass)):
            self._whom.forget(mass)
            return Moot(wording.ENDED)
        over: frozenset[FanId] = frozenset()
        if leave.rule is not None:
            at = self._ctx.clock.now() if body["at"] is None else body["at"]
            over = (await self._whom.over_all(effect.creator, leave.rule, at, mass=mass)).fans
        return Done(then=lambda tx: self._freeze(tx, effect.creator, body, leave, over))

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """Show the progress; where the fans stay unknown, the mass message does not leave."""
        now = await outbox.get(tx, effect.id) or effect
        if state is EffectState.PENDING:
            await self._show(tx, EffectId(effect.cause), tr_stored(now.reason or ""))
        if state not in _ENDS:
            return
        self._whom.forget(EffectId(effect.cause))
        row = await mass_exclusions.get(tx, EffectId(effect.cause))
        if row is not None and row.state == mass_exclusions.WANTED:
            await self._end(tx, replace(row, state=mass_exclusions.FAILED, why=wording.not_made(now.reason)))

    async def _show(self, tx: Transaction, ref: EffectId, how_far: str) -> None:
        """Show it in the answer to the mass message's confirmer."""
        mass = await outbox.get(tx, ref)
        if mass is not None and mass.state in _OPEN:
            body, waits = self._ctx.effects.body(mass), replace(mass, reason=how_far)
            async with in_answer(tx, body["command"]):
                looks, small = tr(wording.LOOKS), tr_stored(how_far)
                await self._telling.private(tx, waits, body, looks, small, EffectState.PENDING)

    async def heard(self, tx: Transaction, job: ListJobRecord) -> None:
        """A list was filled, or stopped: the mass message that waits for it leaves, or does not."""
        row = await mass_exclusions.by_job(tx, job.id)
        if row is None:
            return
        row = replace(row, list=job.list or row.list)
        # It was given up before; the list is remembered, to be deleted.
        if row.state != mass_exclusions.BUILDING:
            await mass_exclusions.change(tx, row)
        elif job.state == lists.STOPPED:
            await self._building.give_way(tx, job.id)  # its last call may end after what is said now
            await self._end(tx, replace(row, state=mass_exclusions.FAILED, why=wording.not_made(job.why)))
        else:
            counts = await lists.counts(tx, job.id)
            if set(counts) <= _ON:
                await self._end(tx, replace(row, state=mass_exclusions.READY))
            else:
                await self._end(tx, replace(row, state=mass_exclusions.FAILED, why=wording.not_all(counts)))

    async def _freeze(
        self, tx: Transaction, creator: CreatorId, body: Body, leave: ExclusionChoice, over: frozenset[FanId]
    ) -> None:
        row = await mass_exclusions.get(tx, EffectId(body["mass"]))
        if row is None or row.state != mass_exclusions.WANTED:
            return
        await self._tidy(tx, creator, CommandId(body["command"]))
        live = frozenset(await self._whom.live(tx, creator, leave.hours)) if leave.hours else frozenset()
        row = replace(row, live=len(live), over=len(over - live), frozen=self._ctx.clock.now())
        by = DiscordId(body["actor"])
        if live | over:
            zone = zone_of(await digests.zone(tx, creator) or DEFAULT_ZONE)
            stamp = f"{local_time(self._ctx.clock.now(), zone):%d %b %H:%M}"
            words = ListJobTexts(wording.named(stamp, row.effect), wording.meant(row.live, row.over))
            wanted = WantedFans(
                creator, words, sorted(live | over), by=by, command=CommandId(body["command"])
            )
            row = replace(
                row, state=mass_exclusions.BUILDING, job=(await self._building.begin(tx, wanted)).id
            )
            await mass_exclusions.change(tx, row)
        else:
            await self._end(tx, replace(row, state=mass_exclusions.READY))
        await self._ctx.effects.trail.write(
            tx,
            "mass.leave_out",
            "accepted",
            target=row.job or "",
            actor=by,
            creator=creator,
            cause=row.effect,
        )

    async def _end(self, tx: Transaction, row: MassExclusion) -> None:
        await mass_exclusions.change(tx, row)
        mass = await outbox.get(tx, row.effect)
        if mass is not None:
            self._ctx.dispatch.wake(tx, mass.stream)

    async def _tidy(self, tx: Transaction, creator: CreatorId, command: CommandId) -> None:
        """Lists of those that went out more than a day ago are deleted, before another one is made."""
        now = self._ctx.clock.now()
        for row in await mass_exclusions.over_with(tx, creator, before=now - DAY):
            assert row.list is not None, "only those with a list are found"
            await mass_exclusions.change(tx, replace(row, removed=now))
            await self._ctx.effects.add(
                tx,
                EffectRequest(
                    network="fanvue",
                    kind=CHANGE,
                    stream=list_stream(creator, row.list),
                    creator=creator,
                    cause=f"left:{row.effect}",
                    part="delete",
                    body={"list": row.list, "name": "Left out", "command": command, "what": DELETE},
                ),
            )


class ExclusionListGate:
    """Implements `bot.features.publishing.mass_messages.ports.ExclusionListPort`: a mass message waits for
    its list, and names it.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def ready(self, tx: Transaction, effect: Effect, body: Body) -> bool:
        """Whether its list is there, or surely is not; the first look has it made."""
        row = await mass_exclusions.get(tx, effect.id)
        if row is not None:
            return row.state in (mass_exclusions.READY, mass_exclusions.FAILED)
        at = body["content"]["at"]
        await mass_exclusions.add(
            tx, MassExclusion(effect.id, effect.creator, self._ctx.clock.now(), planned=at is not None)
        )
        await self._ctx.effects.add(
            tx,
            EffectRequest(
                network="fanvue",
                kind=WHOM,
                stream=list_stream(effect.creator, f"out:{effect.id}"),
                creator=effect.creator,
                cause=effect.id,
                part="whom",
                body={
                    "mass": effect.id,
                    "leave": body["content"]["leave"],
                    "at": at,
                    "command": body["command"],
                    "actor": body["actor"],
                },
            ),
        )
        return False

    async def list_of(self, effect: Effect) -> tuple[str | None, str | None]:
        """Its list, if there is one; why it must not go out, if that is so."""
        row = await self._ctx.database.read(lambda tx: mass_exclusions.get(tx, effect.id))
        if row is None or row.state != mass_exclusions.READY:
            return None, (row and row.why) or wording.not_made(None)
        return row.list, None


async def _is_open(tx: Transaction, effect: EffectId) -> bool:
    found = await outbox.get(tx, effect)
    return found is not None and found.state in _OPEN
