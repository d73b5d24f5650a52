"""Asks a second time before anything about privacy is changed; one answer counts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.model.language import msgid, tr
from bot.model.ports import Button
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.records import CreatorId, DiscordId, DraftId, Millis

_NAMES: Mapping[str, str] = {
    Action.PRIVACY_SET: "privacy",
    Action.FORGET: "forget",
    Action.EXPORT: "export",
    Action.ERASE: "erase",
}
_LIFE: Millis = 900_000  # as long as Discord lets the answer with the buttons be changed
OVER = msgid("This has expired or was already answered. Run the command again.")
KEPT = msgid("No changes made.")


@dataclass(frozen=True)
class PrivacyQuestion:
    """Somebody's request, and its subject."""

    draft: DraftId
    what: str
    creator: CreatorId
    owner: DiscordId
    given: Mapping[str, Any]


def question_buttons(draft: DraftId, action: Action) -> tuple[Button, Button]:
    """Yes and No under a question that is open."""
    name = _NAMES[action]
    return (
        Button(f"{name}.yes", draft, tr("Yes, do it"), "danger"),
        Button(f"{name}.no", draft, tr("No, leave it")),
    )


class PrivacyQuestionService:
    """Keeps questions as drafts. The caller checks at the press who may answer."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def ask(
        self, creator: CreatorId, by: DiscordId, action: Action, what: str, given: Mapping[str, Any]
    ) -> tuple[Button, Button]:
        """Keep a question; its two buttons, of which this person presses one."""
        now = self._ctx.clock.now()
        draft = Draft(
            id=DraftId(self._ctx.ids.new()),
            action=f"{action}.propose",
            state="open",
            version=1,
            creator=creator,
            target=json.dumps({"what": what, **given}),
            owner=by,
            guild=None,
            settled_by=None,
            settled_at=None,
            created_at=now,
            expires_at=now + _LIFE,
        )
        await self._ctx.database.write(lambda tx: drafts.open_draft(tx, draft))
        return question_buttons(draft.id, action)

    async def asked(self, tx: Transaction, yes: ActionConfirmation, action: Action) -> PrivacyQuestion | None:
        """The open question that this is a yes to. Raises NotConfirmed."""
        found = await self.find(tx, yes.question(action), yes.by.user, action)
        if found is not None:
            yes.concerns(found.creator)
        return found

    async def find(self, tx: Transaction, ref: str, by: DiscordId, action: Action) -> PrivacyQuestion | None:
        """An open question of this person's before this action."""
        draft = await drafts.get(tx, DraftId(ref))
        if draft is None or draft.owner != by or draft.state != "open" or draft.creator is None:
            return None
        if draft.action != f"{action}.propose":
            return None
        given = json.loads(draft.target)
        return PrivacyQuestion(draft.id, given.pop("what"), draft.creator, by, given)

    async def close(self, tx: Transaction, question: PrivacyQuestion, how: str) -> bool:
        """Take the answer; False when somebody was faster, or its time is over."""
        return await drafts.settle(
            tx, question.draft, version=1, state=how, by=question.owner, now=self._ctx.clock.now()
        )
