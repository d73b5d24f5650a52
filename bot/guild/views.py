"""Every button and window: they survive restarts, each click is checked.

A button's custom_id names an action and a reference; what it refers to lies in the database.
"""

import re
from collections.abc import Mapping
from typing import Any, Self

import discord
from discord import ui

from bot.guild.answers import tell
from bot.access.policy import Action
from bot.guild import claiming, linking, offboarding, pausing, pricing, promising, reviewing, steward
from bot.guild import composing as drafts
from bot.guild import team as teams
from bot.guild.answers import ONLY_ON_A_SERVER, Said, private, tell, wish_of
from bot.guild.asking import asks, by_ref, here
from bot.guild.audit import turn_audit
from bot.guild.bridge import Asked
from bot.guild.buttons import BUTTONS, WINDOWS
from bot.guild.cards import TEMPLATE
from bot.guild.erasing import erase_no, erase_typed, erase_window
from bot.guild.figures import more_of_digest
from bot.guild.handling import guarded
from bot.guild.typed import fields as fields_of

_STALE = "This button is no longer in use. Please use the newest message, or a command."
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
    **drafts.WINDOWS,
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
    **drafts.BUTTONS,
}
