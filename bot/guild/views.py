"""Every button and window: they survive restarts, each click is checked.

A button's custom_id names an action and a reference; what it refers to lies in the database.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self

import discord
from discord import ui

from bot.access.policy import Action
from bot.guild import claiming, linking, offboarding, pausing, pricing, promising, reviewing, steward
from bot.guild import team as teams
from bot.guild.answers import ONLY_ON_A_SERVER, Said, private, tell, wish_of
from bot.guild.asking import asks, by_ref, here
from bot.guild.audit import turn_audit
from bot.guild.bridge import Asked
from bot.guild.campaigns import board
from bot.guild.cards import TEMPLATE
from bot.guild.erasing import erase_no, erase_typed, erase_window
from bot.guild.figures import more_of_digest
from bot.guild.handling import guarded
from bot.guild.helping import turn_help
from bot.guild.hidden import show_hidden, show_line
from bot.guild.holding import cancel_reply
from bot.guild.inbox import wait_again, wait_drop, wait_list, wait_now, wait_page
from bot.guild.kept import (
    answer_anyway,
    discard_kept,
    edit_kept,
    open_reply,
    send_kept,
    submitted_edit,
    submitted_reply,
)
from bot.guild.lists import build_no, build_yes, delete_no, delete_yes, resume, stop
from bot.guild.media import turn_page
from bot.guild.notes import change_window, note_window, submitted_change, submitted_note, turn_notes
from bot.guild.privacy import export_no, export_yes, forget_no, forget_yes, set_no, set_yes
from bot.guild.profiles import show_lists, show_more
from bot.guild.promise_windows import drop_window, promise_window, submitted_drop, submitted_promise
from bot.guild.proposing import cancel, confirm, details, it_was, it_was_not
from bot.guild.putting_off import ask_whom
from bot.guild.reviews import turn_blocked, turn_sent
from bot.guild.rights import why_not_answer
from bot.guild.template_files import keep_all, keep_new, keep_none
from bot.guild.template_picking import list_to_pick
from bot.guild.templates import change_template, submitted_template
from bot.guild.typed import fields as fields_of
from bot.guild.typed_messages import keep_typed, look_at_typed, send_typed
from bot.guild.uploading import stop_upload
from bot.guild.waiting import open_waiting, turn_waiting
from bot.relay.gate import DISCARD, EDIT, SEND
from storage.records import DiscordId, EffectId

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
        handler = BUTTONS.get(self.action, _stale)
        await guarded(interaction, lambda: handler(interaction, self.ref))


async def submitted(asked: Asked) -> None:
    """Take a window that was sent, also one that was opened before the bridge was restarted."""
    data: Mapping[str, Any] = asked.data or {}
    match = _CUSTOM_ID.fullmatch(str(data.get("custom_id", "")))
    handler = None if match is None else WINDOWS.get(match["action"])
    if match is not None and handler is not None:
        fields = dict(fields_of(data.get("components", ())))
        ref = match["ref"]
        await guarded(asked, lambda: handler(asked, ref, fields))


# ── actions ──


@asks(Action.SETTLE_REPLY, here)
async def _again(asked: Asked, ref: str) -> None:
    await _on_a_reply(asked, ref, asked.client.uses.replies.again)


@asks(Action.SETTLE_REPLY, here)
async def _drop(asked: Asked, ref: str) -> None:
    await _on_a_reply(asked, ref, asked.client.uses.replies.drop)


@asks(Action.UNSEND, here)
async def _unsend(asked: Asked, ref: str) -> None:
    await _on_a_reply(asked, ref, asked.client.uses.unsend)


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


async def _stale(asked: Asked, _ref: str) -> None:
    await tell(asked, _STALE)


WINDOWS: Mapping[str, Callable[[Asked, str, Mapping[str, str]], Awaitable[None]]] = {
    "reply": submitted_reply,
    EDIT: submitted_edit,
    reviewing.EDIT: reviewing.submitted_edit,
    reviewing.RETURN: reviewing.submitted_return,
    "note.add": submitted_note,
    "note.edit": submitted_change,
    "erase.yes": erase_typed,
    "template.edit": submitted_template,
    "promise.add": submitted_promise,
    "promise.drop": submitted_drop,
}
BUTTONS: Mapping[str, Callable[[Asked, str], Awaitable[None]]] = {
    "reply": open_reply,
    SEND: send_kept,
    EDIT: edit_kept,
    DISCARD: discard_kept,
    "review.open": reviewing.open_held,
    "review.approve": reviewing.approve,
    reviewing.EDIT: reviewing.edit_window,
    reviewing.RETURN: reviewing.return_window,
    "review.page": reviewing.turn_reviews,
    "review.back": reviewing.take_back,
    "review.sent": turn_sent,
    "review.blocked": turn_blocked,
    "talk.anyway": answer_anyway,
    "talk.take": claiming.take,
    "chat.open": _open_chat,
    "send.again": _again,
    "send.drop": _drop,
    "reply.unsend": _unsend,
    "reply.cancel": cancel_reply,
    "typed.send": send_typed,
    "typed.inside": keep_typed,
    "typed.look": look_at_typed,
    "help.page": turn_help,
    "hidden.show": show_hidden,
    "private.show": show_line,
    "price.yes": pricing.yes,
    "price.no": pricing.no,
    "privacy.yes": set_yes,
    "privacy.no": set_no,
    "forget.yes": forget_yes,
    "forget.no": forget_no,
    "export.yes": export_yes,
    "export.no": export_no,
    "erase.yes": erase_window,
    "erase.no": erase_no,
    "note.add": note_window,
    "note.edit": change_window,
    "note.page": turn_notes,
    "promise.add": promise_window,
    "promise.page": promising.turn_promises,
    "promise.show": promising.show_promise,
    "promise.done": promising.done,
    "promise.tomorrow": promising.tomorrow,
    "promise.drop": drop_window,
    "wait.again": wait_again,
    "wait.drop": wait_drop,
    "wait.now": wait_now,
    "wait.list": wait_list,
    "wait.page": wait_page,
    "wait.was": it_was,
    "inbox.open": open_waiting,
    "inbox.page": turn_waiting,
    "inbox.snooze": ask_whom,
    "wait.was_not": it_was_not,
    "figures.more": more_of_digest,
    "campaigns.board": board,
    "card.more": show_more,
    "card.lists": show_lists,
    "card.figures": show_more,  # on cards of earlier versions, until something about their fan changes
    "media.page": turn_page,
    "list.yes": build_yes,
    "list.no": build_no,
    "list.stop": stop,
    "list.go": resume,
    "list.delete": delete_yes,
    "list.keep": delete_no,
    "template.edit": change_template,
    "template.list": list_to_pick,
    "template.skip": keep_new,
    "template.replace": keep_all,
    "template.drop": keep_none,
    "upload.stop": stop_upload,
    "audit.page": turn_audit,
    "propose.yes": confirm,
    "propose.no": cancel,
    "propose.show": details,
    "pause.lift": pausing.ask,
    "team.remove": offboarding.remove,
    "team.keep": offboarding.keep,
    "pause.send": pausing.send,
    "pause.drop": pausing.drop,
    "pause.show": pausing.show,
    "pause.texts": pausing.texts,
    "link.yes": linking.yes,
    "link.instead": linking.instead,
    "link.no": linking.no,
    "steward.yes": steward.yes,
    "steward.no": steward.no,
    "team.confirm": teams.confirm,
    "team.cancel": teams.cancel,
    "team.doctor": teams.look_now,
    "team.leave": teams.leave,
    "team.stay": teams.stay,
    "unlink.ask": linking.ask_unlink,
    "unlink.yes": linking.unlink,
    "unlink.no": linking.keep,
}
