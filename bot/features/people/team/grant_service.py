"""A grant is proposed, shown in words, and made or ended by a second press."""

from collections.abc import Awaitable, Callable

from bot.access import questions
from bot.access.grant_input import GrantRequest, GrantSubject, packed, unpacked
from bot.access.permits import ActionConfirmation, Actor, Permit, authorize, grant_of
from bot.access.policy import Action
from bot.access.roles import RoleGrant, TeamStanding
from bot.features.people.team import texts
from bot.features.people.team.grant_rules import may_change, touched
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay import channel_access, channel_bans
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.people import consents, creators, grants
from storage.records import CreatorId, DiscordId, DraftId, Millis

ACTION = Action.TEAM_GRANT.value
_OPEN: Millis = 10 * 60_000

Granted = Callable[[Transaction, CreatorId, RoleGrant], Awaitable[None]]


class TeamGrantService:
    """Takes what was typed and what was pressed. That the person may was asked before each of them."""

    def __init__(self, ctx: Context, *, granted: Granted) -> None:
        """`granted`: told of each grant that is made, as part of its transaction."""
        self._ctx = ctx
        self._granted = granted

    async def propose(self, permit: Permit, wanted: GrantRequest) -> Post | str:
        """The preview with its two buttons, or why there is none."""
        creator, guild, giver = _about(permit)

        async def work(tx: Transaction) -> Post | str:
            link = await creators.open_link(tx, creator)
            if wanted.subject.id == guild:
                return tr(texts.EVERYONE)
            if link is not None and wanted.subject.id == link.discord_user:
                return tr(texts.IS_OWNER)
            if not await consents.both(tx, creator, guild):
                return tr(texts.NOT_AT_HOME)
            before, by_roles = await _now(tx, creator, guild, wanted.subject)
            if wanted.role is None and before is None:
                return texts.nothing_to_revoke(wanted.subject)
            if not may_change(giver, touched(wanted, before, by_roles)):
                return tr(texts.BEYOND)
            if before is not None and _same(before, wanted):
                return tr(texts.ALREADY)
            now = self._ctx.clock.now()
            draft = Draft(
                id=DraftId(self._ctx.ids.new()),
                action=ACTION,
                state="open",
                version=1,
                creator=creator,
                target=packed(wanted, before.id if before is not None else None),
                owner=permit.actor.user,
                guild=guild,
                settled_by=None,
                settled_at=None,
                created_at=now,
                expires_at=now + _OPEN,
            )
            await drafts.open_draft(tx, draft)
            handle = link.handle if link is not None else ""
            return texts.preview(draft.id, handle, wanted, before, by_roles)

        return await self._ctx.database.write(work)

    async def creator_of(self, ref: str) -> CreatorId | None:
        """The creator of a preview's team; None when it is none."""
        draft = await self._ctx.database.read(lambda tx: drafts.get(tx, DraftId(ref)))
        return draft.creator if draft is not None and draft.action == ACTION else None

    async def confirm(self, yes: ActionConfirmation) -> str | None:
        """The press that counts. None: there is no such preview, or they may not."""

        async def work(tx: Transaction) -> str | None:
            draft = await questions.asked(tx, yes, Action.TEAM_GRANT, ACTION)
            if draft is None or draft.creator is None:
                return None
            # Asked again inside the transaction: what they may do could have been taken away a moment ago.
            permit = await authorize(tx, yes.by, Action.TEAM_GRANT, draft.creator)
            if permit is None:
                return None
            return await self._carry_out(tx, permit, draft)

        return await self._ctx.database.write(work)

    async def cancel(self, actor: Actor, ref: str) -> str:
        async def work(tx: Transaction) -> None:
            draft = await drafts.get(tx, DraftId(ref))
            if draft is not None and draft.owner == actor.user and draft.action == ACTION:
                await self._settle(tx, draft, "cancelled", actor)

        await self._ctx.database.write(work)
        return tr(texts.CANCELLED)

    async def _carry_out(self, tx: Transaction, permit: Permit, draft: Draft) -> str:
        wanted, seen = unpacked(draft.target)
        creator, guild, giver = _about(permit)
        before, by_roles = await _now(tx, creator, guild, wanted.subject)
        if (before.id if before is not None else None) != seen:
            await self._settle(tx, draft, "changed", permit.actor)
            return tr(texts.CHANGED)
        if not may_change(giver, touched(wanted, before, by_roles)):
            await self._settle(tx, draft, "refused", permit.actor)
            return tr(texts.BEYOND)
        if not await self._settle(tx, draft, "confirmed", permit.actor):
            return tr(texts.SETTLED)
        await self._change(tx, permit, wanted)
        return texts.done(wanted)

    async def _change(self, tx: Transaction, permit: Permit, wanted: GrantRequest) -> None:
        creator, guild, _ = _about(permit)
        subject, by, now = wanted.subject, permit.actor.user, self._ctx.clock.now()
        made = wanted.grant(self._ctx.ids.new())
        if made is None:
            await grants.end(tx, creator, guild, subject.kind, subject.id, by=by, now=now)
        else:
            await grants.put(tx, _kept(made, creator, guild, by, now))
            await self._granted(tx, creator, made)
        if subject.kind == "role":
            await channel_access.follow(tx, self._ctx.effects, creator, guild, cause=self._ctx.ids.new())
        if subject.kind == "member" and (made is None or made.permissions):
            await self._let_in(tx, permit, subject.id)
        await self._ctx.effects.trail.write(
            tx,
            "team.grant" if made is not None else "team.revoke",
            texts.audited(wanted),
            target=f"{subject.kind}:{subject.id}",
            actor=by,
            creator=creator,
        )

    async def _let_in(self, tx: Transaction, permit: Permit, member: DiscordId) -> None:
        """Show the channels again to a member who was taken out, and has anything here again."""
        creator, guild, _ = _about(permit)
        shut = channel_bans.ChannelBan(creator, guild, member, permit.actor.user, self._ctx.ids.new())
        await channel_bans.open_again(tx, self._ctx.effects, shut)

    async def _settle(self, tx: Transaction, draft: Draft, how: str, actor: Actor) -> bool:
        return await drafts.settle(
            tx, draft.id, version=draft.version, state=how, by=actor.user, now=self._ctx.clock.now()
        )


