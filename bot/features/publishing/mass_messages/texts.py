"""A mass message before it goes out, and what is said of it after (pure)."""

from zoneinfo import ZoneInfo

from bot.fanvue.models import MassMessageRow
from bot.features.publishing.mass_messages.audience import MassMessageAudience, fans, shown
from bot.features.publishing.mass_messages.model import MassMessagePlan
from bot.model.language import msgid, number_text, tr, tr_many
from bot.text.moments import for_you, stamp, words_of
from bot.text.render import money
from bot.text.safe_text import one_line, parts_of, safe
from storage.records import Link, Millis

_TEXT = 2000  # characters of the text that are shown: a Discord message holds 4,000 in all
COUNTED = msgid("Fanvue's estimate. The exact number comes when it is sent.")

PLANNED_AHEAD = msgid(
    "With an exception we plan it 3 minutes ahead: we check Fanvue's count first, and "
    "delete it if the exception was ignored."
)


def title(link: Link) -> str:
    """The title, with its creator."""
    return tr("Mass message from @{handle}", handle=safe(one_line(link.handle, 40)))


def body(broadcast: MassMessagePlan, *, now: Millis, zone: ZoneInfo) -> tuple[str, ...]:
    """Exactly what goes out, to whom, and when."""
    message, at = broadcast.message, broadcast.at
    parts = _text(message.text)
    if message.media:
        items = tr_many("{n} item from the vault", "{n} items from the vault", len(message.media))
        offer = (
            tr("🔒 {items} for **{price}**", items=items, price=money(message.price))
            if message.price
            else tr("📎 {items}, free", items=items)
        )
        parts.append(f"{offer}{tr(', with a preview') if message.preview else ''}")
    lines = [tr("**To** {lists}", lists=", ".join(map(shown, broadcast.audience.to)))]
    if broadcast.audience.without:
        lines.append(tr("**Except** {lists}", lists=", ".join(map(shown, broadcast.audience.without))))
    lines.append(tr("**Recipients** {recipients}", recipients=recipients(broadcast.audience)))
    when = tr("right away") if at is None else f"{words_of(at, now, zone)}, {for_you(at)}"
    return (*parts, "\n".join([*lines, tr("**When** {when}", when=when)]))


def recipients(audience: MassMessageAudience) -> str:
    """The number of people, as far as the sizes of lists tell."""
    most = audience.most
    if most is None:
        return tr("not known: Fanvue doesn't give the size of every list")
    if len(audience.to) == 1:
        told = tr("up to {fans}", fans=fans(most))
    else:
        told = tr("at most {fans}; who is on several lists gets it once", fans=fans(most))
    excluded = [one.size for one in audience.without]
    if not excluded:
        return told
    if None in excluded:
        return tr("{told}, minus those excluded", told=told)
    return tr(
        "{told}, minus up to {count} who are excluded",
        told=told,
        count=number_text(sum(size or 0 for size in excluded)),
    )


def button(audience: MassMessageAudience, at: Millis | None) -> str:
    """The label of the button that sends it."""
    if audience.most is None:
        return tr("Send") if at is None else tr("Schedule")
    most = fans(audience.most)
    return tr("Send to up to {fans}", fans=most) if at is None else tr("Schedule for up to {fans}", fans=most)


def told(count: int | None, at: Millis | None, most: int | None) -> str:
    """Its result, behind "Mass message"."""
    if count is None:
        return (
            tr("sent to the chosen lists (Fanvue did not say to how many)")
            if at is None
            else tr("scheduled for {at}, to the chosen lists (Fanvue did not say to how many)", at=stamp(at))
        )
    said = (
        tr("sent to {fans}", fans=fans(count))
        if at is None
        else tr("scheduled for {at}, to {fans}", at=stamp(at), fans=fans(count))
    )
    beyond = most is not None and count - most > min(most // 20, 10)
    more = tr(", more than the {most} in the preview", most=number_text(most or 0)) if beyond else ""
    return f"{said}{more}"


def undo(at: Millis | None) -> str:
    """The label of the button that ends it, once it was sent or planned."""
    return tr("Take it back") if at is None else tr("Cancel it")


def exclusion_ignored(count: int | None, most: int | None) -> str:
    """The reason it was deleted before it went out, and the remedy."""
    return tr(
        "{ignored} We deleted it before it was sent: nobody got it. Send it to a list of "
        "only those who should get it.",
        ignored=_ignored(count, most),
    )


def deleted_again(count: int | None, most: int | None) -> str:
    """The same behind "Mass message", of one whose first answer did not arrive."""
    return tr("deleted before it was sent, nobody got it: {ignored}", ignored=_ignored(count, most))


def _ignored(count: int | None, most: int | None) -> str:
    if count is None:
        return tr("Fanvue didn't say how many get it, so we couldn't check who is left out.")
    return tr(
        "Fanvue counted {fans}, at most {most} can be right: it may ignore who is left out.",
        fans=fans(count),
        most=number_text(most or 0),
    )


def told_of(row: MassMessageRow, most: int | None) -> str:
    """The same of one that was found in Fanvue's list."""
    status = (row.status or "").upper()
    if status in {"FAILED", "MODERATED", "UNSENT"}:
        return tr(
            "accepted by Fanvue, but its list now says {status}: please check there", status=status.lower()
        )
    return told(row.recipient_count, row.scheduled_at if status == "SCHEDULED" else None, most)


def _text(text: str | None) -> list[str]:
    if not text:
        return []
    first, *rest = parts_of(text, _TEXT)
    if not rest:
        return [safe(first)]
    left = len(text) - len(first)
    return [
        safe(first),
        tr(
            "… and {left} more characters. The whole text is sent; only this preview is short.",
            left=number_text(left),
        ),
    ]
