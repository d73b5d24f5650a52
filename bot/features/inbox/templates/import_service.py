"""Templates from a file: all is checked, asked about once, kept in one commit."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.access.permits import ActionConfirmation, Permit, authorize
from bot.access.policy import Action
from bot.engine.file_imports import FileImports
from bot.features.inbox.templates import import_texts, texts
from bot.features.inbox.templates.file_format import TemplateFileError, TemplateFileFault, read
from bot.features.inbox.templates.scope_rules import scope_of
from bot.features.inbox.templates.search_service import TemplateSearchService
from bot.features.inbox.templates.service import MOST, TemplateService
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.message_template import MessageTemplate, TemplateRefused, checked
from bot.text.rejected_input import RejectedInput
from storage.database import Transaction
from storage.inbox import templates
from storage.inbox.templates import StoredTemplate
from storage.records import DraftId, TemplateId

_ACTION = Action.TEMPLATE_IMPORT

Key = tuple[bool, str]  # whether it is shared, and the name as names are compared
There = Mapping[Key, StoredTemplate]


@dataclass(frozen=True)
class _Row:
    """A line that can be used."""

    place: str
    template: MessageTemplate
    shared: bool

    @property
    def key(self) -> Key:
        return self.shared, self.template.key


@dataclass(frozen=True)
class _ReadTemplates:
    """A file's rows, and those with the same names, as they were when it was asked."""

    rows: Sequence[_Row]
    there: There


class TemplateImportService:
    """Permits were checked before; a change checks again in its own transaction."""

    def __init__(self, ctx: Context, *, finding: TemplateSearchService, keeping: TemplateService) -> None:
        self._ctx = ctx
        self._finding = finding
        self._keeping = keeping
        self._files = FileImports[_ReadTemplates](
            database=ctx.database,
            action=_ACTION,
            no_right=TemplateRefused(tr(texts.NO_RIGHT)),
            clock=ctx.clock,
            ids=ctx.ids,
        )

    async def ask(self, permit: Permit, name: str, content: bytes) -> Post | RejectedInput:
        """The changes by a file of this name, and the buttons; or every wrong line."""
        try:
            rows, bad = await asyncio.to_thread(_looked_through, name, content)
        except TemplateFileError as wrong:
            return Post(body=(str(wrong),))
        if not rows and not bad:
            return Post(body=(tr(import_texts.EMPTY),))

        try:
            said = await self._ctx.database.write(lambda tx: self._ask(tx, permit, rows, bad))
        except TemplateRefused as refused:
            return Post(body=(str(refused),))
        if isinstance(said, RejectedInput):
            return said
        there, ref = said
        return import_texts.question(
            [row.template.name for row in rows if row.key not in there],
            [row.template.name for row in rows if row.key in there],
            ref,
        )

    async def yes(self, yes: ActionConfirmation, *, replace: bool) -> str:
        """Keep them, with `replace` in the place of those already there; return the answer."""
        ref = DraftId(yes.question(_ACTION))
        return await self._files.yes(yes, partial(self._keep, ref=ref, replace=replace))

    async def no(self, permit: Permit, ref: DraftId) -> str:
        """Forget the file."""
        return await self._files.no(permit, ref)

    # ── inside one transaction ──

    async def _ask(
        self, tx: Transaction, permit: Permit, rows: Sequence[_Row], bad: Sequence[TemplateFileFault]
    ) -> RejectedInput | tuple[There, DraftId]:
        await self._keeping.may(tx, permit, shared=False)
        wrong = [*bad, *await self._not_allowed(tx, permit, rows)]
        if wrong:
            return import_texts.bad(sorted(wrong, key=lambda one: one.number))
        there = await self._there(tx, permit, rows)
        await self._must_fit(tx, permit, [row for row in rows if row.key not in there])
        return there, await self._files.ask(tx, permit, _ReadTemplates(rows, there))

    async def _keep(
        self, tx: Transaction, permit: Permit, held: _ReadTemplates, *, ref: DraftId, replace: bool
    ) -> str:
        await self._keeping.may(tx, permit, shared=False)
        if await self._not_allowed(tx, permit, held.rows):
            raise TemplateRefused(tr(texts.NO_RIGHT))
        if not _alike(await self._there(tx, permit, held.rows), held.there):
            raise TemplateRefused(tr(import_texts.OVERTAKEN))
        taken = [row for row in held.rows if replace or row.key not in held.there]
        await self._must_fit(tx, permit, [row for row in taken if row.key not in held.there])
        await templates.put(tx, *(self._kept(permit, row, held.there.get(row.key)) for row in taken))
        await self._keeping.note(tx, permit, "template.import", ref)
        replaced = len(taken) - (len(held.rows) - len(held.there))
        return import_texts.done(len(taken) - replaced, replaced, len(held.rows) - len(taken))

    async def _not_allowed(
        self, tx: Transaction, permit: Permit, rows: Sequence[_Row]
    ) -> list[TemplateFileFault]:
        """Lines that this member may not keep here."""
        no_price = await authorize(tx, permit.actor, Action.PRICE, permit.creator) is None
        no_share: str | None = None
        try:
            await self._keeping.may(tx, permit, shared=True)
        except TemplateRefused:
            no_share = tr(import_texts.NOT_SHARED)
        found = []
        for row in rows:
            why = no_share if row.shared else None
            if no_price and row.template.message.price is not None:
                why = tr(import_texts.NOT_PRICED)
            if why is not None:
                found.append(TemplateFileFault(row.place, why))
        return found

    async def _there(self, tx: Transaction, permit: Permit, rows: Sequence[_Row]) -> There:
        wanted = {row.key for row in rows}
        found = {(kept.shared, kept.key): kept for kept in await self._finding.usable(tx, permit)}
        return {key: kept for key, kept in found.items() if key in wanted}

    async def _must_fit(self, tx: Transaction, permit: Permit, new: Sequence[_Row]) -> None:
        """Raises TemplateRefused."""
        for shared in (False, True):
            scope = scope_of(permit, shared=shared)
            there = await templates.number(tx, scope.guild, scope.creator)
            more = sum(row.shared is shared for row in new)
            if more and there + more > MOST:
                raise TemplateRefused(import_texts.too_many(there, more, MOST))

    # ── parts ──

    def _kept(self, permit: Permit, row: _Row, before: StoredTemplate | None) -> StoredTemplate:
        id_ = before.id if before is not None else TemplateId(self._ctx.ids.new())
        return self._keeping.sealed(permit, id_, row.template, before, shared=row.shared)


def _looked_through(file: str, content: bytes) -> tuple[list[_Row], list[TemplateFileFault]]:
    """Lines that can be used, and those that cannot, for anyone. Raises TemplateFileError."""
    rows: list[_Row] = []
    bad: list[TemplateFileFault] = []
    names: dict[Key, str] = {}
    for line in read(file, content):
        if isinstance(line, TemplateFileFault):
            bad.append(line)
            continue
        try:
            row = _Row(line.place, checked(line.typed), line.shared)
        except TemplateRefused as refused:
            bad.append(TemplateFileFault(line.place, import_texts.reason(str(refused))))
            continue
        why = tr(import_texts.SHARED_MEDIA) if row.shared and row.template.message.media else None
        if row.key in names:
            why = import_texts.same_name(names[row.key])
        names.setdefault(row.key, row.place)
        if why is not None:
            bad.append(TemplateFileFault(row.place, why))
        else:
            rows.append(row)
    return rows, bad


def _alike(now: There, then: There) -> bool:
    return {key: (kept.id, kept.at) for key, kept in now.items()} == {
        key: (kept.id, kept.at) for key, kept in then.items()
    }
