"""The texts of the mass message board and its previews (pure)."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.fanvue.models import MassMessageRow
from bot.features.money.periods.bands import EXACT, Show
from bot.features.publishing.campaigns.actors import CampaignActor
from bot.features.publishing.campaigns.change_rules import Shape, changed
from bot.features.publishing.campaigns.follow_up_rules import off
from bot.features.publishing.campaigns.status_rules import (
    CampaignStatus,
    snippet,
    standing,
    was_cancelled,
    words_of,
)
from bot.features.publishing.mass_messages.audience import fans
from bot.model.ports import Post
from bot.text.moments import for_you
from bot.text.moments import words_of as moment
from bot.text.render import money
from bot.text.safe_text import one_line, parts_of, safe
from storage.publishing.campaigns import Campaign
from storage.records import Cents, DiscordId, Millis

NOTHING = "No changes made."
PASSED = f"Its send time has already passed. {NOTHING}"
NOT_NOW = f"A planned mass message can only move to a time in the future. {NOTHING}"
NOT_AUDIENCE = "The recipients stay the same."
NOT_LISTED = "Fanvue no longer lists this mass message, so nothing changed."
ENDED_MEANWHILE = "It was already cancelled or taken back, so nothing changed."
OTHER_HANDS = "Someone else changed it after you confirmed, so we left it as is. See it with /mass change."
CHANGED = "carried out: Fanvue sends it as confirmed"
END_BUTTONS = {"cancel": "Cancel it", "recall": "Take it back"}
END_WARNINGS = {
    "cancel": "Nobody gets it. You can't plan it again here: make a new one with /mass new.",
    "recall": "It disappears from every chat, except for fans who bought it: they keep it.",
}
END_TOLD = {
    "cancel": "carried out: it was cancelled, and nobody gets it",
    "recall": "carried out: it was taken back; buyers keep it",
}
_WHEN = {"cancel": "Planned for", "recall": "Sent"}
_BAR = 8  # signs: a phone shows about thirty on a line
_TEXT = 1200  # characters of a text that a preview shows, of each side
_TITLES = {"cancel": "Cancel a planned mass message", "recall": "Take back a mass message"}


def end_title(how: str, handle: str) -> str:
    """The action, and its creator."""
    return f"{_TITLES[how]} of @{safe(one_line(handle, 40))}"


def end_body(row: MassMessageRow, how: str, *, now: Millis, zone: ZoneInfo) -> tuple[str, ...]:
    """The message, in words that stay true when it was done."""
    lines = [f"“{safe(snippet(row, 300))}”"]
    if row.recipient_count is not None:
        lines.append(f"**Recipients** {fans(row.recipient_count)}")
    if row.price:
        lines.append(f"**Price** {money(row.price)}")
    at = row.scheduled_at if how == "cancel" else row.published_at or row.created_at
    if at is not None:
        lines.append(f"**{_WHEN[how]}** {moment(at, now, zone)}, {for_you(at)}")
    return ("\n".join(lines),)


def ended_already(row: MassMessageRow, doer: CampaignActor | None) -> str:
    """It is over, or is being ended this moment: by whom and when."""
    if doer is None:
        return f"It is already {words_of(row)} on Fanvue. No changes made."
    how = "Already done by" if doer.done else "Already confirmed by"
    rest = "No changes made." if doer.done else "It runs once, not again."
    return f"{how} <@{doer.who}> at <t:{doer.at // 1000}:t>. {rest}"


def not_to_cancel(row: MassMessageRow) -> str:
    """It went out, or never will."""
    then = (
        " Take it back with /mass recall."
        if standing(row) in {CampaignStatus.SENT, CampaignStatus.SENDING}
        else ""
    )
    return f"You can't cancel it: it is {words_of(row)}.{then} No changes made."


def not_to_recall(row: MassMessageRow) -> str:
    then = " Stop it with /mass cancel." if standing(row) is CampaignStatus.SCHEDULED else ""
    return f"There is nothing to take back: it is {words_of(row)}.{then} No changes made."


def not_to_change(row: MassMessageRow, ended: CampaignActor | None) -> str:
    """Only what is planned can be changed."""
    by = f" (by <@{ended.who}> at <t:{ended.at // 1000}:t>)" if ended is not None else ""
    return f"Only a planned mass message can be changed; this one is {words_of(row)}{by}. {NOTHING}"


def change_under_way(doer: CampaignActor) -> str:
    """Another change was confirmed, and nobody knows yet how it ended: a second one must build on it."""
    return (
        f"<@{doer.who}> already confirmed a change of this one at <t:{doer.at // 1000}:t>, and "
        f"it is under way. {NOTHING} Try again once its result is reported."
    )


def moved_on(row: MassMessageRow) -> str:
    """It became something else between the press and the deed."""
    return f"It is now {words_of(row)}, so nothing changed. /mass show has the latest."


def change_title(handle: str) -> str:
    return f"Change a planned mass message of @{safe(one_line(handle, 40))}"


def change_body(
    row: MassMessageRow, before: Shape, after: Shape, *, now: Millis, zone: ZoneInfo
) -> tuple[str, ...]:
    """Each thing that would be different, as it is and as it would be; then what stays."""
    parts = [_different(name, before, after, now, zone) for name in changed(before, after)]
    stays = [] if row.recipient_count is None else [f"**Recipients** {fans(row.recipient_count)}"]
    if "text" not in changed(before, after):
        stays.insert(0, f"**Text** “{safe(snippet(row, 120))}”")
    return (*parts, "\n".join(stays)) if stays else tuple(parts)


def _different(name: str, before: Shape, after: Shape, now: Millis, zone: ZoneInfo) -> str:
    if name == "text":
        return f"**Text before**\n{_quoted(before['text'])}\n**Text after**\n{_quoted(after['text'])}"
    if name == "price":
        return f"**Price** {_price(before['price'])} → **{_price(after['price'])}**"
    if name == "media":
        return f"**Media** {_items(before['media'])} → **{_items(after['media'])}**"
    old, new = before["at"], after["at"]
    told = "not known" if old is None else moment(old, now, zone)
    return f"**When** {told} → **{moment(new, now, zone)}**, {for_you(new)}"


def _quoted(text: str | None) -> str:
    if not text:
        return "> (no text)"
    first, *rest = parts_of(text, _TEXT)
    lines = "\n".join(f"> {line}" for line in safe(first).split("\n"))
    return f"{lines}\n> … and {len(text) - len(first):,} more characters" if rest else lines


def _price(cents: int | None) -> str:
    return money(cents) if cents else "free"


def _items(media: Sequence[str]) -> str:
    return f"{len(media)} {'item' if len(media) == 1 else 'items'}" if media else "none"


# ── the board ──


def launched_by(who: DiscordId | None) -> str:
    return f"by <@{who}>" if who is not None else "made on Fanvue"


def planned_or_made(row: MassMessageRow) -> str:
    """Its past or coming time, as Discord shows it to each reader."""
    if was_cancelled(row):
        return f"was planned for <t:{(row.scheduled_at or 0) // 1000}:f>"
    at = row.scheduled_at if standing(row) is CampaignStatus.SCHEDULED else row.published_at or row.created_at
    return f"<t:{at // 1000}:f>" if at is not None else "time not known"


def board(
    rows: Sequence[MassMessageRow], launched: Mapping[str, DiscordId], handle: str, show: Show | None
) -> Post:
    """The newest ones, one block each, with their results. `show`: None for a reader of no figures."""
    most = max((_earned(row, show) for row in rows), default=0)
    blocks = [_block(row, launched.get(row.uuid), show, most) for row in rows]
    notes = ["States and counts are from Fanvue, right now."]
    if show is not None and show.note is not None:
        notes.append(show.note)
    return Post(
        title=f"Mass messages of @{safe(one_line(handle, 40))}",
        body=tuple(blocks) or ("None yet. Send the first one with /mass new.",),
        small="\n".join([*notes, "Use /mass change, cancel or recall on one of them."]),
    )


def _block(row: MassMessageRow, who: DiscordId | None, show: Show | None, most: Cents) -> str:
    lines = [f"{words_of(row)} · {planned_or_made(row)} · {launched_by(who)}", f"“{safe(snippet(row))}”"]
    told = [fans(row.recipient_count)] if row.recipient_count is not None else []
    if row.price:
        told.append(f"🔒 {money(row.price)}")
    went_out = standing(row) is not CampaignStatus.SCHEDULED and not was_cancelled(row)
    if went_out and row.view_count is not None:
        told.append(f"{row.view_count:,} opened")
    if told:
        lines.append(" · ".join(told))
    if show is not None and went_out and row.price:
        lines.append(earned(row, show, most))
    return "\n".join(lines)


def earned(row: MassMessageRow, show: Show, most: Cents) -> str:
    """A bar against the best of the list, and the figures that it stands for."""
    value = _earned(row, show)
    full = round(value * _BAR / most) if most else 0
    bar = "▰" * full + "▱" * (_BAR - full)
    return f"`{bar}` {show.number(row.purchase_count or 0)} bought · {show.money(row.total_revenue or 0)}"


def told(known: Campaign, row: MassMessageRow | None, say: str, *, figures: bool) -> str:
    """A line for the alerts channel, never with its words. `figures`: its earnings may stand there."""
    whose = f"Mass message of <t:{known.launched // 1000}:f>, launched by <@{known.by}>"
    if row is None:
        return f"⚠️ {whose}: Fanvue no longer lists it. Please check there."
    if standing(row) in {CampaignStatus.FAILED, CampaignStatus.MODERATED}:
        return f"⚠️ {whose}: it is {words_of(row)}. Please check on Fanvue; make a new one with /mass new."
    lines = [f"📊 {whose}: after {say}", _reach(row)]
    if row.price and figures:
        lines.append(earned(row, EXACT, row.total_revenue or 0))
    elif row.price:
        lines.append("See its earnings in /mass show")
    many = off(row.recipient_count, known.most, known.least)
    if many is not None:
        than = f"{abs(many):,} {'more' if many > 0 else 'fewer'} than the {known.most:,} of the preview"
        lines.append(f"⚠️ **It went to {than}.** Please check its lists on Fanvue.")
    return "\n".join(lines)


def _reach(row: MassMessageRow) -> str:
    sent = "number of fans not known" if row.recipient_count is None else fans(row.recipient_count)
    return sent if row.view_count is None else f"{sent} · {row.view_count:,} opened"


def _earned(row: MassMessageRow, show: Show | None) -> Cents:
    return show.drawn(row.total_revenue or 0) if show is not None else 0
