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
from bot.model.language import msgid, number_text, tr, tr_many
from bot.model.ports import Post
from bot.text.moments import for_you
from bot.text.moments import words_of as moment
from bot.text.render import money
from bot.text.safe_text import in_quotes, one_line, parts_of, safe
from storage.publishing.campaigns import Campaign
from storage.records import Cents, DiscordId, Millis

NO_DRAFTS: Mapping[str, str] = {}
NOTHING = msgid("No changes made.")
PASSED = msgid("Its send time has already passed. {nothing}")
NOT_NOW = msgid("A planned mass message can only move to a time in the future. {nothing}")
NOT_AUDIENCE = msgid("The recipients stay the same.")
NOT_LISTED = msgid("Fanvue no longer lists this mass message, so nothing changed.")
ENDED_MEANWHILE = msgid("It was already cancelled or taken back, so nothing changed.")
OTHER_HANDS = msgid(
    "Someone else changed it after you confirmed, so we left it as is. See it with /mass change."
)
CHANGED = msgid("carried out: Fanvue sends it as confirmed")
END_BUTTONS = {"cancel": msgid("Cancel it"), "recall": msgid("Take it back")}
END_WARNINGS = {
    "cancel": msgid("Nobody gets it. You can't plan it again here: make a new one with /mass new."),
    "recall": msgid("It disappears from every chat, except for fans who bought it: they keep it."),
}
END_TOLD = {
    "cancel": msgid("carried out: it was cancelled, and nobody gets it"),
    "recall": msgid("carried out: it was taken back; buyers keep it"),
}
_AFTER = {
    "1 hour": msgid("after 1 hour"),
    "24 hours": msgid("after 24 hours"),
    "7 days": msgid("after 7 days"),
}  # by `follow_up_rules.STEPS`
_WHEN = {"cancel": msgid("Planned for"), "recall": msgid("Sent")}
_BAR = 8  # signs: a phone shows about thirty on a line
_TEXT = 1200  # characters of a text that a preview shows, of each side
_TITLES = {
    "cancel": msgid("Cancel a planned mass message of @{handle}"),
    "recall": msgid("Take back a mass message of @{handle}"),
}


def end_title(how: str, handle: str) -> str:
    """The action, and its creator."""
    return tr(_TITLES[how], handle=safe(one_line(handle, 40)))


def end_body(row: MassMessageRow, how: str, *, now: Millis, zone: ZoneInfo) -> tuple[str, ...]:
    """The message, in words that stay true when it was done."""
    lines = [in_quotes(safe(snippet(row, 300)))]
    if row.recipient_count is not None:
        lines.append(tr("**Recipients** {fans}", fans=fans(row.recipient_count)))
    if row.price:
        lines.append(tr("**Price** {price}", price=money(row.price)))
    at = row.scheduled_at if how == "cancel" else row.published_at or row.created_at
    if at is not None:
        lines.append(f"**{tr(_WHEN[how])}** {moment(at, now, zone)}, {for_you(at)}")
    return ("\n".join(lines),)


def ended_already(row: MassMessageRow, doer: CampaignActor | None) -> str:
    """It is over, or is being ended this moment: by whom and when."""
    if doer is None:
        return tr("It is already {state} on Fanvue. No changes made.", state=words_of(row))
    if doer.done:
        return tr(
            "Already done by <@{who}> at <t:{at}:t>. No changes made.", who=doer.who, at=doer.at // 1000
        )
    return tr(
        "Already confirmed by <@{who}> at <t:{at}:t>. It runs once, not again.",
        who=doer.who,
        at=doer.at // 1000,
    )


def not_to_cancel(row: MassMessageRow) -> str:
    """It went out, or never will."""
    then = (
        tr(" Take it back with /mass recall.")
        if standing(row) in {CampaignStatus.SENT, CampaignStatus.SENDING}
        else ""
    )
    return tr("You can't cancel it: it is {state}.{then} No changes made.", state=words_of(row), then=then)


