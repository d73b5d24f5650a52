"""A member's view of a fan, and the lists that the fan is on (pure)."""

from collections.abc import Sequence

from bot.features.inbox.profiles.fanvue import FanListMemberships, FanvueFanProfile
from bot.features.inbox.profiles.figure_texts import (
    ProfileFigureFormat,
    Source,
    paid_here,
    paid_there,
    priced,
)
from bot.features.inbox.profiles.loader import OpenReplies, ProfileFacts
from bot.features.inbox.profiles.timeline_texts import timeline
from bot.model.ports import Button, Post
from bot.text.colours import FAN_COLOUR
from bot.text.moments import ago, date_of, spelled, stamp
from bot.text.render import fan_label
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import place_in, without_place, zone_of
from storage.inbox.conversations import AnsweredBy, Conversation
from storage.money.subscribers import SubscriptionTerms
from storage.records import Fan, Millis, Reference

MORE, LISTS = "card.more", "card.lists"
HIDDEN = "You can't see amounts."
PROMISES, ITEMS = "promise.page", "fan.items"
_HERE = "0" * 22  # the thread that it is pressed in says about whom
NO_HANDLE = "We can't look this fan up: their handle is unknown."
_FROM_FANVUE = "Subscription and payments are what Fanvue shows right now."
_FROM_HERE = (
    "This is what Fanvue has told us; anything from before the bridge was linked may be missing. "
    "Press More again later."
)
_STATUS = {
    "subscriber": "Subscriber",
    "expired": "Their subscription has ended",
    "follower": "Follows, not subscribed",
    "not_contactable": "Fanvue doesn't let anyone write to them",
}
_ANSWERED = {
    AnsweredBy.MEMBER: "by the team",
    AnsweredBy.ELSEWHERE: "on Fanvue itself",
    AnsweredBy.AUTOMATED: "by an automation",
}
_SAME: Millis = 600_000  # as far as the time of an event and that of its row may lie apart
_NAME, _TAG, _NOTE = 60, 24, 200


def profile(
    known: ProfileFacts, there: FanvueFanProfile | str, show: ProfileFigureFormat | None, source_of: Source
) -> Post:
    """The profile for one reader. `there`: Fanvue's answer, or why none. `show`: None hides figures."""
    told = there if isinstance(there, FanvueFanProfile) else None
    place = place_in(known.tags)
    parts = [
        [*_subscription(known, told), *_clock(place, known.now)],
        [HIDDEN] if show is None else _figures(known, told, show, source_of),
        timeline(known.bought, show, source_of),
        _talk(known),
        _team(known, without_place(known.tags, place)),
    ]
    small = [_FROM_FANVUE] if told is not None else [f"{there} {_FROM_HERE}"]
    if show is not None and show.note is not None:
        small.append(show.note)
    ref = known.thread.reference
    return Post(
        title=f"About {known.label or fan_label(known.fan)}",
        body=tuple("\n".join(part) for part in parts if part),
        small="\n".join(small),
        accent=FAN_COLOUR,
        buttons=(
            _notes(known),
            Button(PROMISES, _HERE, "Promises"),
            Button(ITEMS, ref, "Items sent"),
            Button(LISTS, ref, "Lists on Fanvue"),
        ),
    )


def on_lists(fan: Fan, ref: Reference, found: FanListMemberships | str, label: str | None = None) -> Post:
    """On which lists they are, or why nobody can say."""
    body = (found,) if isinstance(found, str) else tuple(_listed(found))
    return Post(
        title=f"Lists of {label or fan_label(fan)}",
        body=body,
        small="The creator's own lists on Fanvue, right now.",
        accent=FAN_COLOUR,
        buttons=(Button(MORE, ref, "About this fan"),),
    )


# ── parts ──


def _subscription(known: ProfileFacts, there: FanvueFanProfile | None) -> list[str]:
    if there is not None:
        said = _STATUS.get(there.status or "", safe(one_line(there.status or "Fanvue doesn't say", _NAME)))
        return [said + (_since(there.terms) if there.status == "subscriber" else "")]
    told = known.subscriber
    if told is None:
        return ["Fanvue hasn't told us yet whether they subscribe."]
    if not told.active:
        return [f"Their subscription ended {date_of(told.changed_at)}"]
    return [f"Subscriber{_since(told.terms)}"]


