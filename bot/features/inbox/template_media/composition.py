"""A template that media are chosen for: the port of the picker."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.access.permits import Permit
from bot.engine.input_windows import InputWindowExpired, InputWindows
from bot.features.inbox.templates import texts
from bot.features.inbox.templates.scope_rules import holder_of
from bot.features.inbox.templates.search_service import WINDOW, TemplateSearchService
from bot.features.inbox.templates.service import TemplateService
from bot.features.publishing.picker.incoming_files import with_arrived
from bot.features.publishing.picker.model import Change, PickedMessage, PickerBundle, PickerStep
from bot.features.publishing.picker.packing import packed, unpacked, with_text_of
from bot.model.language import msgid, tr
from bot.model.ports import Button, MessageToFan, Post
from bot.relay.context import Context
from bot.relay.message_template import TemplateRefused, TypedTemplate
from bot.text.rejected_input import RejectedInput
from storage.database import Transaction
from storage.inbox import templates
from storage.inbox.templates import StoredTemplate
from storage.records import DraftId, TemplateId


@dataclass(frozen=True)
class _Opened:
    """A template's window, and what was chosen in it so far. Its text stays in the template, sealed.

    `kept` None: it is a new one, of media alone.
    """

    target: dict[str, Any]
    name: str
    kept: StoredTemplate | None
    now: PickedMessage


class TemplateComposition:
    """What is chosen lies in the template's window: nobody uses half of it before [Save]."""

    prefix = "pick.template"
    title = msgid("Media and price of your template")
    noun = "template"

    def __init__(self, ctx: Context, *, finding: TemplateSearchService, keeping: TemplateService) -> None:
        self._ctx = ctx
        self._finding = finding
        self._keeping = keeping
        self._windows = InputWindows(WINDOW, clock=ctx.clock, ids=ctx.ids)

    def ends(self, ref: str) -> Sequence[Button]:
        """The buttons below."""
        return (
            Button(f"{self.prefix}.save", ref, tr("Save"), "primary", begins=True),
            Button(f"{self.prefix}.keep", ref, tr("Cancel")),
        )

    async def begin(self, permit: Permit, ref: DraftId, typed: TypedTemplate) -> DraftId | RejectedInput:
        """A window was sent whose media are chosen next: the gallery's reference, or why there is none.

        What is a template already is saved first; its price waits for the media.
        """
        price = typed.price
        if (typed.text or "").strip() or typed.media:
            plain = typed if typed.media else replace(typed, price=None)
            saved = await self._keeping.keep(permit, ref, plain)
            if isinstance(saved, RejectedInput):
                return saved
            ref = (await self._keeping.change(permit, saved.id)).ref
            if typed.media:
                return ref
            bare: dict[str, Any] = {}
        else:
            bare = {"name": typed.name, "bare": True}

        async def work(tx: Transaction) -> DraftId:
            target = await self._saving(tx, permit, ref)
            if bare:
                await self._keeping.may_be_named(tx, permit, typed.name, target)
            picked = packed(PickedMessage(ref, MessageToFan(None, price=price)))
            await self._windows.note(tx, ref, {**target, **bare, "picked": picked})
            return ref

        try:
            return await self._ctx.database.write(work)
        except TemplateRefused as refused:
            return texts.not_saved(str(refused), typed)

    async def change(self, step: PickerStep, change: Change) -> PickedMessage:
        """Raises TemplateRefused where it is not theirs or gone, PickRefused for what it cannot be."""

        async def work(tx: Transaction) -> PickedMessage:
            opened = await self._open(tx, step.permit, step.ref)
            before = await with_arrived(tx, opened.now)
            after = with_text_of(before, change(before))
            if packed(after) != packed(opened.now):
                target = {**opened.target, "picked": packed(after)}
                await self._windows.note(tx, step.ref, target)
            return after

        return await self._ctx.database.write(work)

    async def bundles(self, _step: PickerStep) -> Sequence[PickerBundle]:
        """None: it is such a set itself."""
        return ()

    async def keep(self, permit: Permit, ref: DraftId) -> Post:
        """The template as it is: what was chosen over it is left out. Raises TemplateRefused."""
        opened = await self._ctx.database.read(lambda tx: self._open(tx, permit, ref))
        return texts.kept_none() if opened.kept is None else await self._finding.show(permit, opened.kept.id)

    async def save(self, permit: Permit, ref: DraftId) -> Post | RejectedInput:
        """Keep the template with what was chosen; as `TemplateService.save`. Raises TemplateRefused."""
        opened = await self._ctx.database.read(lambda tx: self._open(tx, permit, ref))
        message = opened.now.message
        typed = TypedTemplate(
            name=opened.name,
            text=message.text,
            price=message.price,
            media=message.media,
            preview=message.preview,
        )
        return await self._keeping.save(permit, ref, typed)

    async def _open(self, tx: Transaction, permit: Permit, ref: DraftId) -> _Opened:
        target = await self._saving(tx, permit, ref)
        changed, bare = target.get("template"), target.get("bare", False)
        kept = await templates.get(tx, TemplateId(changed)) if changed else None
        if kept is None and (changed or not bare):
            raise TemplateRefused(tr(texts.REMOVED_MEANWHILE))
        message = MessageToFan(None) if kept is None else self._finding.message(kept)
        message = replace(message, text=None) if bare else message
        name = target["name"] if bare or kept is None else kept.name
        return _Opened(target, name, kept, unpacked(ref, message, target.get("picked")))

    async def _saving(self, tx: Transaction, permit: Permit, ref: DraftId) -> dict[str, Any]:
        try:
            return await self._windows.saving(tx, ref, holder_of(permit))
        except InputWindowExpired as over:
            raise TemplateRefused(str(over)) from over
