"""Plans that wait on Discord for a person's press, with the way to each (pure)."""

from collections.abc import Sequence
from html import escape
from typing import Final

from bot.features.operations.channel_drafts.model import ChannelDraft
from bot.features.publishing.page_plans.service import PagePlan
from bot.model.draft_source import DraftKind
from bot.model.language import msgid, tr
from bot.text.safe_text import one_line
from bot.web.team.frame import card, soft
from bot.web.team.markdown import moment
from bot.web.team.views import ViewRequest

_TEXT: Final = 300  # letters of a text
_NAME: Final = 40
_KINDS = {DraftKind.POST: msgid("Post"), DraftKind.MASS_MESSAGE: msgid("Mass message")}
_OPEN = msgid("open in Discord")


def confirmed_there(asked: ViewRequest, plan: PagePlan) -> str:
    """After a form was sent: where it goes on."""
    if not plan.waits:
        return _note(
            tr("This plan no longer waits"), tr("It was opened or discarded on Discord, or its time is over.")
        )
    small = tr("Press Open there, look at the preview and confirm it. Nothing is sent or published before.")
    way = tr("Open it in Discord") if plan.posted else tr("Open its channel in Discord")
    later = "" if plan.posted else f'<p class="soft">{escape(tr("Discord shows it in a moment."))}</p>'
    where = f'<a class="button act" href="{escape(plan.where)}" rel="noreferrer">{escape(way)}</a>'
    about = f"<p>{_what(asked, plan.draft)}{_until(asked, plan.draft)}</p>"
    return _note(tr("It waits for your confirmation on Discord"), small, about, later, where)


def waiting_card(asked: ViewRequest, plans: Sequence[PagePlan]) -> str:
    """All that wait, of colleagues and programs too; the next to leave first."""
    if not plans:
        return ""
    ordered = sorted(plans, key=lambda plan: (plan.draft.content.get("at") or 0, plan.draft.row.created_at))
    rows = "".join(_row(asked, plan) for plan in ordered)
    return card(tr("Waits for a confirmation on Discord"), f'<ul class="rows">{rows}</ul>')


def _row(asked: ViewRequest, plan: PagePlan) -> str:
    draft = plan.draft
    text = "" if draft.member is None else one_line(draft.content["text"], _TEXT) or tr("Without a text")
    shown = f"<br>{escape(text)}" if text else ""
    link = f'<a href="{escape(plan.where)}" rel="noreferrer">{escape(tr(_OPEN))}</a>'
    small = f'<span class="soft">{escape(_by(asked, draft))}{_until(asked, draft)} · {link}</span>'
    return f"<li><strong>{_what(asked, draft)}</strong>{shown}{small}</li>"


def missed_card(asked: ViewRequest, missed: Sequence[ChannelDraft]) -> str:
    """What this reader planned and nobody confirmed in time, its text to be copied."""
    if not missed:
        return ""
    rows = "".join(_missed(asked, draft) for draft in missed)
    small = soft(tr("Not sent and not published. The text stays here for a week, only for you."))
    return card(tr("Nobody confirmed these in time"), f'{small}<ul class="rows">{rows}</ul>')


def _missed(asked: ViewRequest, draft: ChannelDraft) -> str:
    text, name = draft.content["text"], f"missed-{draft.row.id}"
    about = f"<strong>{_what(asked, draft)}</strong>"
    if not text:
        return f"<li>{about}<br>{escape(tr('Without a text'))}</li>"
    return (
        f'<li>{about}<label for="{escape(name)}">{escape(tr("Its text"))}</label>'
        f'<textarea id="{escape(name)}" rows="3" readonly>\n{escape(text)}</textarea></li>'
    )


def _until(asked: ViewRequest, draft: ChannelDraft) -> str:
    """How long it waits, as HTML behind something else."""
    over = draft.row.expires_at
    if over is None:
        return ""
    before, _, after = escape(tr("waits until {moment}", moment="{moment}")).partition("{moment}")
    return f" · {before}{moment(over, asked.now, asked.zone)}{after}"


def _what(asked: ViewRequest, draft: ChannelDraft) -> str:
    """What it is, and for when, as HTML."""
    at = draft.content.get("at")
    when = escape(tr("once it is confirmed")) if at is None else moment(at * 1000, asked.now, asked.zone)
    return f"{escape(tr(_KINDS[draft.kind.kind]))} · {when}"


def _by(asked: ViewRequest, draft: ChannelDraft) -> str:
    """Who wrote it."""
    if draft.member is None:
        return tr("by the program {name}", name=one_line(draft.program, _NAME))
    return tr("by you") if draft.member == asked.permit.actor.user else tr("by a colleague")


def _note(title: str, text: str, *html: str) -> str:
    first, more = "".join(html[:1]), "".join(html[1:])
    head = f"<h2>{escape(title)}</h2>{first}<p>{escape(text)}</p>"
    return f'<section class="note">{head}{more}</section>'
