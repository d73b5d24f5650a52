"""The handler of each button and each window, by the action in its custom_id."""

from collections.abc import Awaitable, Callable, Mapping

from bot.discord.bridge import Asked
from bot.relay.reply_gate import DISCARD, EDIT, SEND
from cogs.inbox import claim_views, price_views, promise_views, review_views
from cogs.inbox.board_views import open_waiting, turn_waiting
from cogs.inbox.bulk_snooze_views import ask_whom
from cogs.inbox.hidden_line_views import show_hidden, show_line
from cogs.inbox.holding_views import cancel_reply
from cogs.inbox.message_reply_views import keep_typed, look_at_typed, send_typed
from cogs.inbox.note_views import change_window, note_window, submitted_change, submitted_note, turn_notes
from cogs.inbox.pending_reply_views import (
    answer_anyway,
    discard_kept,
    edit_kept,
    open_reply,
    send_kept,
    submitted_edit,
    submitted_reply,
)
from cogs.inbox.profile_views import show_lists, show_more
from cogs.inbox.promise_windows import drop_window, promise_window, submitted_drop, submitted_promise
from cogs.inbox.reply_outcome_views import again, drop, open_chat, unsend
from cogs.inbox.template_file_views import keep_all, keep_new, keep_none
from cogs.inbox.template_picker_views import list_to_pick
from cogs.inbox.template_views import change_template, submitted_template
from cogs.money import credit_views
from cogs.money.digest_views import more_of_digest, more_of_private
from cogs.operations.alert_views import why
from cogs.operations.help_views import turn_help
from cogs.operations.problem_views import wait_again, wait_drop, wait_list, wait_now, wait_page
from cogs.people import account_views, offboarding_views, pause_views, steward_views
from cogs.people import team_views as teams
from cogs.people.audit_views import turn_audit
from cogs.people.erasure_views import erase_no, erase_typed, erase_window
from cogs.people.privacy_views import export_no, export_yes, forget_no, forget_yes, set_no, set_yes
from cogs.people.review_history_views import turn_blocked, turn_sent
from cogs.publishing import draft_views as drafts
from cogs.publishing import fan_test_views, second_person_views, suggestion_views
from cogs.publishing.campaign_views import board, end_sent
from cogs.publishing.list_views import build_no, build_yes, delete_no, delete_yes, resume, stop
from cogs.publishing.mass_limit_views import count_window, counted, stop_mass
from cogs.publishing.media_selection_views import save_bundle, who_had
from cogs.publishing.media_views import turn_page
from cogs.publishing.post_thread_views import answer_window, show_figures, submitted_answer
from cogs.publishing.proposal_views import cancel, confirm, details, it_was, it_was_not, show_other
from cogs.publishing.upload_views import stop_upload

WINDOWS: Mapping[str, Callable[[Asked, str, Mapping[str, str]], Awaitable[None]]] = {
    "reply": submitted_reply,
    EDIT: submitted_edit,
    review_views.EDIT: review_views.submitted_edit,
    review_views.RETURN: review_views.submitted_return,
    "note.add": submitted_note,
    "note.edit": submitted_change,
    "erase.yes": erase_typed,
    "template.edit": submitted_template,
    "propose.count": counted,
    "promise.add": submitted_promise,
    "promise.drop": submitted_drop,
    "comment.reply": submitted_answer,
    **drafts.WINDOWS,
    **fan_test_views.WINDOWS,
    **suggestion_views.WINDOWS,
}
BUTTONS: Mapping[str, Callable[[Asked, str], Awaitable[None]]] = {
    "reply": open_reply,
    SEND: send_kept,
    EDIT: edit_kept,
    DISCARD: discard_kept,
    "review.open": review_views.open_held,
    "review.approve": review_views.approve,
    review_views.EDIT: review_views.edit_window,
    review_views.RETURN: review_views.return_window,
    "review.page": review_views.turn_reviews,
    "review.back": review_views.take_back,
    "review.sent": turn_sent,
    "review.blocked": turn_blocked,
    "talk.anyway": answer_anyway,
    "talk.take": claim_views.take,
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
    "credit.yes": credit_views.yes,
    "credit.no": credit_views.no,
    "price.yes": price_views.yes,
    "price.no": price_views.no,
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
    "promise.page": promise_views.turn_promises,
    "promise.show": promise_views.show_promise,
    "promise.done": promise_views.done,
    "promise.tomorrow": promise_views.tomorrow,
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
    "second.look": second_person_views.look,
    "second.yes": second_person_views.approve,
    "second.no": second_person_views.refuse,
    "propose.other": show_other,
    "propose.show": details,
    "pause.lift": pause_views.ask,
    "team.remove": offboarding_views.remove,
    "team.keep": offboarding_views.keep,
    "pause.send": pause_views.send,
    "pause.drop": pause_views.drop,
    "pause.show": pause_views.show,
    "pause.texts": pause_views.texts,
    "link.yes": account_views.yes,
    "link.instead": account_views.instead,
    "link.no": account_views.no,
    "steward.yes": steward_views.yes,
    "steward.no": steward_views.no,
    "team.confirm": teams.confirm,
    "team.cancel": teams.cancel,
    "team.doctor": teams.look_now,
    "team.leave": teams.leave,
    "team.stay": teams.stay,
    "unlink.ask": account_views.ask_unlink,
    "unlink.yes": account_views.unlink,
    "unlink.no": account_views.keep,
    **drafts.BUTTONS,
    **fan_test_views.BUTTONS,
    **suggestion_views.BUTTONS,
}
