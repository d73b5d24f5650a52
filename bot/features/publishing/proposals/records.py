"""Keeps previews as drafts with a sealed body, and notes what became of each."""

import json
from dataclasses import asdict, dataclass, replace

from bot.engine.outbox import ERASED
from bot.features.publishing.proposals.model import Content, ProposalKind, ProposalPreview
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.inbox import templates
from storage.publishing import proposals
from storage.records import Command, DiscordId, DraftId, EffectId, Link, LinkId, Millis

LIFE: Millis = 900_000  # as long as Discord lets the private answer with the buttons be changed (R10)


@dataclass(frozen=True)
class OpenProposal:
    """A draft and what it proposes."""

    draft: Draft
    feature: str
    link: LinkId
    generation: int
    preview: ProposalPreview

    @property
    def post(self) -> Post:
        """The preview as shown, without its buttons."""
        return Post(title=self.preview.title, body=self.preview.body)


@dataclass(frozen=True)
class SharedPreview:
    """Of a preview that waits for days: for its writer, or for anybody who may do what it proposes."""

    writer: DiscordId
    until: Millis
    ref: DraftId | None = None
    own: bool = False  # it waits for its writer


class ProposalRecords:
    """One row each in drafts, proposals and audit; every method is part of the caller's transaction."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def open(
        self,
        tx: Transaction,
        command: Command,
        link: Link,
        feature: ProposalKind,
        shown: ProposalPreview,
        *,
        version: int = 1,
        shared: SharedPreview | None = None,
    ) -> DraftId:
        """Keep a preview for its requester; a later version has its own id, and so its own buttons.

        `shared`: for whom it waits instead, and for how long.
        """
        now = self._ctx.clock.now()
        draft = Draft(
            id=(shared and shared.ref) or DraftId(self._ctx.ids.new()),
            action=f"{feature.name}.propose",
            state="open",
            version=version,
            creator=link.creator,
            target=json.dumps({"by": shared.writer} if shared else {}),
            owner=_owner(command, shared),
            guild=command.guild,
            settled_by=None,
            settled_at=None,
            created_at=now,
            expires_at=shared.until if shared else now + LIFE,
        )
        await drafts.open_draft(tx, draft)
        sealed = self._ctx.sealer.seal(body_place(draft.id), json.dumps(asdict(shown)).encode())
        kept = proposals.Proposal(draft.id, feature.name, link.id, link.generation, command.id, sealed)
        await proposals.add(tx, kept)
        await templates.follow(tx, draft.id, (command.id, command.target), now=now)
        await self._note(
            tx,
            command,
            f"{feature.name}.propose",
            draft.id,
            f"version {version}",
            command.id,
        )
        return draft.id

    async def pick(
        self, tx: Transaction, known: OpenProposal, picked: Content, *, life: Millis = LIFE
    ) -> None:
        """Keep what was chosen so far over an open preview, and let it wait so long from now on."""
        body = asdict(replace(known.preview, picked=picked))
        draft = known.draft.id
        sealed = self._ctx.sealer.seal(body_place(draft), json.dumps(body).encode())
        await proposals.rewrite(tx, draft, sealed)
        await drafts.extend(tx, draft, until=self._ctx.clock.now() + life)

    async def get(self, tx: Transaction, draft: DraftId) -> OpenProposal | None:
        """Return a draft that proposes something, in any state; None for any other."""
        found, kept = await drafts.get(tx, draft), await proposals.get(tx, draft)
        if found is None or kept is None:
            return None
        plain = self._ctx.sealer.open(body_place(draft), kept.body)
        if plain == ERASED:
            return None
        body = json.loads(plain)
        shown = ProposalPreview(**{**body, "body": tuple(body["body"])})
        return OpenProposal(found, kept.feature, kept.link, kept.generation, shown)

    async def close(
        self,
        tx: Transaction,
        known: OpenProposal,
        command: Command,
        how: str,
        *,
        effect: EffectId | None = None,
    ) -> bool:
        """Settle a draft with a word; False if another press came first. It is recorded either way.

        `effect`: the effect that follows.
        """
        settled = await drafts.settle(
            tx,
            known.draft.id,
            version=known.draft.version,
            state=how,
            by=command.actor,
            now=self._ctx.clock.now(),
        )
        outcome = how if settled else "too late"
        cause = effect if settled and effect is not None else command.id
        await self._note(tx, command, f"{known.feature}.press", known.draft.id, outcome, cause)
        return settled

    async def _note(
        self, tx: Transaction, command: Command, action: str, draft: DraftId, outcome: str, cause: str
    ) -> None:
        await self._ctx.trail.write(
            tx,
            action,
            outcome,
            target=draft,
            actor=command.actor,
            creator=command.creator,
            cause=cause,
        )


def _owner(command: Command, shared: SharedPreview | None) -> DiscordId | None:
    if shared is None:
        return command.actor
    return shared.writer if shared.own else None


def body_place(draft: DraftId) -> str:
    """The place a proposal's body is sealed for."""
    return f"proposals|body|{draft}"
