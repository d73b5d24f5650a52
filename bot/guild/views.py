"""Buttons and the reply window: they survive restarts, each click is checked.

A button's custom_id names an action and a reference; what it refers to lies in the database.
"""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any, Self

import discord
from discord import ui

from bot.guild.answers import ONLY_ON_A_SERVER, Said, guarded, in_place, private, tell, wish_of
from bot.guild.bridge import Asked
from bot.guild.cards import TEMPLATE
from bot.guild.figures import more_of_digest
from bot.guild.hidden import show_hidden
from bot.guild.inbox import settle, show_list
from bot.guild.media import turn_page
from bot.guild.proposing import cancel, confirm, details, it_was, it_was_not
from bot.guild.replying import reply
from bot.guild.rights import why_not_answer
from bot.guild.uses import Ended
from bot.relay.safe_text import safe
from storage.records import DiscordId, EffectId, LinkId

TEXT_LIMIT = 4000  # a text field of a window holds no more; longer goes by /reply
_STALE = "This button is no longer in use. Please use the newest message, or a command."
_NO_CHAT = "This fan has no thread on this server yet. One opens with their first message."
_CUSTOM_ID = re.compile(TEMPLATE)


class BridgeButton(ui.DynamicItem[ui.Button[Any]], template=TEMPLATE):
    """Every button of the bridge."""

    def __init__(self, button: ui.Button[Any], action: str, ref: str) -> None:
        super().__init__(button)
        self.action = action
        self.ref = ref

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        assert isinstance(item, ui.Button)
        return cls(item, match["action"], match["ref"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what its action says, or say that it is out of use."""
        handler = _ACTIONS.get(self.action, _stale)
        await guarded(interaction, lambda: handler(interaction, self.ref))


class ReplyWindow(ui.Modal, title="Reply to this fan"):
    """A text, and an offer if wanted. Its custom_id is all that the bridge needs to take it back."""

    text: ui.Label[Any] = ui.Label(
        text="Message",
        description="Up to 4,000 characters here. Longer ones go by /reply.",
        component=ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, max_length=TEXT_LIMIT, required=False
        ),
    )
    price: ui.Label[Any] = ui.Label(
        text="Price in dollars (optional)",
        description="For media only, at least 3: for example 4.99",
        component=ui.TextInput(custom_id="price", max_length=20, required=False),
    )
    media: ui.Label[Any] = ui.Label(
        text="Media ids from the vault (optional)",
        description="Separated by spaces or commas.",
        component=ui.TextInput(custom_id="media", max_length=1000, required=False),
    )

    def __init__(self, ref: str) -> None:
        super().__init__(custom_id=f"v1:reply:{ref}")


async def submitted(asked: Asked) -> None:
    """Take a window that was sent, also one that was opened before the bridge was restarted."""
    data: Mapping[str, Any] = asked.data or {}
    match = _CUSTOM_ID.fullmatch(str(data.get("custom_id", "")))
    if match is None or match["action"] != "reply":
        return
    fields = dict(_fields(data.get("components", ())))
    await guarded(
        asked,
        lambda: reply(
            asked, text=fields.get("text"), price=fields.get("price"), media=fields.get("media"), preview=None
        ),
    )


def _fields(components: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for component in components:
        if "value" in component:
            yield component["custom_id"], component["value"]
        yield from _fields(component.get("components", ()))
        if "component" in component:
            yield from _fields((component["component"],))


# ── actions ──


async def _reply(asked: Asked, ref: str) -> None:
    refusal = why_not_answer(asked.permissions, in_thread=isinstance(asked.channel, discord.Thread))
    if refusal:
        await tell(asked, refusal)
        return
    window = ReplyWindow(ref)
    # discord.py keeps every window it opens until it is sent, and forgets all at a restart. `submitted`
    # needs neither.
    window.stop()
    await asked.response.send_modal(window)


async def _again(asked: Asked, ref: str) -> None:
    await _on_a_reply(asked, ref, asked.client.uses.replies.again)


async def _drop(asked: Asked, ref: str) -> None:
    await _on_a_reply(asked, ref, asked.client.uses.replies.drop)


async def _unsend(asked: Asked, ref: str) -> None:
    await _on_a_reply(asked, ref, asked.client.uses.unsend)


async def _on_a_reply(
    asked: Asked, ref: str, settle: Callable[[EffectId, DiscordId, DiscordId], Awaitable[str]]
) -> None:
    refusal = why_not_answer(asked.permissions, in_thread=isinstance(asked.channel, discord.Thread))
    wish = wish_of(asked)
    if refusal or wish is None:
        await tell(asked, refusal or ONLY_ON_A_SERVER)
        return
    await private(asked, lambda: settle(EffectId(ref), wish.actor, wish.channel))


async def _open_chat(asked: Asked, ref: str) -> None:
    # Whether the member may see the thread is Discord's to say: a mention opens for those who may.
    wish = wish_of(asked)
    if wish is None:
        await tell(asked, ONLY_ON_A_SERVER)
        return
    chat_of = asked.client.uses.chat_of

    async def deed() -> Said:
        thread = await chat_of(EffectId(ref), wish.guild)
        return f"Here it is: <#{thread}>" if thread is not None else _NO_CHAT

    await private(asked, deed)


async def _wait_again(asked: Asked, ref: str) -> None:
    await settle(asked, ref, asked.client.uses.problems.again)


async def _wait_drop(asked: Asked, ref: str) -> None:
    await settle(asked, ref, asked.client.uses.problems.drop)


async def _wait_now(asked: Asked, ref: str) -> None:
    await settle(asked, ref, asked.client.uses.problems.now)


async def _wait_list(asked: Asked, _ref: str) -> None:
    await show_list(asked)


async def _wait_page(asked: Asked, ref: str) -> None:
    await show_list(asked, int(ref) if ref.isascii() and ref.isdigit() else 0, turn=True)


async def _link_yes(asked: Asked, ref: str) -> None:
    linking = asked.client.uses.linking
    await in_place(asked, lambda: linking.answer(ref, DiscordId(asked.user.id), yes=True))


async def _link_no(asked: Asked, ref: str) -> None:
    linking = asked.client.uses.linking
    await in_place(asked, lambda: linking.answer(ref, DiscordId(asked.user.id), yes=False))


async def _unlink_yes(asked: Asked, ref: str) -> None:
    async def deed() -> Said:
        linking = asked.client.uses.linking
        me = DiscordId(asked.user.id)
        own = {link.id: link for link in await linking.links_of(me)}
        link = own.get(LinkId(ref))
        ended = await linking.unlink(link.creator, me) if link is not None else None
        if ended is None:  # somebody else's, or ended already: the same words for both
            return "There is no such link of yours. /account shows what is connected."
        return _ended(ended)

    await in_place(asked, deed)


async def _unlink_no(asked: Asked, _ref: str) -> None:
    async def deed() -> Said:
        return "Nothing was changed."

    await in_place(asked, deed)


async def _stale(asked: Asked, _ref: str) -> None:
    await tell(asked, _STALE)


def _ended(ended: Ended) -> str:
    waiting = len(ended.not_sent)
    lost = (
        f" {waiting} waiting {'reply was' if waiting == 1 else 'replies were'} not sent." if waiting else ""
    )
    return (
        f"@{safe(ended.handle)} is disconnected.{lost} The bridge's access is being revoked and its keys "
        "are erased; the threads stay as they are. You can also remove the app on Fanvue itself. "
        "/link connects again."
    )


_ACTIONS: Mapping[str, Callable[[Asked, str], Awaitable[None]]] = {
    "reply": _reply,
    "chat.open": _open_chat,
    "send.again": _again,
    "send.drop": _drop,
    "reply.unsend": _unsend,
    "hidden.show": show_hidden,
    "wait.again": _wait_again,
    "wait.drop": _wait_drop,
    "wait.now": _wait_now,
    "wait.list": _wait_list,
    "wait.page": _wait_page,
    "wait.was": it_was,
    "wait.was_not": it_was_not,
    "figures.more": more_of_digest,
    "media.page": turn_page,
    "propose.yes": confirm,
    "propose.no": cancel,
    "propose.show": details,
    "link.yes": _link_yes,
    "link.no": _link_no,
    "unlink.yes": _unlink_yes,
    "unlink.no": _unlink_no,
}
