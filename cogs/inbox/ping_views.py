"""Which messages make one's own phone ring: /inbox pings, and the offer's buttons."""

from bot.access.policy import Action
from bot.discord.answers import private
from bot.discord.asking import asks, by_ref, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.features.inbox.pings.service import PingSetting, TypedPings


async def set_pings(asked: Asked, typed: TypedPings) -> None:
    """Change what was typed; without anything, say what is set."""
    permit = permit_of(asked)
    await private(asked, lambda: service(asked, PingSetting).set(permit, typed))


@asks(Action.PINGS, by_ref)
async def choose_conversations(asked: Asked, _ref: str) -> None:
    """The button [Every new conversation] of the offer, for whoever presses it."""
    await set_pings(asked, TypedPings("conversations"))


@asks(Action.PINGS, by_ref)
async def choose_messages(asked: Asked, _ref: str) -> None:
    await set_pings(asked, TypedPings("messages"))


@asks(Action.PINGS, by_ref)
async def choose_mine(asked: Asked, _ref: str) -> None:
    await set_pings(asked, TypedPings("mine"))


@asks(Action.PINGS, by_ref)
async def choose_nothing(asked: Asked, _ref: str) -> None:
    await set_pings(asked, TypedPings("nothing"))


BUTTONS: ButtonHandlers = {
    "pings.conversations": choose_conversations,
    "pings.messages": choose_messages,
    "pings.mine": choose_mine,
    "pings.nothing": choose_nothing,
}
