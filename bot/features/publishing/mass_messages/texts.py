"""A mass message before it goes out, and what is said of it after (pure)."""

from zoneinfo import ZoneInfo

from bot.fanvue.models import MassMessageRow
from bot.features.publishing.mass_messages.audience import MassMessageAudience, fans, shown
from bot.features.publishing.mass_messages.model import MassMessagePlan
from bot.text.moments import for_you, stamp, words_of
from bot.text.render import money
from bot.text.safe_text import one_line, parts_of, safe
from storage.records import Link, Millis

_TEXT = 2000  # characters of the text that are shown: a Discord message holds 4,000 in all
COUNTED = "The sizes are Fanvue's. It counts everyone once and gives the exact number only when it sends."

PLANNED_AHEAD = (
    "With an exception we plan it 3 minutes ahead: we check Fanvue's count first, and delete it if "
    "the exception was ignored."
)


def title(link: Link) -> str:
    """The title, with its creator."""
    return f"Mass message from @{safe(one_line(link.handle, 40))}"


def body(broadcast: MassMessagePlan, *, now: Millis, zone: ZoneInfo) -> tuple[str, ...]:
    """Exactly what goes out, to whom, and when."""
    message, at = broadcast.message, broadcast.at
    parts = _text(message.text)
    if message.media:
        items = f"{len(message.media)} {'item' if len(message.media) == 1 else 'items'} from the vault"
        offer = f"🔒 {items} for **{money(message.price)}**" if message.price else f"📎 {items}, free"
        parts.append(f"{offer}{', with a preview' if message.preview else ''}")
    lines = [f"**To** {', '.join(map(shown, broadcast.audience.to))}"]
    if broadcast.audience.without:
        lines.append(f"**Except** {', '.join(map(shown, broadcast.audience.without))}")
    lines.append(f"**Recipients** {recipients(broadcast.audience)}")
    when = "right away" if at is None else f"{words_of(at, now, zone)}, {for_you(at)}"
    return (*parts, "\n".join([*lines, f"**When** {when}"]))


def recipients(audience: MassMessageAudience) -> str:
    """The number of people, as far as the sizes of lists tell."""
    most = audience.most
    if most is None:
        return "not known: Fanvue doesn't give the size of every list"
    if len(audience.to) == 1:
        told = f"up to {fans(most)}"
    else:
        told = f"at most {fans(most)}; who is on several lists gets it once"
    excluded = [one.size for one in audience.without]
    if not excluded:
        return told
    if None in excluded:
        return f"{told}, minus those excluded"
    return f"{told}, minus up to {sum(size or 0 for size in excluded):,} who are excluded"


def button(audience: MassMessageAudience, at: Millis | None) -> str:
    """The label of the button that sends it."""
    verb, to = ("Send", "to") if at is None else ("Schedule", "for")
    return verb if audience.most is None else f"{verb} {to} up to {fans(audience.most)}"


def told(count: int | None, at: Millis | None, most: int | None) -> str:
    """Its result, behind "Mass message"."""
    how = "sent" if at is None else f"scheduled for {stamp(at)},"
    if count is None:
        return f"{how} to the chosen lists (Fanvue did not say to how many)"
    beyond = most is not None and count - most > min(most // 20, 10)
    more = f", more than the {most:,} in the preview" if beyond else ""
    return f"{how} to {fans(count)}{more}"


def undo(at: Millis | None) -> str:
    """The label of the button that ends it, once it was sent or planned."""
    return "Take it back" if at is None else "Cancel it"


def exclusion_ignored(count: int | None, most: int | None) -> str:
    """The reason it was deleted before it went out, and the remedy."""
    return (
        f"{_ignored(count, most)} We deleted it before it was sent: nobody got it. Send it to "
        "a list of only those who should get it."
    )


def deleted_again(count: int | None, most: int | None) -> str:
    """The same behind "Mass message", of one whose first answer did not arrive."""
    return f"deleted before it was sent, nobody got it: {_ignored(count, most)}"


def _ignored(count: int | None, most: int | None) -> str:
    if count is None:
        return "Fanvue didn't say how many get it, so we couldn't check who is left out."
    return f"Fanvue counted {fans(count)}, at most {most or 0:,} can be right: it may ignore who is left out."


def told_of(row: MassMessageRow, most: int | None) -> str:
    """The same of one that was found in Fanvue's list."""
    status = (row.status or "").upper()
    if status in {"FAILED", "MODERATED", "UNSENT"}:
        return f"accepted by Fanvue, but its list now says {status.lower()}: please check there"
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
        f"… and {left:,} more characters. The whole text is sent; only this preview is short.",
    ]
