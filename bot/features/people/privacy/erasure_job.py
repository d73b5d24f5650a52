"""Erases a creator step by step; a process that dies goes on where it was.

    asked → begun → settling → wiping → nothing left

begun     the link ends as by /account unlink; of alerts that may have arrived it is found out; forum and
          alerts channel are listed to go, and nothing new is decided
settling  what waits is given up, and what is on its way ends first: its end must find its row
wiping    tables batch by batch, while another lane takes the channels from Discord, slowly
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Protocol

from bot.access.policy import Action
from bot.engine.member_languages import as_asked, spoken_to
from bot.engine.outbox import EffectRequest, pack_post
from bot.engine.streams import removal_stream
from bot.features.people.privacy import erasure_texts as wording
from bot.features.people.privacy.due_removals import DELETE
from bot.features.people.privacy.erasure_effects import TOLD
from bot.model.errors import SealDamaged
from bot.model.language import ENGLISH, msgid, speaking
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import outbox
from storage.people import creator_wipe, creators, erasure_places, erasures, retention
from storage.people.erasures import ErasureStep
from storage.records import CreatorId, DiscordId, Effect, LinkState, Millis, Stream

log = logging.getLogger(__name__)


class ErasureUnlinkPort(Protocol):
    """Ends the link of one person to one account, if there is one."""

    async def __call__(self, creator: CreatorId, owner: DiscordId, *, by: DiscordId | None) -> object:
        """`by`: by whose word; None: the operator's."""


_NOBODY = CreatorId("")
_PATIENCE: Millis = 900_000  # in which it is mostly known of an alert whether it arrived


