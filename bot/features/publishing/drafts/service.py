"""One step of a draft for each button, list and window, each in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.access.permits import Permit
from bot.engine.input_windows import InputWindowHolder
from bot.features.publishing.drafts import media_check, rules, texts
from bot.features.publishing.drafts.list_service import DraftListService, found
from bot.features.publishing.drafts.message_history import PastMassMessages
from bot.features.publishing.drafts.model import DraftContent, DraftStep, previewed, timed
from bot.features.publishing.drafts.options import (
    LEAVES,
    chosen_items,
    chosen_lists,
    fans_to_leave_out,
    templates_to_choose,
    vault_to_choose,
)
from bot.features.publishing.drafts.start_service import DraftStartService
from bot.features.publishing.drafts.store import DraftStore
from bot.features.publishing.drafts.template_source import DraftTemplates
from bot.features.publishing.drafts.texts import DraftScreen
from bot.features.publishing.drafts.view_service import DraftViewService, creator_of
from bot.features.publishing.posts.fanvue import FanvuePosts
from bot.features.publishing.proposals.model import BACK
from bot.relay.context import Context
from bot.relay.message_template import TEXT_LIMIT, TemplateRefused
from bot.text.price_input import typed_of
from storage.database import Transaction
from storage.records import CreatorId, DraftId, Link

_FIELDS = ("text", "price", "media", "preview")


@dataclass(frozen=True)
class DraftSources:
    """The sources of a draft's content, beside its lists."""

    texts: DraftTemplates
    vault: FanvuePosts
    earlier: PastMassMessages


