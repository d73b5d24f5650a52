"""Limits of prices shown, and changed after a question; one press counts."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from bot.access import questions
from bot.access.permits import ActionConfirmation, Permit, authorize
from bot.access.policy import Action
from bot.access.roles import TeamRole
from bot.features.inbox.pricing import texts
from bot.features.inbox.pricing.rules import PriceRefused, binding, changed, may_limit
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.inbox import price_limits
from storage.inbox.price_limits import RolePriceLimits
from storage.records import Cents, CreatorId, DiscordId, DraftId, Millis

_ASKED = f"{Action.PRICE_LIMITS}.propose"
_LIFE: Millis = 900_000  # as long as Discord lets the answer with the buttons be changed


class PriceLimitSetting:
    """Permits were checked before; a change checks again in its own transaction."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def hint(self, permit: Permit) -> str | None:
        """The hint where this person types a price; None: nothing beyond the usual."""
        return texts.hint(await self.binding(permit))

    async def binding(self, permit: Permit) -> RolePriceLimits:
        """The limits on this person's prices."""
        creator, guild, role = _about(permit)
        kept = await self._ctx.database.read(lambda tx: price_limits.of_server(tx, creator, guild))
        return binding(kept, role)

    async def show(self, permit: Permit) -> Post:
        """All limits of the permit's creator on this server."""
        creator, guild, role = _about(permit)
        kept = await self._ctx.database.read(lambda tx: price_limits.of_server(tx, creator, guild))
        handle = permit.link.handle if permit.link is not None else tr("this creator")
        return texts.shown(kept, handle, binding(kept, role), role)

    async def ask(self, permit: Permit, role: TeamRole, wanted: Mapping[str, Cents | None]) -> Post:
        """Whether this is to hold from now on. `wanted`: fields of Limits; None removes one.

        Raises PriceRefused.
        """
        if not may_limit(permit.standing, role):
            raise PriceRefused(tr(texts.NOT_YOURS))

        async def work(tx: Transaction) -> Post:
            creator, guild, _ = _about(permit)
            held = (await price_limits.of_server(tx, creator, guild)).get(role, RolePriceLimits())
            limits = changed(held, wanted)
            if limits == held:
                return texts.as_it_is(role, held)
            draft = self._draft(permit, {"role": role, "held": asdict(held), "wanted": asdict(limits)})
            await drafts.open_draft(tx, draft)
            return texts.question(role, held, limits, draft.id)

        return await self._ctx.database.write(work)

    async def yes(self, yes: ActionConfirmation) -> str:
        """Set the limits; return the answer."""
        return await self._ctx.database.write(lambda tx: self._yes(tx, yes))

    async def no(self, permit: Permit, ref: DraftId) -> str:
        async def work(tx: Transaction) -> str:
            draft, now = await drafts.get(tx, ref), self._ctx.clock.now()
            theirs = (_ASKED, permit.actor.user, permit.actor.guild, permit.creator)
            if draft is None or (draft.action, draft.owner, draft.guild, draft.creator) != theirs:
                return tr(texts.OVER)
            left = await drafts.settle(tx, ref, version=1, state="no", by=permit.actor.user, now=now)
            return tr(texts.LEFT) if left else tr(texts.OVER)

        return await self._ctx.database.write(work)

    # ── inside one transaction ──

    async def _yes(self, tx: Transaction, yes: ActionConfirmation) -> str:
        draft = await questions.asked(tx, yes, Action.PRICE_LIMITS, _ASKED)
        if draft is None or not await questions.close(tx, yes, draft, "yes", now=self._ctx.clock.now()):
            return tr(texts.OVER)
        asked = json.loads(draft.target)
        role, held, wanted = (
            TeamRole(asked["role"]),
            RolePriceLimits(**asked["held"]),
            RolePriceLimits(**asked["wanted"]),
        )
        permit = await authorize(tx, yes.by, Action.PRICE_LIMITS, draft.creator)
        if permit is None or not may_limit(permit.standing, role):
            return tr(texts.NOT_YOURS)
        creator, guild, _ = _about(permit)
        if (await price_limits.of_server(tx, creator, guild)).get(role, RolePriceLimits()) != held:
            return tr(texts.OVERTAKEN)
        by = permit.actor.user
        await price_limits.put(
            tx, creator, guild, role, wanted, new=self._ctx.ids.new(), by=by, now=self._ctx.clock.now()
        )
        await self._ctx.trail.write(
            tx, "price.limits", "done", target=role.value, actor=by, creator=creator, cause=draft.id
        )
        return texts.done(role, wanted)

    def _draft(self, permit: Permit, target: Mapping[str, object]) -> Draft:
        now = self._ctx.clock.now()
        return Draft(
            id=DraftId(self._ctx.ids.new()),
            action=_ASKED,
            state="open",
            version=1,
            creator=permit.creator,
            target=json.dumps(target),
            owner=permit.actor.user,
            guild=permit.actor.guild,
            settled_by=None,
            settled_at=None,
            created_at=now,
            expires_at=now + _LIFE,
        )


def _about(permit: Permit) -> tuple[CreatorId, DiscordId, TeamRole]:
    assert permit.creator is not None
    assert permit.actor.guild is not None
    assert permit.standing is not None, "these actions are about a creator, on a server"
    return permit.creator, permit.actor.guild, permit.standing.role
