"""What each button and each window does, by the action in its custom_id."""

from collections.abc import Awaitable, Callable, Mapping

from bot.discord.bridge import Asked
from bot.guild import (
    claiming,
    credit,
    linking,
    offboarding,
    one_fan,
    pausing,
    pricing,
    promising,
    reviewing,
    second_person,
    steward,
    suggesting,
)
from bot.guild import composing as drafts
from bot.guild import team as teams
from bot.guild.alerts import why
from bot.guild.audit import turn_audit
from bot.guild.campaigns import board, end_sent
from bot.guild.counting import count_window, counted, stop_mass
from bot.guild.digests import more_of_digest, more_of_private
from bot.guild.erasing import erase_no, erase_typed, erase_window
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
from bot.guild.media_picks import save_bundle, who_had
from bot.guild.notes import change_window, note_window, submitted_change, submitted_note, turn_notes
from bot.guild.postcards import answer_window, show_figures, submitted_answer
from bot.guild.privacy import export_no, export_yes, forget_no, forget_yes, set_no, set_yes
from bot.guild.profiles import show_lists, show_more
from bot.guild.promise_windows import drop_window, promise_window, submitted_drop, submitted_promise
from bot.guild.proposing import cancel, confirm, details, it_was, it_was_not, show_other
from bot.guild.putting_off import ask_whom
from bot.guild.reviews import turn_blocked, turn_sent
from bot.guild.settling import again, drop, open_chat, unsend
from bot.guild.template_files import keep_all, keep_new, keep_none
from bot.guild.template_picking import list_to_pick
from bot.guild.templates import change_template, submitted_template
from bot.guild.typed_messages import keep_typed, look_at_typed, send_typed
from bot.guild.uploading import stop_upload
from bot.guild.waiting import open_waiting, turn_waiting
from bot.relay.reply_gate import DISCARD, EDIT, SEND

WINDOWS: Mapping[str, Callable[[Asked, str, Mapping[str, str]], Awaitable[None]]] = {
    "reply": submitted_reply,
    EDIT: submitted_edit,
    reviewing.EDIT: reviewing.submitted_edit,
    reviewing.RETURN: reviewing.submitted_return,
    "note.add": submitted_note,
    "note.edit": submitted_change,
    "erase.yes": erase_typed,
    "template.edit": submitted_template,
    "propose.count": counted,
    "promise.add": submitted_promise,
    "promise.drop": submitted_drop,
    "comment.reply": submitted_answer,
    **drafts.WINDOWS,
    **one_fan.WINDOWS,
    **suggesting.WINDOWS,
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
    "chat.open": open_chat,
    "send.again": again,
    "send.drop": drop,
    "reply.unsend": unsend,
    "reply.cancel": cancel_reply,
    "typed.send": send_typed,
    "typed.inside": keep_typed,
    "typed.look": look_at_typed,
    "help.page": turn_help,
    "hidden.show": show_hidden,
    "private.show": show_line,
    "credit.yes": credit.yes,
    "credit.no": credit.no,
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
    "digest.more": more_of_private,
    "campaigns.board": board,
    "campaigns.end": end_sent,
    "card.more": show_more,
    "card.lists": show_lists,
    "card.figures": show_more,  # on cards of earlier versions, until something about their fan changes
    "comment.reply": answer_window,
    "postcard.figures": show_figures,
    "media.page": turn_page,
    "media.bundle": save_bundle,
    "media.had": who_had,
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
    "alert.why": why,
    "propose.yes": confirm,
    "propose.count": count_window,
    "propose.no": cancel,
    "propose.stop": stop_mass,
    "second.look": second_person.look,
    "second.yes": second_person.approve,
    "second.no": second_person.refuse,
    "propose.other": show_other,
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
    **one_fan.BUTTONS,
    **suggesting.BUTTONS,
}
