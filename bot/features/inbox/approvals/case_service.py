"""One held reply as a lead sees it: all checks are heard with the lead's eyes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.access.permits import Actor, Permit, authorize
from bot.access.policy import Action
from bot.access.roles import Permission
from bot.features.inbox.approvals import texts
from bot.features.inbox.approvals.texts import ApprovalCard
from bot.features.inbox.checks.gate import ReplyCheckGate
from bot.features.inbox.checks.model import CheckHold, CheckQuestion, CheckRefusal, DraftedReply
from bot.features.inbox.checks.pending_replies import NOW, PendingReply
from bot.features.inbox.checks.texts import asked_now
from bot.model.language import tr
from bot.model.ports import MessageToFan
from bot.relay.carried_drafts import mark_for
from bot.relay.context import Context
from bot.relay.impostors import label_of
from bot.relay.send_effects import outgoing
from bot.text.draft_changes import drafted_by
from bot.text.reply_rules import ReplyRefused, compose
from bot.text.template_variables import BadTemplateText, fill_typed
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.inbox import fans, threads
from storage.inbox.held_replies import HeldReply
from storage.records import Command, CommandId, DraftId, Millis

_LOOK = f"{Action.REVIEW}.propose"
_LIFE: Millis = 86_400_000


@dataclass(frozen=True)
class ApprovalView:
    """One lead's view. `asked`: check → mark of what Approve says yes to."""

    kept: DraftId
    asked: Mapping[str, str] = field(default_factory=dict)
    instead: CommandId | None = None  # what the lead wrote in its place
    number: int | None = None


@dataclass(frozen=True)
class ApprovalCase:
    """A held reply, with all that is known of it."""

    held: HeldReply
    kept: PendingReply
    original: Command
    message: MessageToFan | None  # None: its text is gone
    instead: CommandId | None = None
    later: Millis | None = None  # when it is to be sent; None: at once


@dataclass(frozen=True)
class ApprovalFindings:
    """The checks' findings for a lead: refusals, and questions not said yes to."""

    refusals: tuple[str, ...]
    asks: Mapping[str, CheckQuestion]
    reply: DraftedReply | None  # what was looked at; None: its text is gone

    @property
    def is_clear(self) -> bool:
        return not self.refusals and not self.asks


