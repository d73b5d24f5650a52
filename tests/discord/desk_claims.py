"""A desk's claims and snoozes: who asks first holds a fan for ever."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Collection, Mapping, Sequence

from bot.access.permits import ActionConfirmation, Actor
from bot.access.policy import Action
from bot.access.roles import MoneyView
from bot.engine.input_windows import InputWindowHolder
from bot.features.inbox.snooze.bulk_service import BulkSnoozeQuestion
from bot.model.ports import Button, Post
from storage.records import CreatorId, DiscordId, DraftId, EffectId


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
        return "This fan is free."

    async def hand_over(self, actor: DiscordId, channel: DiscordId, to: Actor) -> Post | str:
        self.held[channel] = to.user
        return f"This fan is <@{to.user}>'s now."


class DeskAside:
    """`Aside` of a desk: says what it was told."""

    async def snooze(self, actor: DiscordId, channel: DiscordId, typed: str) -> str:
        return f"Snoozed until {typed}."

    async def close(self, actor: DiscordId, channel: DiscordId) -> str:
        return "Closed."

    async def reopen(self, actor: DiscordId, channel: DiscordId) -> str:
        return "Open."

    async def times(self, creator: CreatorId) -> Sequence[tuple[str, str]]:
        return [("For 1 hour", "in 1 hour")]


class DeskSeveral:
    """`Several` of a desk: nobody is on any page."""

    async def whom(
        self,
        of: Mapping[CreatorId, MoneyView],
        holder: InputWindowHolder,
        page: str,
        may: Collection[CreatorId],
    ) -> BulkSnoozeQuestion:
        return BulkSnoozeQuestion(Post(body=(f"Whom? {len(may)} may be asked about.",)))

    async def until(
        self, holder: InputWindowHolder, ref: DraftId, chosen: Sequence[str], may: Collection[CreatorId]
    ) -> BulkSnoozeQuestion:
        return BulkSnoozeQuestion(Post(body=("Until when?",)))

    async def put_off(
        self, holder: InputWindowHolder, ref: DraftId, typed: str, may: Collection[CreatorId]
    ) -> Post:
        return Post(body=(f"Until {typed}.",))