class DraftService(DraftStartService):
    """Whether somebody may was asked before each call, for the creator of the step's holder."""

    def __init__(
        self,
        ctx: Context,
        *,
        keeping: DraftStore,
        on: DraftViewService,
        lists: DraftListService,
        sources: DraftSources,
    ) -> None:
        super().__init__(database=ctx.database, keeping=keeping, on=on, lists=lists, clock=ctx.clock)
        self._texts = sources.texts
        self._vault = sources.vault
        self._earlier = sources.earlier

    async def whose(self, ref: DraftId, holder: InputWindowHolder) -> CreatorId | None:
        """About which creator this member's message is; None: it is not theirs."""
        return await self._database.read(lambda tx: self._keeping.whose(tx, ref, holder))

    async def written(self, step: DraftStep) -> DraftContent | None:
        """The content a window begins with; None where the message is not up to date."""
        return await self._on.written(step)

    async def say(self, step: DraftStep, sentence: str) -> DraftScreen:
        """The current draft, and why it went no further."""
        return await self._on.say(step, sentence)

    # ── what it says ──

    async def write(self, step: DraftStep, fields: Mapping[str, str], note: str = "") -> DraftScreen:
        """A window was sent: the text, or media and price. `note`: what its author is told beside it."""

        def change(content: DraftContent) -> DraftContent:
            new = {name: fields.get(name, getattr(content, name)).strip() for name in _FIELDS}
            keeps = (
                not new["text"] and len(content.text) > TEXT_LIMIT
            )  # no window holds it: nobody took it out
            return replace(
                content,
                text=content.text if keeps else new["text"],
                price=new["price"],
                media=new["media"],
                preview=new["preview"],
                template=content.template if any(new.values()) or keeps else "",
            )

        notes = (f"⚠️ {note}",) if note else ()
        return await self._on.change(step, change, notes=notes, back=_back(fields))

    async def time(self, step: DraftStep, typed: str) -> DraftScreen:
        """Set the time; nothing: at once."""
        zone, _chosen = await self._on.zone(step)
        now = self._clock.now()
        return await self._on.change(step, lambda content: timed(content, typed, now, zone), back=typed)

    async def choose(self, step: DraftStep, values: Sequence[str], *, without: bool) -> DraftScreen:
        """Set who gets it, or does not."""
        known = await self._lists.of(creator_of(step))
        lists = () if known is None else known.to

        def change(content: DraftContent) -> DraftContent:
            if without:
                return replace(content, without=chosen_lists(content.without, lists, values))
            return replace(content, to=chosen_lists(content.to, lists, values))

        return await self._on.change(step, change)

    async def find(self, step: DraftStep, to: str, without: str) -> DraftScreen:
        """The same by name, beside those chosen."""
        known = await self._lists.of(creator_of(step), fresh=True)
        lists = () if known is None else known.to
        mine, others = found(lists, to), found(lists, without)

        def change(content: DraftContent) -> DraftContent:
            return replace(
                content,
                to=tuple(dict.fromkeys([*content.to, *mine.lists])),
                without=tuple(dict.fromkeys([*content.without, *others.lists])),
                sought_to=mine.unknown,
                sought_without=others.unknown,
            )

        notes = texts.like((*mine.like, *others.like))
        return await self._on.change(step, change, notes=notes, back="\n".join(filter(None, (to, without))))

    async def templates(self, step: DraftStep, permit: Permit) -> DraftScreen:
        offered = await self._texts.like(permit)
        return await self._on.picking(step, lambda ref, _: templates_to_choose(ref, offered), texts.TEMPLATES)

    async def fill(self, step: DraftStep, permit: Permit, wanted: str) -> DraftScreen:
        """Fill in text, media and price from a template; one fan's values cannot be filled in."""
        try:
            filled = await self._texts.filled(permit, wanted)
        except TemplateRefused as refused:
            return await self._on.say(step, str(refused))
        message = filled.message

        def change(content: DraftContent) -> DraftContent:
            return replace(
                content,
                text=message.text or "",
                price=typed_of(message.price) or "",
                media=" ".join(message.media),
                preview=message.preview or "",
                template=filled.template,
            )

        return await self._on.change(step, change)

    async def vault(self, step: DraftStep, offered: Sequence[tuple[str, str]]) -> DraftScreen:
        return await self._on.picking(
            step, lambda ref, content: vault_to_choose(ref, content, offered), texts.VAULT
        )

    async def items(
        self, step: DraftStep, offered: Sequence[tuple[str, str]], values: Sequence[str], *, cover: bool
    ) -> DraftScreen:
        """Set the items to be sold, or to be seen before."""

        def change(content: DraftContent) -> DraftContent:
            if cover:
                return replace(content, preview=next(iter(values), ""))
            return replace(content, media=chosen_items(content.media, offered, values))

        return await self._on.change(step, change)

    async def leaving(self, step: DraftStep) -> DraftScreen:
        """The choice of fans to leave out."""
        return await self._on.picking(step, fans_to_leave_out, texts.LEAVE)

    async def leave(self, step: DraftStep, values: Sequence[str]) -> DraftScreen:
        wanted = tuple(value for value in LEAVES if value in values)
        return await self._on.change(step, lambda content: replace(content, leave=wanted))

    # ── its preview ──

    async def ready(self, step: DraftStep) -> Mapping[str, Any] | None:
        """The content to propose; None where something is missing or wrong."""
        content = await self._on.written(step)
        if content is None or content.files or rules.missing(content):
            return None
        wrong = rules.wrong(content, None, self._clock.now())
        return None if wrong else {**rules.carried(content), BACK: step.ref}

    async def before(self, step: DraftStep, content: Mapping[str, Any], permit: Permit) -> str:
        """Results of the last ones to the same lists, for below the preview."""
        return await self._earlier.told(creator_of(step), content, permit.money)

    async def look(self, step: DraftStep, link: Link, interaction: str) -> DraftScreen | None:
        """Check a last time before the preview for this press: the obstacle, if there is any."""
        content = await self._on.written(step)
        if content is None:
            return await self._on.say(step, "")
        if wrong := await media_check.trouble(self._vault, link, content):
            return await self._on.say(step, wrong)

        async def work(tx: Transaction) -> bool:
            seen = await self._keeping.seen(tx, step.ref, step.holder)
            if seen.held is None or not seen.current:
                return False
            after = previewed(seen.held.content, interaction, seen.held.version)
            await self._keeping.note(tx, seen.held, after)
            return True

        return None if await self._database.write(work) else await self._on.say(step, "")


def _back(fields: Mapping[str, str]) -> str:
    return "\n".join(fields[name] for name in _FIELDS if fields.get(name, "").strip())
