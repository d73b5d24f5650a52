"""`Linking` of a desk: one link at a time, and questions that have one answerer."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence

from bot.access.permits import ActionConfirmation, Actor
from bot.access.policy import Action
from bot.features.people.accounts.service import AccountLinkService
from bot.features.people.accounts.unlink_service import EndedLink
from storage.records import DiscordId, DraftId, EffectId, Link
from tests.discord.desk import Desk, DeskServices


class LinkRefused(Exception):
    """The desk's own refusal, with a sentence."""


class DeskLinking:
    """`Linking` of a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._begun = 0

    async def begin(
        self, user: DiscordId, user_name: str, guild: DiscordId, guild_name: str, command: str
    ) -> str:
        self._begun += 1
        if self._begun > 5:
            raise LinkRefused("You asked for five links within an hour. Please wait a little.")
        return f"https://bridge.example/link/{user}-{self._begun}"

    async def answer(self, yes: ActionConfirmation) -> str:
        self._settle(yes.question(Action.LINK), yes.by.user)
        return "Connected."

    async def refuse(self, pending_id: str, actor: DiscordId) -> str:
        self._settle(pending_id, actor)
        return "Not connected."

    def _settle(self, pending_id: str, actor: DiscordId) -> None:
        if self._desk.asked.pop(pending_id, None) != actor:
            raise LinkRefused("This question is not yours, or its time is over.")

    async def instead(self, yes: ActionConfirmation) -> tuple[str, EndedLink | None]:
        return await self.answer(yes), EndedLink("old", ("a reply: Sam",), ())

    async def links_of(self, user: DiscordId) -> Sequence[Link]:
        return [link for link in self._desk.links if link.discord_user == user]

    async def ask_end(self, link: Link, by: Actor) -> DraftId:
        self._desk.waiting[EffectId(link.id)] = link.creator
        return DraftId(link.id)

    async def unlink(self, yes: ActionConfirmation) -> EndedLink | None:
        ref = yes.question(Action.UNLINK)
        for link in await self.links_of(yes.by.user):
            if link.id == ref:
                yes.concerns(link.creator)
                self._desk.links.remove(link)
                return EndedLink(link.handle, ("a reply: Sam @sam · 1a2b",), ())
        return None

    async def keep(self, ref: DraftId, owner: DiscordId) -> None:
        return None


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {AccountLinkService: DeskLinking(desk)}
