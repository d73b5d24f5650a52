"""The case of a press on a suggested post at this moment, or the answer shown."""

from dataclasses import dataclass, replace
from enum import Enum

from bot.access.permits import Actor, authorize
from bot.access.policy import Action
from bot.features.publishing.proposals import texts as proposals_texts
from bot.features.publishing.proposals.model import Content, ProposalKind, ProposalPreview, ProposalRefused
from bot.features.publishing.proposals.records import OpenProposal, ProposalRecords, SharedPreview
from bot.features.publishing.suggestions import texts as suggestions_texts
from bot.features.publishing.suggestions.notices import SuggestionNotices
from bot.model.language import tr
from bot.model.ports import Clock, Post
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import drafts
from storage.people import creators
from storage.publishing import suggestions
from storage.publishing.suggestions import PostSuggestion
from storage.records import Command, CommandId, CreatorId, DiscordId, DraftId, EffectId, Link, Millis

LIFE: Millis = 3 * 86_400_000  # for a manager to decide, and for its writer to take it up again


class SuggestionPresser(Enum):
    """Those who may press a button."""

    WRITER = "its author"
    MANAGER = "anyone who may publish"
    EITHER = "either"


@dataclass(frozen=True)
class SuggestionCase:
    """The newest version, which is open, and who pressed."""

    kept: Command
    one: PostSuggestion
    open: OpenProposal
    link: Link
    mine: bool
    may: bool  # publish
    looks: bool = False  # they may look into the vault

    def card(self, note: str | None = None) -> Post:
        """As this person sees it."""
        return suggestions_texts.card(
            self.one, self.open, mine=self.mine, may=self.may, looks=self.looks, note=note
        )


