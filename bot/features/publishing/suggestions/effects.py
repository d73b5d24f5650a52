"""Handler of a suggestion: a preview that any manager may confirm, once."""
# ruff: noqa: ARG002 -- every handler of a proposal is asked the same questions

from collections.abc import Sequence
from dataclasses import dataclass

from bot.engine.effect_handler import Body, Done, SettlingMethod
from bot.features.publishing.proposals.effects import ProposalContext, ProposalHandler, ProposalOutcome
from bot.features.publishing.proposals.model import Content, ProposalKind, ProposalPreview, ProposalRefused
from bot.features.publishing.proposals.records import ProposalRecords, SharedPreview
from bot.features.publishing.suggestions.cases import LIFE
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryRefused
from bot.model.language import msgid, tr
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import drafts
from storage.people import creators
from storage.publishing import suggestions
from storage.publishing.suggestions import PostSuggestion
from storage.records import CommandId, DiscordId, DraftId, Effect, Link, Millis


@dataclass(frozen=True, kw_only=True)
class _CheckedSuggestion(ProposalOutcome):
    link: Link
    shown: ProposalPreview


class SuggestionHandler(ProposalHandler):
    """Only reads Fanvue, and writes one draft, whose id follows from the effect."""

    settling = SettlingMethod.REPEAT

    def __init__(self, ground: ProposalContext, record: ProposalRecords, post: ProposalKind) -> None:
        super().__init__(ground)
        self._record = record
        self._post = post

    def operation(self, content: Content) -> str | None:
        """None of Fanvue's."""
        return None

    async def carry(self, effect: Effect, content: Content, voice: CallAccount | None) -> ProposalOutcome:
        """Looked at once more as the post that it is; then it waits."""
        link = await self._ground.ctx.database.read(lambda tx: creators.open_link(tx, effect.creator))
        if link is None:
            raise DeliveryRefused(msgid("The Fanvue account is no longer connected."))
        try:
            shown = await self._post.preview(link, content)
        except ProposalRefused as refused:
            raise DeliveryRefused(refused.sentence) from refused
        return _CheckedSuggestion(f"postask:{effect.id}", _told, link=link, shown=shown)

    async def candidates(
        self, effect: Effect, content: Content, seen: Content, *, started: Millis
    ) -> Sequence[ProposalOutcome]:
        """Nothing comes about on Fanvue that could be found."""
        return ()

    def _done(self, effect: Effect, body: Body, carried: ProposalOutcome) -> Done:
        """It waits from the commit that says so in the alerts channel, so no end comes before that line."""
        assert isinstance(carried, _CheckedSuggestion), "nothing else carries it"
        done = super()._done(effect, body, carried)

        async def then(tx: Transaction) -> None:
            await self._open(tx, effect, body, carried)
            if done.then is not None:
                await done.then(tx)

        return Done(done.external_id, then)

    async def _open(self, tx: Transaction, effect: Effect, body: Body, looked: _CheckedSuggestion) -> None:
        ref, now = DraftId(effect.id), self._ground.ctx.clock.now()
        command = await command_rows.get(tx, CommandId(body["command"]))
        if command is None or await drafts.get(tx, ref) is not None:
            return
        by, guild = DiscordId(body["actor"]), command.guild
        shared = SharedPreview(writer=by, until=now + LIFE, ref=ref)
        await self._record.open(tx, command, looked.link, self._post, looked.shown, shared=shared)
        await suggestions.add(tx, PostSuggestion(ref, ref, 1, effect.creator, guild, by, now))


def _told() -> str:
    return tr("submitted for approval in `/post review`")
