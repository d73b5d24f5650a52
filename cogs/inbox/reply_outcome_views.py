"""Settles a reply in its thread; from an alert to the chat it is about."""

from collections.abc import Awaitable, Callable

from bot.access.policy import Action
from bot.discord.answers import Said, private, server_wish_of
from bot.discord.asking import asks, by_ref, here
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.model.language import msgid, tr
from bot.relay.forum_places import ForumPlaces
from bot.relay.replies import ReplyService
from bot.relay.unsend_service import UnsendService
from cogs.inbox.reply_views import answer_wish_of
from storage.records import DiscordId, EffectId

_NO_CHAT = msgid("This fan has no thread on this server yet. It opens with their first message.")


@asks(Action.SETTLE_REPLY, here)
async def again(asked: Asked, ref: str) -> None:
    """The button [Send again] under a reply that did not go out."""
    await _on_a_reply(asked, ref, service(asked, ReplyService).again)


@asks(Action.SETTLE_REPLY, here)
async def drop(asked: Asked, ref: str) -> None:
    """The button [Discard] there."""
    await _on_a_reply(asked, ref, service(asked, ReplyService).drop)


@asks(Action.UNSEND, here)
async def ask_unsend(asked: Asked, ref: str) -> None:
    """The button [Unsend] under a line of the creator's side: it asks once."""
    wish = answer_wish_of(asked)
    ask = service(asked, UnsendService).ask

    await private(asked, lambda: ask(EffectId(ref), wish.channel))


@asks(Action.UNSEND, here)
async def unsend(asked: Asked, ref: str) -> None:
    """The button [Unsend] under that question, which becomes the answer, or under a note in the thread."""
    asking = asked.message is not None and asked.message.flags.ephemeral
    await _on_a_reply(asked, ref, service(asked, UnsendService).unsend, in_place=asking)


async def _on_a_reply(
    asked: Asked,
    ref: str,
    settle: Callable[[EffectId, DiscordId, DiscordId], Awaitable[str]],
    *,
    in_place: bool = False,
) -> None:
    wish = answer_wish_of(asked)
    await private(asked, lambda: settle(EffectId(ref), wish.actor, wish.channel), in_place=in_place)


@asks(Action.OPEN_CHAT, by_ref)
async def open_chat(asked: Asked, ref: str) -> None:
    """The button [Open the chat] under an alert."""
    # Whether the member may see the thread is Discord's to say: a mention opens for those who may.
    wish = server_wish_of(asked)
    chat_of = service(asked, ForumPlaces).chat_of

    async def deed() -> Said:
        thread = await chat_of(EffectId(ref), wish.guild)
        return tr("Here it is: <#{thread}>", thread=thread) if thread is not None else tr(_NO_CHAT)

    await private(asked, deed)


BUTTONS: ButtonHandlers = {
    "chat.open": open_chat,
    "send.again": again,
    "send.drop": drop,
    "reply.unsend": unsend,
    "unsend.ask": ask_unsend,
}