class SuggestionCases:
    """Every method is part of the caller's transaction, in which a press is decided."""

    def __init__(
        self, *, record: ProposalRecords, telling: SuggestionNotices, feature: ProposalKind, clock: Clock
    ) -> None:
        self._record = record
        self._telling = telling
        self._feature = feature
        self._clock = clock

    async def of(
        self, tx: Transaction, command: CommandId, actor: Actor, whose: SuggestionPresser
    ) -> SuggestionCase | Post | str:
        """The case of this press; else the post shown in its place, and the press is over."""
        kept = await command_rows.get(tx, command)
        one = await suggestions.get(tx, DraftId(kept.target)) if kept is not None else None
        if kept is None or one is None or kept.state != "staged":
            return tr(proposals_texts.NOT_TAKEN)
        found = await self._found(tx, kept, one, actor, whose)
        if not isinstance(found, SuggestionCase):
            await command_rows.accept(tx, command)
        return found

    async def _found(
        self, tx: Transaction, kept: Command, one: PostSuggestion, actor: Actor, whose: SuggestionPresser
    ) -> SuggestionCase | Post | str:
        mine, may = await self.reads(tx, one, actor)
        if not {
            SuggestionPresser.WRITER: mine,
            SuggestionPresser.MANAGER: may,
            SuggestionPresser.EITHER: mine or may,
        }[whose]:
            return tr(suggestions_texts.NOT_HERE)
        newest = await suggestions.newest(tx, one.first)
        known = await self._record.get(tx, newest.draft)
        if known is None:
            return tr(suggestions_texts.NOT_KEPT)
        if known.draft.state != "open":
            return suggestions_texts.settled(known.draft)
        if known.draft.owner is not None and not mine:
            return tr(suggestions_texts.WITH_WRITER)
        link = await creators.open_link(tx, one.creator)
        was = known.link, known.generation
        closed = proposals_texts.why_closed(known.draft, self._feature, link, was, now=self._clock.now())
        if closed is not None or link is None:
            word, sentence = closed or ("unlinked", tr(suggestions_texts.NOT_HERE))
            await self._record.close(tx, known, kept, word)
            await self._telling.became(tx, newest, word, kept)
            return sentence
        looks = await may_look(tx, actor, one.creator)
        case = SuggestionCase(kept, newest, known, link, mine, may, looks)
        return case if newest == one else case.card(tr(suggestions_texts.NEWER))

    async def reads(self, tx: Transaction, one: PostSuggestion, actor: Actor) -> tuple[bool, bool]:
        """Whether it is theirs, and whether they may publish it; neither on another server."""
        if actor.guild != one.guild:
            return False, False
        may = await authorize(tx, actor, Action.POST, one.creator) is not None
        mine = one.writer == actor.user
        return mine and await authorize(tx, actor, Action.POST_ASK, one.creator) is not None, may

    async def shown(self, tx: Transaction, actor: Actor, ref: DraftId) -> Post:
        """The card of this version as this person sees it. Raises ProposalRefused."""
        one, known = await suggestions.get(tx, ref), await self._record.get(tx, ref)
        mine, may = await self.reads(tx, one, actor) if one is not None else (False, False)
        if one is None or known is None or not (mine or may):
            raise ProposalRefused(tr(suggestions_texts.NOT_HERE))
        looks = await may_look(tx, actor, one.creator)
        return suggestions_texts.card(one, known, mine=mine, may=may, looks=looks)

    async def content(self, tx: Transaction, one: PostSuggestion, *, mine: bool) -> Content:
        """The content of this version, if it can still be changed. Raises ProposalRefused."""
        known = await self._record.get(tx, one.draft)
        if known is None:
            raise ProposalRefused(tr(suggestions_texts.NOT_KEPT))
        if known.draft.state in {"replaced", "again"}:
            raise ProposalRefused(tr(suggestions_texts.NEWER_PRESS))
        if known.draft.state == "returned" or (known.draft.owner is not None and not mine):
            raise ProposalRefused(tr(suggestions_texts.WITH_WRITER))
        if known.draft.state != "open":
            raise ProposalRefused(suggestions_texts.settled(known.draft))
        return known.preview.content

    async def closes(
        self, tx: Transaction, case: SuggestionCase, how: str, *, effect: EffectId | None = None
    ) -> bool:
        """Close it; False when another press came first. `effect`: the effect that follows."""
        if effect is not None:
            return await self._record.close(tx, case.open, case.kept, how, effect=effect)
        return await self._settle(tx, case, how)

    async def follows(
        self,
        tx: Transaction,
        case: SuggestionCase,
        shown: ProposalPreview,
        how: str,
        *,
        edited_by: DiscordId | None,
        own: bool,
    ) -> SuggestionCase | None:
        """Another version takes the place of this one; None when somebody was faster.

        `own`: it waits for its writer. A change leaves its time; returned or put up, it has a new one.
        """
        now, kept, one = self._clock.now(), case.kept, case.one
        if not await self._settle(tx, case, how):
            return None
        until = case.open.draft.expires_at if how == "replaced" else None
        shared = SharedPreview(writer=one.writer, until=until or now + LIFE, own=own)
        number = one.number + 1
        draft = await self._record.open(
            tx, kept, case.link, self._feature, shown, version=number, shared=shared
        )
        newer = PostSuggestion(draft, one.first, number, one.creator, one.guild, one.writer, now, edited_by)
        await suggestions.add(tx, newer)
        known = await self._record.get(tx, draft)
        assert known is not None, "it was just opened"
        return replace(case, one=newer, open=known)

    async def _settle(self, tx: Transaction, case: SuggestionCase, how: str) -> bool:
        draft, now = case.open.draft, self._clock.now()
        return await drafts.settle(
            tx, draft.id, version=draft.version, state=how, by=case.kept.actor, now=now
        )


async def may_look(tx: Transaction, actor: Actor, creator: CreatorId) -> bool:
    """Whether somebody may choose media out of this creator's vault."""
    return await authorize(tx, actor, Action.MEDIA, creator) is not None