class ApprovalCaseService:
    """Part of the caller's transaction throughout."""

    def __init__(self, ctx: Context, *, checks: ReplyCheckGate) -> None:
        self._checks = checks
        self._ctx = ctx

    async def case(
        self, tx: Transaction, held: HeldReply, kept: PendingReply, instead: CommandId | None = None
    ) -> ApprovalCase | None:
        """None: nothing is known of it any more."""
        original = await command_rows.get(tx, kept.command)
        if original is None:
            return None
        written = await command_rows.get(tx, instead) if instead is not None else original
        later = self._ctx.commands.body(original).get("later") if NOW not in kept.back.confirmed else None
        return ApprovalCase(held, kept, original, self._message(written), instead, later)

    async def hear(
        self, tx: Transaction, case: ApprovalCase, permit: Permit, asked: Mapping[str, str]
    ) -> ApprovalFindings:
        """Hear all checks, with this lead's rights at this moment; `asked`: the ones they said yes to."""
        if case.message is None:
            return ApprovalFindings((tr(texts.TEXT_GONE),), {}, None)
        sentences = await self._unfit(tx, case, case.message, permit)
        reply = self._drafted(case, case.message, permit, asked)
        found = await self._checks.hear(tx, reply)
        sentences += [one.sentence for one in found.values() if isinstance(one, CheckRefusal)]
        asks = {name: one for name, one in found.items() if isinstance(one, CheckQuestion)}
        held = {name: one for name, one in found.items() if isinstance(one, CheckHold)}
        asks |= {name: CheckQuestion((one.reason,), "", one.mark) for name, one in held.items()}
        unseen = {name: one for name, one in asks.items() if asked.get(name) != one.mark}
        return ApprovalFindings(tuple(sentences), unseen, reply)

    async def card(
        self,
        tx: Transaction,
        case: ApprovalCase,
        permit: Permit,
        *,
        notice: str | None = None,
        asked: Mapping[str, str] | None = None,
        number: int | None = None,
        total: int = 1,
    ) -> ApprovalCard:
        """Return the card, and the row that records it; `asked`: those they said yes to before."""
        asked = asked or {}
        heard = await self.hear(tx, case, permit, asked)
        now = asked_now(heard.asks, texts.ROOM)
        if heard.reply is not None:
            await self._checks.shown(tx, heard.reply, now.values())
        fan = await fans.get(tx, case.held.creator, case.held.fan)
        marks = {**asked, **{name: one.mark for name, one in now.items()}}
        look = ApprovalView(case.kept.draft.id, marks, case.instead, number)
        return ApprovalCard(
            look=await self._open(tx, look, permit),
            kept=case.kept.draft,
            fan=await label_of(tx, fan) if fan is not None else tr("fan"),
            thread=await threads.by_discord(tx, case.kept.channel),
            reasons=await self.reasons(tx, case),
            message=case.message,
            edited=case.instead is not None,
            asks=list(now.values()),
            refusals=heard.refusals,
            notice=notice,
            number=number,
            total=total,
            later=case.later,
            draft=self._draft(case),
        )

    async def of(self, tx: Transaction, ref: DraftId, actor: Actor) -> ApprovalView | None:
        """Return this lead's view under that name; None for anybody else's."""
        draft = await drafts.get(tx, ref)
        theirs = (_LOOK, "open", actor.user, actor.guild)
        if draft is None or (draft.action, draft.state, draft.owner, draft.guild) != theirs:
            return None
        return self.read(draft)

    def read(self, draft: Draft) -> ApprovalView | None:
        """Return the view under this name; None for any other draft."""
        if draft.action != _LOOK or draft.target == "{}":
            return None
        target = json.loads(draft.target)
        instead = target["instead"]
        kept, number = DraftId(target["kept"]), target["number"]
        return ApprovalView(kept, target["asked"], CommandId(instead) if instead else None, number)

    async def reasons(self, tx: Transaction, case: ApprovalCase) -> list[str]:
        """Say why it waits, by the checks on its writer at this moment."""
        body = self._ctx.commands.body(case.original)
        if "text" not in body or case.kept.draft.owner is None:
            return [tr(texts.NOTHING_HOLDS)]
        reply = DraftedReply(
            command=case.original.id,
            creator=case.held.creator,
            fan=case.held.fan,
            actor=case.kept.draft.owner,
            message=outgoing(body),
            seen=case.kept.back.seen,
            written_at=case.original.created_at,
            alone=body.get("alone", True),
            role=body.get("role", ""),
            confirmed=case.kept.back.confirmed,
            again=True,
        )
        found = await self._checks.hear(tx, reply)
        return [one.reason for one in found.values() if isinstance(one, CheckHold)] or [
            tr(texts.NOTHING_HOLDS)
        ]

    def words(self, command: Command | None) -> str | None:
        """The reason that a lead gave in this command; None where it is gone."""
        body = self._ctx.commands.body(command) if command is not None else {}
        reason: str | None = body.get("reason")
        return reason

    def _message(self, command: Command | None) -> MessageToFan | None:
        body = self._ctx.commands.body(command) if command is not None else {}
        return outgoing(body) if "text" in body else None

    async def _unfit(
        self, tx: Transaction, case: ApprovalCase, message: MessageToFan, permit: Permit
    ) -> list[str]:
        """Say why its thread, Fanvue or this lead's rights forbid it, apart from the checks."""
        thread = await threads.by_discord(tx, case.kept.channel)
        if thread is None or thread.key != case.original.target or thread.state != "open":
            return [tr(texts.THREAD_GONE)]
        if case.instead is None:
            return []
        try:
            compose(message.text, message.price, message.media, message.preview)
            fill_typed(message.text or "", {})
        except ReplyRefused as refused:
            return [refused.sentence]
        except BadTemplateText:
            return [tr(texts.NO_FIELDS)]
        before = self._message(case.original)
        if message.price is None or (before is not None and before.price == message.price):
            return []
        may = await authorize(tx, permit.actor, Action.PRICE, case.held.creator)
        return [] if may is not None else [tr(texts.NO_PRICE)]

    def _draft(self, case: ApprovalCase) -> str:
        """Who drafted it beside people, and how much they have changed so far; '' where none did."""
        if case.message is None:
            return ""
        mark = mark_for(self._ctx.commands.body(case.original), case.message, case.original.actor)
        return drafted_by(mark) if mark is not None else ""

    def _drafted(
        self, case: ApprovalCase, message: MessageToFan, permit: Permit, confirmed: Mapping[str, str]
    ) -> DraftedReply:
        standing = permit.standing
        return DraftedReply(
            command=case.original.id,
            creator=case.held.creator,
            fan=case.held.fan,
            actor=permit.actor.user,
            message=message,
            seen=case.kept.back.seen,
            written_at=self._ctx.clock.now(),
            author=case.kept.draft.owner,
            role=standing.role.value if standing is not None else "",
            reads=standing is not None and Permission.READ in standing.permissions,
            confirmed=confirmed,
        )

    async def _open(self, tx: Transaction, look: ApprovalView, permit: Permit) -> DraftId:
        now, actor = self._ctx.clock.now(), permit.actor
        row = Draft(
            id=DraftId(""),
            action=_LOOK,
            state="open",
            version=1,
            creator=permit.creator,
            target="{}",
            owner=actor.user,
            guild=actor.guild,
            settled_by=None,
            settled_at=None,
            created_at=now,
            expires_at=now + _LIFE,
        )
        return await self.keep(tx, look, row)

    async def keep(self, tx: Transaction, look: ApprovalView, like: Draft) -> DraftId:
        """Add a row of its own, for the other's holder."""
        now, ref = self._ctx.clock.now(), DraftId(self._ctx.ids.new())
        target = {"kept": look.kept, "asked": dict(look.asked), "instead": look.instead}
        whole = json.dumps({**target, "number": look.number})
        row = replace(like, id=ref, state="open", target=whole, created_at=now, expires_at=now + _LIFE)
        await drafts.open_draft(tx, row)
        return ref
