"""Takes somebody out of a team: asked first, done in one commit, resumed."""

import json
from collections.abc import Sequence

from bot.access import questions
from bot.access.permits import ActionConfirmation, Actor, authorize, standing_of
from bot.access.policy import Action
from bot.access.roles import TeamRole, rank
from bot.engine.commands import CommandWish
from bot.features.people.offboarding import texts
from bot.features.people.offboarding.parts import OffboardingPart, TeamDeparture
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay import channel_bans
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import audit_log, drafts
from storage.engine import commands as command_rows
from storage.engine.drafts import Draft
from storage.people import creators, grants
from storage.records import Command, CommandId, CreatorId, DiscordId, DraftId, Millis

KIND = "team.remove"
LIFE: Millis = 900_000  # as long as Discord lets the private answer be changed
_DAYS = 7
_WEEK: Millis = _DAYS * 86_400_000
_LOOKED_AT = 500  # lines of the audit that are counted


class OffboardingService:
    """Checks whom somebody may remove; whether they may at all is asked before each call."""

    def __init__(self, ctx: Context, *, parts: Sequence[OffboardingPart]) -> None:
        self._ctx = ctx
        self._parts = parts

    # ── the command ──

    async def ask(
        self, by: Actor, member: Actor, mine: Sequence[CreatorId], *, named: bool, bypasses: bool
    ) -> Post | str:
        """The question, or why not. `mine`: teams `by` manages; `named`: exactly these are meant.

        `bypasses`: they are an administrator or the server's owner, so no channel can be closed to them.
        """

        async def work(tx: Transaction) -> Post | str:
            about, left_out = await self._about(tx, by, member, mine, named=named)
            if not about:
                return next(iter(left_out.values()), tr(texts.NO_TEAM))
            target = {
                "member": member.user,
                "roles": sorted(member.roles),
                "creators": about,
                "bypasses": bypasses,
            }
            draft = await self._open(tx, by, json.dumps(target))
            handles = [await _handle(tx, creator) for creator in about]
            without = [texts.cannot(await _handle(tx, one), why) for one, why in left_out.items()]
            return texts.question(member.user, handles, draft, without, bypasses=bypasses)

        return await self._ctx.database.write(work)

    async def concerns(self, ref: str) -> Sequence[CreatorId]:
        """The creators that a question is about; none for anything else."""
        draft = await self._ctx.database.read(lambda tx: drafts.get(tx, DraftId(ref)))
        if draft is None or draft.action != KIND:
            return []
        return [CreatorId(one) for one in json.loads(draft.target)["creators"]]

    # ── the buttons ──

    async def stage(self, wish: CommandWish, ref: DraftId) -> CommandId | None:
        """Keep the press before Discord is answered; None when it was kept already."""
        return await self._ctx.commands.stage(wish, action=KIND, target=ref)

    async def confirm(self, command: CommandId, yes: ActionConfirmation) -> Post | str:
        """[Remove them]: all that is theirs ends with this commit; Discord's channels follow."""
        return await self._ctx.database.write(lambda tx: self._confirm(tx, command, yes))

    async def keep(self, ref: DraftId, by: DiscordId) -> str:
        async def work(tx: Transaction) -> str:
            draft = await drafts.get(tx, ref)
            if draft is None or draft.action != KIND or draft.owner != by:
                return tr(texts.NOT_YOURS)
            now = self._ctx.clock.now()
            kept = await drafts.settle(tx, ref, version=1, state="kept", by=by, now=now)
            return tr(texts.KEPT) if kept else tr(texts.OVER)

        return await self._ctx.database.write(work)

    async def close_anew(self, creator: CreatorId, guild: DiscordId) -> None:
        """Close the new channels of /setup to everybody who is kept out."""
        cause = self._ctx.ids.new()
        await self._ctx.database.write(
            lambda tx: channel_bans.close_anew(tx, self._ctx.effects, creator, guild, cause)
        )

    # ── one transaction each ──

    async def _about(
        self, tx: Transaction, by: Actor, member: Actor, mine: Sequence[CreatorId], *, named: bool
    ) -> tuple[list[CreatorId], dict[CreatorId, str]]:
        """From whose teams they are taken, and from whose not, with the reason."""
        about, left_out = [], {}
        for creator in mine:
            if not named and not await self._is_somebody(tx, member, creator):
                continue
            refusal = await _why_not(tx, by, member, creator)
            if refusal is None:
                about.append(creator)
            else:
                left_out[creator] = refusal
        return about, left_out

    async def _is_somebody(self, tx: Transaction, member: Actor, creator: CreatorId) -> bool:
        if await standing_of(tx, member, creator) is not None:
            return True
        guild = member.guild or DiscordId(0)
        held = await grants.of_subjects(tx, creator, guild, member=member.user, roles=sorted(member.roles))
        return any(one.role != TeamRole.NONE for one in held)

    async def _open(self, tx: Transaction, by: Actor, target: str) -> DraftId:
        now = self._ctx.clock.now()
        draft = Draft(
            id=DraftId(self._ctx.ids.new()),
            action=KIND,
            state="open",
            version=1,
            creator=None,  # there may be several
            target=target,
            owner=by.user,
            guild=by.guild,
            settled_by=None,
            settled_at=None,
            created_at=now,
            expires_at=now + LIFE,
        )
        await drafts.open_draft(tx, draft)
        return draft.id

    async def _confirm(self, tx: Transaction, command: CommandId, yes: ActionConfirmation) -> Post | str:
        by, now, kept = yes.by, self._ctx.clock.now(), await command_rows.get(tx, command)
        draft = await questions.asked(tx, yes, Action.TEAM_REMOVE, KIND)
        if kept is not None:
            yes.pressed(kept)
        if kept is None or not await command_rows.accept(tx, command):
            return tr(texts.NOT_TAKEN)
        if draft is None:
            return tr(texts.NOT_YOURS)
        target = json.loads(draft.target)
        about = [CreatorId(one) for one in target["creators"]]
        yes.concerns(*about)
        roles = frozenset(DiscordId(role) for role in target["roles"])
        member = Actor(DiscordId(target["member"]), draft.guild, roles)
        for creator in about:
            if await authorize(tx, by, Action.TEAM_REMOVE, creator) is None:
                return tr(texts.CHANGED)
            if await _why_not(tx, by, member, creator) is not None:
                return tr(texts.CHANGED)
        if not await questions.close(tx, yes, draft, "removed", now=now):
            return tr(texts.OVER)
        return await self._remove(tx, kept, draft, member, about, bypasses=target["bypasses"])

    async def _remove(
        self,
        tx: Transaction,
        command: Command,
        draft: Draft,
        member: Actor,
        about: Sequence[CreatorId],
        *,
        bypasses: bool,
    ) -> Post:
        now, guild = self._ctx.clock.now(), draft.guild or DiscordId(0)
        ended: dict[CreatorId, list[str]] = {creator: [] for creator in about}
        did = [entry for one in about for entry in await self._lately(tx, one, member.user, now)]
        for part in self._parts:
            for creator in about:
                parting = TeamDeparture(member, creator, guild, command.actor, draft.id)
                ended[creator] += await part.end(tx, parting)
        did.sort(key=lambda entry: entry.at, reverse=True)
        parts = [(await _handle(tx, creator), ended[creator]) for creator in about]
        answer = texts.removed(member.user, parts, texts.lately(did, _DAYS), bypasses=bypasses)
        for creator in about:
            shut = channel_bans.ChannelBan(creator, guild, member.user, command.actor, draft.id)
            await channel_bans.close(tx, self._ctx.effects, shut, command=command.id, answer=answer, now=now)
            await self._ctx.effects.trail.write(
                tx,
                KIND,
                texts.recorded(ended[creator]),
                target=str(member.user),
                actor=command.actor,
                creator=creator,
                cause=draft.id,
            )
        return answer

    async def _lately(
        self, tx: Transaction, creator: CreatorId, member: DiscordId, now: Millis
    ) -> list[audit_log.AuditEntry]:
        return await audit_log.of_person(tx, creator, member, since=now - _WEEK, limit=_LOOKED_AT)


async def _why_not(tx: Transaction, by: Actor, member: Actor, creator: CreatorId) -> str | None:
    """The reason `by` may not remove them: nobody removes their equal or better, nobody an owner."""
    theirs, mine = await standing_of(tx, member, creator), await standing_of(tx, by, creator)
    if theirs is None or mine is None:
        return None if mine is not None else tr(texts.CHANGED)
    if theirs.role is TeamRole.OWNER:
        return tr(texts.OWNER)
    return None if rank(theirs.role) < rank(mine.role) else tr(texts.YOUR_EQUAL)


async def _handle(tx: Transaction, creator: CreatorId) -> str:
    known = await creators.get(tx, creator)
    return known.handle if known is not None else tr("a creator")
