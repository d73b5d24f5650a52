"""Settles a reply in its thread; from an alert to the chat it is about."""

from collections.abc import Awaitable, Callable

from bot.access.policy import Action
from bot.discord.answers import ONLY_ON_A_SERVER, Said, private, tell, wish_of
from bot.discord.asking import asks, by_ref, here
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.discord_permissions import why_not_answer
from bot.relay.forum_places import ForumPlaces
from bot.relay.replies import ReplyService
from bot.relay.unsend_effects import UnsendService
from storage.records import DiscordId, EffectId

_NO_CHAT = "This fan has no thread on this server yet. One opens with their first message."


@asks(Action.SETTLE_REPLY, here)
async def again(asked: Asked, ref: str) -> None:
    """The button [Send again] under a reply that did not go out."""
    await _on_a_reply(asked, ref, service(asked, ReplyService).again)


@asks(Action.SETTLE_REPLY, here)
async def drop(asked: Asked, ref: str) -> None:
    """The button [Discard] there."""
    await _on_a_reply(asked, ref, service(asked, ReplyService).drop)


@asks(Action.UNSEND, here)
async def unsend(asked: Asked, ref: str) -> None:
    """The button [Take back] under a reply that is on Fanvue."""
    await _on_a_reply(asked, ref, service(asked, UnsendService).unsend)


async def _on_a_reply(
    asked: Asked, ref: str, settle: Callable[[EffectId, DiscordId, DiscordId], Awaitable[str]]
) -> None:
    refusal = why_not_answer(asked.permissions)
    wish = wish_of(asked)
    if refusal or wish is None:
        await tell(asked, refusal or ONLY_ON_A_SERVER)
        return
    await private(asked, lambda: settle(EffectId(ref), wish.actor, wish.channel))


@asks(Action.OPEN_CHAT, by_ref)
async def open_chat(asked: Asked, ref: str) -> None:
    """The button [Open the chat] under an alert."""
    # Whether the member may see the thread is Discord's to say: a mention opens for those who may.
    wish = wish_of(asked)
    if wish is None:
        await tell(asked, ONLY_ON_A_SERVER)
        return
    chat_of = service(asked, ForumPlaces).chat_of

    async def deed() -> Said:
        thread = await chat_of(EffectId(ref), wish.guild)
        return f"Here it is: <#{thread}>" if thread is not None else _NO_CHAT

    await private(asked, deed)


BUTTONS: ButtonHandlers = {
    "chat.open": open_chat,
    "send.again": again,
    "send.drop": drop,
    "reply.unsend": unsend,
}