class ErasureJob:
    """To be looked at every few seconds."""

    def __init__(
        self, ctx: Context, *, unlink: ErasureUnlinkPort, batch: int = 500, batches: int = 40
    ) -> None:
        """`unlink`: how a link ends. `batches` of so many rows at most in a look."""
        self._ctx = ctx
        self._unlink = unlink
        self._batch = batch
        self._batches = batches

    async def look(self) -> None:
        """Go on with everything that is being erased."""
        for erasure in await self._ctx.database.read(erasures.under_way):
            await self._go_on(erasure.creator, erasure.by)

    async def _go_on(self, creator: CreatorId, by: DiscordId | None) -> None:
        # Also one that somebody made meanwhile: nothing may come in while the rest goes.
        link = await self._ctx.database.read(lambda tx: creators.open_link(tx, creator))
        if link is not None and link.state is not LinkState.UNLINKING:
            await self._unlink(creator, link.discord_user, by=by)
        steps = (
            (ErasureStep.ASKED, self._note),
            (ErasureStep.BEGUN, self._let_go),
            (ErasureStep.SETTLING, self._settle),
        )
        for step, deed in steps:
            erasure = await self._ctx.database.read(lambda tx: erasures.of(tx, creator))
            if erasure is None or erasure.step != step:
                continue
            if not await self._ctx.database.write(partial(deed, creator=creator)):
                return
        await self._wipe_tables(creator)

    async def _wipe_tables(self, creator: CreatorId) -> None:
        place = 0
        for number in range(self._batches):
            gone, place = await self._ctx.database.write(partial(self._wipe, creator=creator, start=place))
            if gone:
                continue
            if not number:  # of all tables in one look
                await self._ctx.database.write(partial(self._end, creator=creator))
            return

    # ── one transaction each; whether the next step may begin ──

    async def _note(self, tx: Transaction, creator: CreatorId) -> bool:
        await self._ctx.effects.trail.write(tx, Action.ERASE, msgid("begun by the operator"), creator=creator)
        await erasures.move(tx, creator, ErasureStep.BEGUN)
        return True

    async def _let_go(self, tx: Transaction, creator: CreatorId) -> bool:
        """Not while an alert may have arrived: with its forum goes the way to find that out."""
        unclear = await creator_wipe.unclear(tx, creator)
        erasure = await erasures.of(tx, creator)
        if unclear and erasure is not None:
            if self._ctx.clock.now() < erasure.begun + _PATIENCE:
                return False
            await erasures.count(tx, creator, {erasures.UNCLEAR: unclear})
        await erasure_places.list_channels(tx, creator)
        await erasures.move(tx, creator, ErasureStep.SETTLING)
        return True

    async def _settle(self, tx: Transaction, creator: CreatorId) -> bool:
        for effect in await outbox.open_of_kind(tx, creator, DELETE):
            await self._list_post(tx, effect)
        await creator_wipe.stop(tx, creator, now=self._ctx.clock.now(), why=wording.GIVEN_UP)
        if await creator_wipe.is_busy(tx, creator):
            return False
        await erasure_places.list_posts(tx, creator)
        await self._take(tx, creator)
        await erasures.move(tx, creator, ErasureStep.WIPING)
        left = await erasure_places.left_to_take(tx, creator)
        await self._show(tx, creator, "wiping", lambda: wording.wiping(left))
        return True

    async def _list_post(self, tx: Transaction, effect: Effect) -> None:
        """A post that was about to go, of a fan who may be forgotten by now, goes with the rest."""
        try:
            channel = DiscordId(self._ctx.effects.body(effect)["channel"])
        except SealDamaged:
            log.error("integrity: the deletion of a post does not open", extra={"effect": effect.id})  # noqa: TRY400 - nobody's fault here
            return
        await erasure_places.list_post(tx, effect.creator, channel)

    async def _take(self, tx: Transaction, creator: CreatorId) -> None:
        """Have all that is listed taken from Discord."""
        await self._ctx.effects.add(
            tx,
            EffectRequest(
                network="discord",
                kind=creator_wipe.TAKING,
                stream=removal_stream(creator),
                creator=creator,
                cause=f"erasure:{creator}:{self._ctx.clock.now()}",
                part="take",
                body={},
            ),
        )

    async def _wipe(self, tx: Transaction, creator: CreatorId, start: int) -> tuple[bool, int]:
        """Another batch; False when nothing is left from there on, and where to go on."""
        gone, place = await creator_wipe.wipe(tx, creator, limit=self._batch, start=start)
        if gone:
            await erasures.count(tx, creator, gone)
        return bool(gone), place

    async def _end(self, tx: Transaction, creator: CreatorId) -> None:
        """The account itself, once nothing of it is on its way anywhere; and what became of it all."""
        erasure = await erasures.of(tx, creator)
        if (
            erasure is None
            or erasure.step is not ErasureStep.WIPING
            or await creator_wipe.is_busy(tx, creator)
        ):
            return
        left = await erasure_places.left_to_take(tx, creator)
        if left:
            if not await creator_wipe.is_taking(tx, creator):
                await self._take(tx, creator)  # it was broken off, or its row was damaged
            # In steps, so that an answer is not edited for every message.
            await self._show(tx, creator, f"left:{left.bit_length()}", lambda: wording.on_discord(left))
            return
        if await creator_wipe.is_taking(tx, creator):
            return  # its last look, at which it finds nothing
        if await creator_wipe.is_owed(tx, creator):
            await self._show(tx, creator, "owed", wording.revoking)
            return
        stays = await erasure_places.what_stays(tx, creator, most=wording.NAMED)
        kept = await creator_wipe.counts(tx, creator)
        terms = await retention.terms(tx, creator)
        report = partial(wording.report, erasure.counts, kept, terms, stays)
        spoken = await spoken_to(tx, erasure.by, creator) if erasure.by is not None else ENGLISH
        await self._show(tx, creator, "end", report)
        await creator_wipe.wipe_account(tx, creator)
        await erasures.end(tx, creator)
        summary = wording.summary(erasure.counts, stays)
        await self._ctx.effects.trail.write(tx, Action.ERASE, summary, actor=erasure.by, creator=creator)
        if erasure.by is not None:
            with speaking(spoken):
                await self._tell(tx, erasure.by, report(), asked=erasure.command)

    async def _show(self, tx: Transaction, creator: CreatorId, part: str, made: Callable[[], Post]) -> None:
        """In the private answer, for as long as Discord lets it be edited."""
        erasure = await erasures.of(tx, creator)
        command = None
        if erasure is not None and erasure.command is not None:
            command = await command_rows.get(tx, erasure.command)
        if command is not None:
            with as_asked(command):
                await self._ctx.commands.answer(tx, command, made(), part=f"erasure:{part}")

    async def _tell(self, tx: Transaction, member: DiscordId, post: Post, *, asked: str | None) -> None:
        """The command that asked says which bot tells it: nothing of the creator is left."""
        await self._ctx.effects.add(
            tx,
            EffectRequest(
                network="discord",
                kind=TOLD,
                stream=Stream(f"er:{asked or _NOBODY}:{member}"),
                creator=_NOBODY,
                cause=f"erased:{asked}",
                part="told",
                body={"member": member, "post": pack_post(post)},
            ),
        )