def not_to_recall(row: MassMessageRow) -> str:
    then = tr(" Stop it with /mass cancel.") if standing(row) is CampaignStatus.SCHEDULED else ""
    return tr(
        "There is nothing to take back: it is {state}.{then} No changes made.",
        state=words_of(row),
        then=then,
    )


def not_to_change(row: MassMessageRow, ended: CampaignActor | None) -> str:
    """Only what is planned can be changed."""
    by = tr(" (by <@{who}> at <t:{at}:t>)", who=ended.who, at=ended.at // 1000) if ended is not None else ""
    return tr(
        "Only a planned mass message can be changed; this one is {state}{by}. {nothing}",
        state=words_of(row),
        by=by,
        nothing=tr(NOTHING),
    )


def change_under_way(doer: CampaignActor) -> str:
    """Another change was confirmed, and nobody knows yet how it ended: a second one must build on it."""
    return tr(
        "<@{who}> already confirmed a change of this one at <t:{at}:t>, and it is under way. "
        "{nothing} Try again once its result is reported.",
        who=doer.who,
        at=doer.at // 1000,
        nothing=tr(NOTHING),
    )


def moved_on(row: MassMessageRow) -> str:
    """It became something else between the press and the deed."""
    return tr("It is now {state}, so nothing changed. /mass show has the latest.", state=words_of(row))


def change_title(handle: str) -> str:
    return tr("Change a planned mass message of @{handle}", handle=safe(one_line(handle, 40)))


def change_body(
    row: MassMessageRow, before: Shape, after: Shape, *, now: Millis, zone: ZoneInfo
) -> tuple[str, ...]:
    """Each thing that would be different, as it is and as it would be; then what stays."""
    parts = [_different(name, before, after, now, zone) for name in changed(before, after)]
    stays = (
        [] if row.recipient_count is None else [tr("**Recipients** {fans}", fans=fans(row.recipient_count))]
    )
    if "text" not in changed(before, after):
        stays.insert(0, tr("**Text** “{snippet}”", snippet=safe(snippet(row, 120))))
    return (*parts, "\n".join(stays)) if stays else tuple(parts)


def _different(name: str, before: Shape, after: Shape, now: Millis, zone: ZoneInfo) -> str:
    if name == "text":
        return tr(
            "**Text before**\n{before}\n**Text after**\n{after}",
            before=_quoted(before["text"]),
            after=_quoted(after["text"]),
        )
    if name == "price":
        return tr(
            "**Price** {before} → **{after}**", before=_price(before["price"]), after=_price(after["price"])
        )
    if name == "media":
        return tr(
            "**Media** {before} → **{after}**", before=_items(before["media"]), after=_items(after["media"])
        )
    old, new = before["at"], after["at"]
    told = tr("not known") if old is None else moment(old, now, zone)
    return tr(
        "**When** {before} → **{after}**, {for_you}",
        before=told,
        after=moment(new, now, zone),
        for_you=for_you(new),
    )


def _quoted(text: str | None) -> str:
    if not text:
        return tr("> (no text)")
    first, *rest = parts_of(text, _TEXT)
    lines = "\n".join(f"> {line}" for line in safe(first).split("\n"))
    return (
        tr("{lines}\n> … and {left} more characters", lines=lines, left=number_text(len(text) - len(first)))
        if rest
        else lines
    )


def _price(cents: int | None) -> str:
    return money(cents) if cents else tr("free")


def _items(media: Sequence[str]) -> str:
    return tr_many("{n} item", "{n} items", len(media)) if media else tr("none")


# ── the board ──


def launched_by(who: DiscordId | None) -> str:
    return tr("by <@{who}>", who=who) if who is not None else tr("made on Fanvue")


def planned_or_made(row: MassMessageRow) -> str:
    """Its past or coming time, as Discord shows it to each reader."""
    if was_cancelled(row):
        return tr("was planned for <t:{at}:f>", at=(row.scheduled_at or 0) // 1000)
    at = row.scheduled_at if standing(row) is CampaignStatus.SCHEDULED else row.published_at or row.created_at
    return f"<t:{at // 1000}:f>" if at is not None else tr("time not known")


def board(
    rows: Sequence[MassMessageRow],
    launched: Mapping[str, DiscordId],
    handle: str,
    show: Show | None,
    drafted: Mapping[str, str] = NO_DRAFTS,
) -> Post:
    """The newest ones, one block each, with their results. `show`: None for a reader of no figures.

    `drafted`: who drafted which of them, and how much was changed.
    """
    most = max((_earned(row, show) for row in rows), default=0)
    blocks = [_block(row, launched.get(row.uuid), show, most, drafted.get(row.uuid)) for row in rows]
    notes = [tr("States and counts are from Fanvue, right now.")]
    if show is not None and show.note is not None:
        notes.append(show.note)
    return Post(
        title=tr("Mass messages of @{handle}", handle=safe(one_line(handle, 40))),
        body=tuple(blocks) or (tr("None yet. Send the first one with /mass new."),),
        small="\n".join([*notes, tr("Use /mass change, /mass cancel or /mass recall on one of them.")]),
    )


def _block(
    row: MassMessageRow, who: DiscordId | None, show: Show | None, most: Cents, drafted: str | None = None
) -> str:
    first = " · ".join(filter(None, (words_of(row), planned_or_made(row), launched_by(who), drafted)))
    lines = [first, in_quotes(safe(snippet(row)))]
    told = [fans(row.recipient_count)] if row.recipient_count is not None else []
    if row.price:
        told.append(f"🔒 {money(row.price)}")
    went_out = standing(row) is not CampaignStatus.SCHEDULED and not was_cancelled(row)
    if went_out and row.view_count is not None:
        told.append(tr("{count} opened", count=number_text(row.view_count)))
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
    return tr(
        "`{bar}` {count} bought · {revenue}",
        bar=bar,
        count=show.number(row.purchase_count or 0),
        revenue=show.money(row.total_revenue or 0),
    )


def told(known: Campaign, row: MassMessageRow | None, say: str, *, figures: bool) -> str:
    """A line for the alerts channel, never with its words. `figures`: its earnings may stand there."""
    whose = tr(
        "Mass message of <t:{launched}:f>, launched by <@{by}>", launched=known.launched // 1000, by=known.by
    )
    if row is None:
        return tr("⚠️ {whose}: Fanvue no longer lists it. Please check there.", whose=whose)
    if standing(row) in {CampaignStatus.FAILED, CampaignStatus.MODERATED}:
        return tr(
            "⚠️ {whose}: it is {state}. Please check on Fanvue; make a new one with /mass new.",
            whose=whose,
            state=words_of(row),
        )
    lines = [tr("📊 {whose}: {after}", whose=whose, after=tr(_AFTER[say])), _reach(row)]
    if row.price and figures:
        lines.append(earned(row, EXACT, row.total_revenue or 0))
    elif row.price:
        lines.append(tr("See its earnings in /mass show"))
    many = off(row.recipient_count, known.most, known.least)
    if many is not None:
        number, most = number_text(abs(many)), number_text(known.most or 0)
        lines.append(
            tr(
                "⚠️ **It went to {count} more than the {most} of the preview.** Please check its lists on "
                "Fanvue.",
                count=number,
                most=most,
            )
            if many > 0
            else tr(
                "⚠️ **It went to {count} fewer than the {most} of the preview.** Please check its lists on "
                "Fanvue.",
                count=number,
                most=most,
            )
        )
    return "\n".join(lines)


def _reach(row: MassMessageRow) -> str:
    sent = tr("number of fans not known") if row.recipient_count is None else fans(row.recipient_count)
    return (
        sent
        if row.view_count is None
        else tr("{sent} · {count} opened", sent=sent, count=number_text(row.view_count))
    )


def _earned(row: MassMessageRow, show: Show | None) -> Cents:
    return show.drawn(row.total_revenue or 0) if show is not None else 0
