"""A sale is given to somebody else than the rules say, after a question."""

import json

from bot.access import questions
from bot.access.permits import ActionConfirmation, Permit, authorize
from bot.access.policy import Action
from bot.access.questions import ConfirmationQuestion
from bot.access.roles import MoneyView
from bot.features.money.credit import reassignment_texts
from bot.features.money.credit.sale_references import meant, ref_of
from bot.features.money.credit.sales_reader import CreditSalesReader
from bot.features.money.credit.sales_service import CreditSalesService
from bot.features.money.periods.bands import shown_to
from bot.features.money.periods.read_limit import FiguresUnavailable
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay import reassignment
from bot.relay.context import Context
from bot.relay.reassignment import LONGEST, ReassignmentWish
from storage.database import Transaction
from storage.money import credit_moves
from storage.money.credit_moves import SaleReassignment
from storage.money.credited_sales import Sale
from storage.people import creators
from storage.records import CreatorId, DraftId

_KIND = Action.CREDIT_REASSIGN.value


class SaleReassignmentService:
    """Permits were checked before; a change checks again in its own transaction."""

    def __init__(self, *, on: Context, reading: CreditSalesReader, sales: CreditSalesService) -> None:
        self._on = on
        self._reading = reading
        self._sales = sales

    async def ask(self, permit: Permit, wish: ReassignmentWish) -> Post:
        """Whether this sale is to be somebody's from now on. Raises FiguresUnavailable."""
        if permit.money is MoneyView.HIDDEN:
            raise FiguresUnavailable(tr(reassignment_texts.HIDDEN))
        why = " ".join(wish.why.split())
        if not why:
            raise FiguresUnavailable(tr(reassignment_texts.NO_REASON))
        assert permit.creator is not None, "the action is about a creator"
        creator = permit.creator
        return await self._on.database.write(lambda tx: self._ask(tx, permit, creator, wish, why[:LONGEST]))

    async def yes(self, yes: ActionConfirmation) -> str:
        """Reassign the sale; return the answer."""
        return await self._on.database.write(lambda tx: self._yes(tx, yes))

    async def no(self, permit: Permit, ref: DraftId) -> str:
        now = self._on.clock.now()
        await self._on.database.write(lambda tx: questions.drop(tx, ref, permit.actor.user, _KIND, now=now))
        return tr(reassignment_texts.LEFT)

    # ── inside one transaction ──

    async def _ask(
        self, tx: Transaction, permit: Permit, creator: CreatorId, wish: ReassignmentWish, why: str
    ) -> Post:
        now = self._on.clock.now()
        named = await meant(tx, creator, wish.sale, now=now)
        sale = await self._reading.sale(tx, creator, named.row, named.fact) if named is not None else None
        if named is None or sale is None:
            raise FiguresUnavailable(tr(reassignment_texts.NO_SALE))
        if wish.back and sale.move is None:
            raise FiguresUnavailable(tr(reassignment_texts.AS_RULED))
        move = SaleReassignment(
            id=self._on.ids.new(),
            row=named.row,
            fact=named.fact,
            fan=named.fan,
            member=None if wish.back else wish.member,
            back=wish.back,
            at=now,
            by=permit.actor.user,
            body=None,
        )
        body = reassignment.sealed(self._on.sealer, move.id, creator, why)
        await credit_moves.ask(tx, creator, move, body)
        about = {"move": move.id, "held": sale.move or ""}
        asking = ConfirmationQuestion(_KIND, permit.actor.user, permit.actor.guild, creator, about)
        ref = await questions.ask(tx, asking, DraftId(self._on.ids.new()), now=now)
        (told,) = await self._sales.told(tx, creator, [sale])
        known = await creators.get(tx, creator)
        return reassignment_texts.question(
            told,
            move,
            why,
            handle=known.handle if known is not None else "",
            show=shown_to(permit.money),
            window=self._reading.window,
            ref=ref,
        )

    async def _yes(self, tx: Transaction, yes: ActionConfirmation) -> str:
        draft = await questions.asked(tx, yes, Action.CREDIT_REASSIGN, _KIND)
        now = self._on.clock.now()
        if (
            draft is None
            or draft.creator is None
            or not await questions.close(tx, yes, draft, "yes", now=now)
        ):
            return tr(reassignment_texts.OVER)
        permit = await authorize(tx, yes.by, Action.CREDIT_REASSIGN, draft.creator)
        if permit is None or permit.money is MoneyView.HIDDEN:
            return tr(reassignment_texts.NOT_YOURS)
        about = json.loads(draft.target)
        move = await credit_moves.asked(tx, draft.creator, about.get("move", ""))
        if move is None:
            return tr(reassignment_texts.OVER)
        sale = await self._reading.sale(tx, draft.creator, move.row, move.fact)
        if sale is None:
            return tr(reassignment_texts.GONE)
        if (sale.move or "") != about["held"]:
            return tr(reassignment_texts.OVERTAKEN)
        await self._hold(tx, draft.creator, move, sale, draft.id, permit)
        return reassignment_texts.done(move, ref_of(sale))

    async def _hold(
        self,
        tx: Transaction,
        creator: CreatorId,
        move: SaleReassignment,
        sale: Sale,
        cause: DraftId,
        permit: Permit,
    ) -> None:
        before = None if sale.move is None else await credit_moves.get(tx, creator, sale.move)
        now = self._on.clock.now()  # two in one millisecond still have their order
        at = now if before is None else max(now, before.at + 1)
        await credit_moves.hold(tx, move.id, row=None if sale.told else sale.key, at=at)
        await self._on.effects.trail.write(
            tx,
            "credit.reassign",
            "done",
            target=ref_of(sale),
            actor=permit.actor.user,
            creator=creator,
            cause=cause,
        )