def _about(permit: Permit) -> tuple[CreatorId, DiscordId, TeamStanding]:
    assert permit.creator is not None, "the action is about a creator"
    assert permit.actor.guild is not None, "the action is on a server"
    assert permit.standing is not None, "a member who may, has a role"
    return permit.creator, permit.actor.guild, permit.standing


async def _now(
    tx: Transaction, creator: CreatorId, guild: DiscordId, subject: GrantSubject
) -> tuple[RoleGrant | None, list[RoleGrant]]:
    """The subject's own grant, and a member's grants by their Discord roles."""
    held = [grant_of(row) for row in await grants.of_creator(tx, creator, guild)]
    own = next((one for one in held if (one.kind, one.subject) == (subject.kind, subject.id)), None)
    return own, [one for one in held if one.kind == "role" and one.subject in subject.roles]


def _same(grant: RoleGrant, wanted: GrantRequest) -> bool:
    made = wanted.grant(grant.id)
    return made is not None and (made.role, made.permissions, made.sees, made.plus, made.minus) == (
        grant.role,
        grant.permissions,
        grant.sees,
        grant.plus,
        grant.minus,
    )


def _kept(
    grant: RoleGrant, creator: CreatorId, guild: DiscordId, by: DiscordId, now: Millis
) -> grants.GrantRecord:
    return grants.GrantRecord(
        id=grant.id,
        creator=creator,
        guild=guild,
        kind=grant.kind,
        subject=grant.subject,
        role=grant.role,
        plus=" ".join(sorted(grant.plus)),
        minus=" ".join(sorted(grant.minus)),
        money=grant.money,
        by=by,
        at=now,
    )
