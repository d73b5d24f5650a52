"""Templates written, changed and removed: for a creator, or for a whole server."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.access.permits import Permit, authorize
from bot.access.policy import Action
from bot.engine.input_windows import InputWindowExpired, InputWindows
from bot.features.inbox.templates import texts
from bot.features.inbox.templates.model import DraftedTemplate, TemplateWindowContent
from bot.features.inbox.templates.ports import DraftTaken, of_no_program
from bot.features.inbox.templates.scope_rules import TemplateScope, holder_of, leads_all, scope_of
from bot.features.inbox.templates.search_service import WINDOW, TemplateSearchService
from bot.model.language import tr
from bot.model.ports import MessageToFan, Post
from bot.relay.context import Context
from bot.relay.message_template import (
    MessageTemplate,
    TemplateRefused,
    TypedTemplate,
    checked,
    checked_name,
    key_of,
    packed,
    place_of,
)
from bot.text.rejected_input import RejectedInput
from storage.database import Transaction
from storage.inbox import templates
from storage.inbox.templates import StoredTemplate
from storage.records import DraftId, MediaId, Millis, TemplateId

MOST = 200  # of a creator's own, and of those shared on a server


class TemplateService:
    """Each method asks again, in its own transaction, whether the permit's holder may."""

    def __init__(
        self, ctx: Context, *, finding: TemplateSearchService, taken: DraftTaken = of_no_program
    ) -> None:
        """`taken` is told of a program's draft that becomes a template, and may refuse."""
        self._ctx = ctx
        self._finding = finding
        self._trail = ctx.effects.trail
        self._taken = taken
        self._windows = InputWindows(WINDOW, clock=ctx.clock, ids=ctx.ids)

    async def begin(
        self, permit: Permit, *, shared: bool, media: Sequence[MediaId] = ()
    ) -> TemplateWindowContent:
        """The window for a new one, with these media. Raises TemplateRefused."""

        async def work(tx: Transaction) -> TemplateWindowContent:
            await self.may(tx, permit, shared=shared)
            target = {"template": None, "shared": shared, "media": list(media)}
            ref = await self._windows.open(tx, holder_of(permit), target)
            return TemplateWindowContent(ref, shared=shared)

        return await self._ctx.database.write(work)

    async def begin_drafted(self, permit: Permit, drafted: DraftedTemplate) -> TemplateWindowContent:
        """The window with what a program drafted; saving it takes the draft. Raises TemplateRefused."""

        async def work(tx: Transaction) -> TemplateWindowContent:
            await self.may(tx, permit, shared=False)
            target: dict[str, Any] = {"template": None, "shared": False, "drafted": drafted.ref}
            target |= {"media": list(drafted.message.media), "preview": drafted.message.preview}
            ref = await self._windows.open(tx, holder_of(permit), target)
            return TemplateWindowContent(ref, drafted.name, drafted.message)

        return await self._ctx.database.write(work)

    async def add_drafted(self, tx: Transaction, permit: Permit, typed: TypedTemplate) -> None:
        """Keep what a program drafted, as part of the transaction that takes it. Raises TemplateRefused."""
        await self.may(tx, permit, shared=False)
        await self.put(tx, permit, id_ := TemplateId(self._ctx.ids.new()), checked(typed), shared=False)
        await self.note(tx, permit, "template.add", id_)

    async def change(self, permit: Permit, wanted: str) -> TemplateWindowContent:
        """The window with the template of this id or name. Raises TemplateRefused."""

        async def work(tx: Transaction) -> TemplateWindowContent:
            kept = await self._finding.one(tx, permit, wanted)
            await self.may(tx, permit, shared=kept.shared)
            target = {"template": kept.id, "shared": kept.shared, "seen": kept.at}
            ref = await self._windows.open(tx, holder_of(permit), target)
            return TemplateWindowContent(ref, kept.name, self._finding.message(kept), kept.shared)

        return await self._ctx.database.write(work)

    async def carried(self, permit: Permit, ref: DraftId) -> MessageToFan:
        """The media that a window of this person's has: no window shows them. Without a text or a price."""

        async def work(tx: Transaction) -> MessageToFan:
            draft = await self._windows.of(tx, ref)
            if draft is None or draft.owner != permit.actor.user:
                return MessageToFan(None)
            target = json.loads(draft.target)
            changed = target.get("template")
            kept = await templates.get(tx, TemplateId(changed)) if changed else None
            if kept is None:
                return MessageToFan(None, tuple(target.get("media", ())), None, target.get("preview"))
            message = self._finding.message(kept)
            return MessageToFan(None, message.media, None, message.preview)

        return await self._ctx.database.read(work)

    async def save(self, permit: Permit, ref: DraftId, typed: TypedTemplate) -> Post | RejectedInput:
        """A window was sent. What was typed is in the refusal, so that nothing is typed twice."""
        kept = await self.keep(permit, ref, typed)
        if isinstance(kept, RejectedInput):
            return kept
        held = permit.standing.permissions if permit.standing is not None else ()
        return texts.saved(kept, self._finding.message(kept), texts.changes(kept, held))

    async def keep(
        self, permit: Permit, ref: DraftId, typed: TypedTemplate
    ) -> StoredTemplate | RejectedInput:
        """The same: the template as it is kept by now."""
        try:
            template = checked(typed)
            return await self._ctx.database.write(lambda tx: self._save(tx, permit, ref, template))
        except _TemplateOvertaken as overtaken:
            return texts.overtaken(overtaken.kept, self._finding.message(overtaken.kept), typed)
        except (TemplateRefused, InputWindowExpired) as refused:
            return texts.not_saved(str(refused), typed)

    async def remove(self, permit: Permit, wanted: str) -> Post:
        """Delete a template; the answer still has what it said. Raises TemplateRefused."""

        async def work(tx: Transaction) -> Post:
            kept = await self._finding.one(tx, permit, wanted)
            await self.may(tx, permit, shared=kept.shared)
            message = self._finding.readable(kept)
            await templates.remove(tx, kept.id)
            await self.note(tx, permit, "template.remove", kept.id)
            return texts.removed(kept, message)

        return await self._ctx.database.write(work)

    async def note(self, tx: Transaction, permit: Permit, action: str, target: str) -> None:
        """A line in the audit, about the creator for whom it was done."""
        await self._trail.write(
            tx, action, "done", target=target, actor=permit.actor.user, creator=permit.creator
        )

    # ── inside one transaction ──

    async def _save(
        self, tx: Transaction, permit: Permit, ref: DraftId, template: MessageTemplate
    ) -> StoredTemplate:
        holder = holder_of(permit)
        opened = await self._windows.saving(tx, ref, holder)
        await self.may(tx, permit, shared=opened["shared"])
        if opened["template"]:
            await self._unchanged(tx, TemplateId(opened["template"]), opened["seen"])
        if drafted := opened.get("drafted"):
            await self._taken(tx, DraftId(drafted), permit.actor.user)
        id_ = TemplateId(opened["template"] or self._ctx.ids.new())
        kept = await self.put(tx, permit, id_, template, shared=opened["shared"])
        await self._windows.saved(tx, ref, holder)
        await self.note(tx, permit, "template.edit" if opened["template"] else "template.add", id_)
        return kept

    async def _unchanged(self, tx: Transaction, template: TemplateId, seen: Millis) -> None:
        """Raises TemplateRefused where it is not as it was when the window was opened."""
        kept = await templates.get(tx, template)
        if kept is None:
            raise TemplateRefused(tr(texts.REMOVED_MEANWHILE))
        if kept.at != seen:
            raise _TemplateOvertaken(kept)

    async def put(
        self, tx: Transaction, permit: Permit, id_: TemplateId, template: MessageTemplate, *, shared: bool
    ) -> StoredTemplate:
        """Keep it, new or changed; rights were asked for. Raises TemplateRefused."""
        if shared and template.message.media:
            raise TemplateRefused(tr(texts.SHARED_MEDIA))
        scope = scope_of(permit, shared=shared)
        await self._free(tx, scope, template.key, id_)
        before = await templates.get(tx, id_)
        if before is None and await templates.number(tx, scope.guild, scope.creator) >= MOST:
            raise TemplateRefused(texts.full(MOST))
        kept = self.sealed(permit, id_, template, before, shared=shared)
        await templates.put(tx, kept)
        return replace(kept, used_at=before.used_at if before else None)

    async def may_be_named(
        self, tx: Transaction, permit: Permit, name: str, opened: Mapping[str, Any]
    ) -> None:
        """Whether what a window is opened for may have this name, and media. Raises TemplateRefused."""
        if opened["shared"]:
            raise TemplateRefused(tr(texts.SHARED_MEDIA))
        scope = scope_of(permit, shared=False)
        await self._free(tx, scope, key_of(checked_name(name)), opened["template"])

    async def _free(self, tx: Transaction, scope: TemplateScope, key: str, of: str | None) -> None:
        known = await templates.named(tx, scope.guild, scope.creator, key)
        if known is not None and known.id != of:
            raise TemplateRefused(texts.taken(known.name))

    def sealed(
        self,
        permit: Permit,
        id_: TemplateId,
        template: MessageTemplate,
        before: StoredTemplate | None,
        *,
        shared: bool,
    ) -> StoredTemplate:
        scope = scope_of(permit, shared=shared)
        return StoredTemplate(
            id=id_,
            guild=scope.guild,
            creator=scope.creator,
            name=template.name,
            key=template.key,
            body=self._finding.sealer.seal(place_of(id_), packed(template.message)),
            by=permit.actor.user,
            # Later than before, whatever the clock says: by this a window knows that it was overtaken.
            at=max(self._ctx.clock.now(), before.at + 1 if before else 0),
        )

    async def may(self, tx: Transaction, permit: Permit, *, shared: bool) -> None:
        """Raises TemplateRefused. A shared one reaches every creator here, so it needs a yes about each."""
        actor = permit.actor
        if await authorize(tx, actor, Action.TEMPLATE_EDIT, permit.creator) is None:
            raise TemplateRefused(tr(texts.NO_RIGHT))
        if shared and not await leads_all(tx, actor):
            raise TemplateRefused(tr(texts.NOT_FOR_ALL))


class _TemplateOvertaken(TemplateRefused):
    """Raised for a window over a template that somebody has changed since."""

    def __init__(self, kept: StoredTemplate) -> None:
        super().__init__()
        self.kept = kept
