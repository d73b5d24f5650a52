"""Templates looked for: suggested while a name is typed, shown, listed."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.access.permits import Permit
from bot.features.inbox.templates import texts
from bot.model.errors import SealDamaged
from bot.model.language import tr
from bot.model.ports import MessageToFan, Post
from bot.relay.context import Context
from bot.relay.message_template import TemplateRefused, key_of, place_of, unpacked
from storage.database import Transaction
from storage.engine import drafts
from storage.inbox import templates
from storage.inbox.templates import StoredTemplate, TemplateFigures
from storage.records import CreatorId, DiscordId, DraftId, MediaId, TemplateId

OFFERED = 25  # Discord shows no more
PAGE = 25
WINDOW = "template.window"  # a draft
Named = Callable[[Sequence[MediaId]], Awaitable[Mapping[str, str] | None]]


async def nobody_knows(_media: Sequence[MediaId]) -> None:
    """No names for a vault's items, where nobody can tell."""


class TemplateSearchService:
    """A creator's own and those shared on the server. Whether somebody may look was asked before."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.sealer = ctx.sealer

    async def like(self, permit: Permit, typed: str) -> Sequence[tuple[str, str]]:
        """Words and ids of templates whose name has all that was typed in it, newest used first."""
        words = typed.casefold().split()
        found = [kept for kept in await self._usable(permit) if all(word in kept.key for word in words)]
        return [(texts.label(kept, self.readable(kept)), kept.id) for kept in found[:OFFERED]]

    async def show(self, permit: Permit, wanted: str, named: Named = nobody_knows) -> Post:
        """Show one, and the names of its items. Raises TemplateRefused."""

        async def work(tx: Transaction) -> tuple[StoredTemplate, TemplateFigures]:
            kept = await self.one(tx, permit, wanted)
            creator, _ = _whose(permit)
            return kept, await templates.figures(tx, kept.id, creator)

        kept, figures = await self._ctx.database.read(work)
        held = permit.standing.permissions if permit.standing is not None else ()
        used = texts.usage(figures, permit.money)
        message = self.message(kept)
        items = await named(texts.items_of(message)) if message.media else None
        return texts.shown(kept, message, usage=used, buttons=texts.changes(kept, held), items=items)

    async def listed(self, permit: Permit, page: int, named: Named = nobody_knows) -> Post:
        """The names, a page at a time, newest used first; pages count from 1."""
        found = await self._usable(permit)
        pages = max(-(-len(found) // PAGE), 1)
        number = min(max(page, 1), pages)
        shown = found[(number - 1) * PAGE : number * PAGE]
        lines = [(kept, self.readable(kept)) for kept in shown]
        first = [item for _, message in lines if message for item in message.media[: texts.FIRST]]
        items = await named(list(dict.fromkeys(first))) if first else None
        return texts.listed(lines, number, pages, items)

    async def whose(self, ref: str) -> CreatorId | None:
        """The creator of this template, '' for a shared one; or for whom this window was opened."""

        async def work(tx: Transaction) -> CreatorId | None:
            kept = await templates.get(tx, TemplateId(ref))
            if kept is not None:
                return kept.creator
            draft = await drafts.get(tx, DraftId(ref))
            return draft.creator if draft is not None and draft.action == WINDOW else None

        return await self._ctx.database.read(work)

    async def one(self, tx: Transaction, permit: Permit, wanted: str) -> StoredTemplate:
        """The one with this id or name; a creator's own before a shared one. Raises TemplateRefused."""
        found = await self.usable(tx, permit)
        by_id = [kept for kept in found if kept.id == TemplateId(wanted)]
        by_name = [kept for kept in found if kept.key == key_of(wanted)]
        for kept in (*by_id, *sorted(by_name, key=lambda one: one.shared)):
            return kept
        raise TemplateRefused(tr(texts.NO_SUCH))

    def message(self, kept: StoredTemplate) -> MessageToFan:
        """A template's message. Raises SealDamaged."""
        try:
            return unpacked(self.sealer.open(place_of(kept.id), kept.body))
        except ValueError as error:
            raise SealDamaged from error

    def readable(self, kept: StoredTemplate) -> MessageToFan | None:
        """The same; None where it is damaged, which keeps no other from being shown."""
        try:
            return self.message(kept)
        except SealDamaged:
            return None

    async def usable(self, tx: Transaction, permit: Permit) -> list[StoredTemplate]:
        """All of them, newest used first."""
        creator, guild = _whose(permit)
        return await templates.usable(tx, creator, guild)

    async def _usable(self, permit: Permit) -> list[StoredTemplate]:
        return await self._ctx.database.read(lambda tx: self.usable(tx, permit))


def _whose(permit: Permit) -> tuple[CreatorId, DiscordId]:
    assert permit.creator is not None, "the action is about a creator"
    assert permit.actor.guild is not None, "it is done on a server"
    return permit.creator, permit.actor.guild