def _since(terms: SubscriptionTerms) -> str:
    begun = f" since {date_of(terms.since)}" if terms.since is not None else ""
    when = f" {date_of(terms.ends_at)}" if terms.ends_at is not None else ""
    if terms.renews is None:
        return begun
    return f"{begun}\nRenews{when}" if terms.renews else f"{begun}\nRenewal is off{when and ', ends' + when}"


def _figures(
    known: ProfileFacts, there: FanvueFanProfile | None, show: ProfileFigureFormat, source_of: Source
) -> list[str]:
    paid = there.paid if there is not None else None
    # The timeline below says when the last one was, unless Fanvue knows of a later one.
    after = known.bought[0].at + _SAME if known.bought else 0
    told = (
        paid_here(known.spent, show, source_of, after=after)
        if paid is None
        else paid_there(paid, show, source_of, after=after)
    )
    return [*told, *priced(known.offered, show)]


def _talk(known: ProfileFacts) -> list[str]:
    talk, now = known.talk, known.now
    lines = [_waits(talk)]
    if talk.last_out is not None:
        by = _ANSWERED.get(talk.last_out_by, "") if talk.last_out_by is not None else ""
        lines.append(f"Last answer {ago(talk.last_out)} {by}".rstrip())
    holder = talk.holder(now)
    if talk.owner is not None and talk.owner != holder:
        lines.append(f"Last answered on the team by <@{talk.owner}>")
    if holder is not None:
        lines.append(f"<@{holder}> is answering")
    if talk.snoozed_until is not None and talk.snoozed(now):
        lines.append(f"Snoozed until {stamp(talk.snoozed_until)}")
    return [*lines, _open(known.open)]


def _waits(talk: Conversation) -> str:
    if talk.waiting_since is not None:
        return f"**Waiting for an answer, wrote {ago(talk.waiting_since)}**"
    return "Closed: nothing to do" if talk.state == "closed" else "Not waiting for an answer"


def _open(replies: OpenReplies) -> str:
    if not replies.any:
        return "Open replies: none"
    counted = (
        (replies.leaving, "on the way"),
        (replies.unsettled, "needs a decision (/inbox problems)"),
        (replies.held, "for a lead (/inbox review)"),
    )
    return "Open replies: " + " · ".join(f"{number} {what}" for number, what in counted if number)


def _clock(place: str | None, now: Millis) -> list[str]:
    """The time where the fan is, if the team tagged it."""
    return [] if place is None else [f"🕓 {spelled(now, now, zone_of(place))}"]


def _team(known: ProfileFacts, words: Sequence[str]) -> list[str]:
    tags = ", ".join(safe(one_line(tag, _TAG)) for tag in words)
    lines = [f"Tags: {tags or 'none'}", f"Notes: {len(known.notes) or 'none'}"]
    if known.notes:
        newest = known.notes[-1]
        lines.append(f"Newest, by <@{newest.author}> {ago(newest.written)}: {_cut(newest.text)}")
    return lines


def _cut(text: str) -> str:
    line = one_line(text, _NOTE)
    return safe(line) + ("…" if line != " ".join(text.split()) else "")


def _notes(known: ProfileFacts) -> Button:
    if not known.notes:
        return Button("note.add", _HERE, "Write a note")
    return Button("note.page", _HERE, f"Notes ({len(known.notes)})")


def _listed(found: FanListMemberships) -> Sequence[str]:
    lines = [f"• {safe(one_line(name, _NAME))}" for name in found.names]
    lines = lines or ["On none of the lists we checked."]
    if found.unsure:
        names = ", ".join(safe(one_line(name, _NAME)) for name in found.unsure)
        lines.append(f"Not sure: too many people on {names} have a similar name.")
    if found.more:
        lines.append(f"The creator has more lists; we checked the first {found.looked}.")
    return lines
