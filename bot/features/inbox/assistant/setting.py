"""/inbox assistant: an owner allows it, or ends it."""

from collections.abc import Mapping

from bot.access.permits import Permit
from bot.features.inbox.assistant import texts
from bot.features.inbox.assistant.model import AssistantUse
from bot.features.inbox.assistant.permission import AssistantPermission
from bot.model.language import tr
from bot.model.ports import Button, Post
from bot.relay.context import Context
from bot.text.button_keys import key_of, key_ref
from storage.database import Transaction
from storage.people import assistant_consents
from storage.people.assistant_consents import AssistantConsent
from storage.records import CreatorId, Link


class AssistantSetting:
    """Whether somebody may decide was asked before."""

    def __init__(self, ctx: Context, *, permission: AssistantPermission, mark: str) -> None:
        """`mark`: small letters and digits that name the server in a button."""
        self._ctx = ctx
        self._permission = permission
        self._mark = mark

    async def change(self, permit: Permit, wanted: Mapping[AssistantUse, bool]) -> Post | str:
        """What is not named stays as it is. What is new is asked about first; what ends, ends at once."""
        creator, server, link = _creator_of(permit), self._permission.server, permit.link
        assert link is not None, "the action needs the owner's own link"
        if server is None:
            return tr(texts.NOT_SET_UP)

        async def work(tx: Transaction) -> Post | str:
            before = await self._permission.given(tx, creator)
            after = frozenset(use for use in AssistantUse if wanted.get(use, use in before))
            if after - before:
                return self._question(link, server, after)
            if after != before:
                await self._put(tx, permit, server, after)
            return texts.state(after, server)

        return await self._ctx.database.write(work)

    async def allow(self, permit: Permit, key: str) -> str:
        """The button under the question. `key`: what was asked, about which server."""
        letters, _, mark = key_of(key).partition("_")
        server, uses = self._permission.server, frozenset(use for use in AssistantUse if use[0] in letters)
        if server is None or mark != self._mark:
            return tr(texts.CHANGED)
        await self._ctx.database.write(lambda tx: self._put(tx, permit, server, uses))
        return texts.state(uses, server)

    def _question(self, link: Link, server: str, uses: frozenset[AssistantUse]) -> Post:
        letters = "".join(use[0] for use in AssistantUse if use in uses)
        button = Button(
            texts.ALLOW, link.id, tr("Allow"), "primary", also=(key_ref(f"{letters}_{self._mark}"),)
        )
        return texts.question(link.handle, server, self._permission.engine, button, uses)

    async def _put(self, tx: Transaction, permit: Permit, server: str, uses: frozenset[AssistantUse]) -> None:
        creator, by = _creator_of(permit), permit.actor.user
        given = AssistantConsent(server, frozenset(uses), by)
        await assistant_consents.put(tx, creator, given, now=self._ctx.clock.now())
        what = " ".join(use for use in AssistantUse if use in uses) or "off"
        await self._ctx.trail.write(
            tx, "assistant.set", "done", target=f"{what} {server}", actor=by, creator=creator
        )


def _creator_of(permit: Permit) -> CreatorId:
    assert permit.creator is not None, "the action is about a creator"
    return permit.creator
