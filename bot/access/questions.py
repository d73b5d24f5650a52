"""Questions before deeds marked `twice`, each kept until who was asked answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from storage.database import Transaction
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.records import CreatorId, DiscordId, DraftId, Millis

LIFE: Millis = 900_000  # as long as Discord lets the private answer with the buttons be changed


@dataclass(frozen=True)
class ConfirmationQuestion:
    """A question of one person's. `kind`: its drafts' name; `about`: what a yes does."""

    kind: str
    by: DiscordId
    guild: DiscordId | None
    creator: CreatorId
    about: Mapping[str, Any]


async def ask(tx: Transaction, asking: ConfirmationQuestion, ref: DraftId, *, now: Millis) -> DraftId:
    """Keep a question under this reference, which its buttons name."""
    draft = Draft(
        id=ref,
        action=asking.kind,
        state="open",
        version=1,
        creator=asking.creator,
        target=json.dumps(asking.about),
        owner=asking.by,
        guild=asking.guild,
        settled_by=None,
        settled_at=None,
        created_at=now,
        expires_at=now + LIFE,
    )
    await drafts.open_draft(tx, draft)
    return ref


async def asked(tx: Transaction, yes: ActionConfirmation, action: Action, kind: str) -> Draft | None:
    """Return the question that this is a yes to, in any state; None: asked of somebody else, or nobody.

    Raises NotConfirmed for a yes to something else, or about somebody else's creator.
    """
    draft = await drafts.get(tx, DraftId(yes.question(action)))
    if draft is None or (draft.action, draft.owner) != (kind, yes.by.user):
        return None
    if draft.guild is not None and draft.guild != yes.by.guild:
        return None
    if draft.creator is not None:
        yes.concerns(draft.creator)
    return draft


def is_open(draft: Draft, now: Millis) -> bool:
    """Whether it still can be answered."""
    return draft.state == "open" and (draft.expires_at is None or now < draft.expires_at)


async def close(tx: Transaction, yes: ActionConfirmation, draft: Draft, how: str, *, now: Millis) -> bool:
    """Take the answer; False when somebody was faster, or its time is over."""
    return await drafts.settle(tx, draft.id, version=1, state=how, by=yes.by.user, now=now)


async def drop(tx: Transaction, ref: DraftId, by: DiscordId, kind: str, *, now: Millis) -> None:
    """No to a question of one's own: a yes to it counts no more."""
    draft = await drafts.get(tx, ref)
    if draft is not None and (draft.action, draft.owner) == (kind, by):
        await drafts.settle(tx, ref, version=1, state="kept", by=by, now=now)
