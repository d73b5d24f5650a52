"""A desk's claims: who asks first holds a fan for ever."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.permits import ActionConfirmation, Actor
from bot.access.policy import Action
from bot.features.inbox.claims.service import ClaimService
from bot.model.ports import Button, Post
from storage.records import DiscordId, EffectId
from tests.discord.desk import Desk, DeskServices


class DeskClaims:
    """Knows who holds which thread."""

    def __init__(self) -> None:
        self.held: dict[DiscordId, DiscordId] = {}

    async def begin(self, actor: DiscordId, channel: DiscordId, ref: str, *, alone: bool) -> Post | None:
        holder = self.held.get(channel, actor)
        if holder == actor:
            return None
        button = Button("talk.anyway", ref, "Answer anyway")
        return Post(body=(f"<@{holder}> is answering.",), buttons=(button,))

    async def anyway(self, channel: DiscordId, yes: ActionConfirmation) -> EffectId:
        line = yes.question(Action.ANSWER_ANYWAY)
        self.held[channel] = yes.by.user
        return EffectId(line)

    async def claim(self, actor: DiscordId, channel: DiscordId) -> Post | str:
        self.held.setdefault(channel, actor)
        return "This fan is yours."

    async def take(self, channel: DiscordId, yes: ActionConfirmation) -> Post | str:
        yes.question(Action.ANSWER_ANYWAY)
        self.held[channel] = yes.by.user
        return "This fan is yours."

    async def release(self, actor: DiscordId, channel: DiscordId) -> Post | str:
        self.held.pop(channel, None)
        return "Released."

    async def hand_over(self, actor: DiscordId, channel: DiscordId, to: Actor) -> Post | str:
        self.held[channel] = to.user
        return f"This fan is now <@{to.user}>'s."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {ClaimService: DeskClaims()}
