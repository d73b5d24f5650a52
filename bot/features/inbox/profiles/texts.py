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
from bot.model.language import msgid, msgid_many, tr, tr_many
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
HIDDEN = msgid("You can't see amounts.")
PROMISES, ITEMS = "promise.page", "fan.items"
_HERE = "0" * 22  # the thread that it is pressed in says about whom
NO_HANDLE = msgid("We can't look this fan up: their handle is unknown.")
_FROM_FANVUE = msgid("Subscription and payments are what Fanvue shows right now.")
_FROM_HERE = msgid(
    "This is what Fanvue has told us; anything from before the bridge was linked may be "
    "missing. Press More again later."
)
_STATUS = {
    "subscriber": msgid("Subscriber"),
    "expired": msgid("Their subscription has ended"),
    "follower": msgid("Follows, not subscribed"),
    "not_contactable": msgid("Fanvue doesn't let anyone write to them"),
}
_ANSWERED = {
    None: msgid("Last answer {when}"),
    AnsweredBy.MEMBER: msgid("Last answer {when} by the team"),
    AnsweredBy.ELSEWHERE: msgid("Last answer {when} on Fanvue itself"),
    AnsweredBy.AUTOMATED: msgid("Last answer {when} by an automation"),
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
        [tr(HIDDEN)] if show is None else _figures(known, told, show, source_of),
        timeline(known.bought, show, source_of),
        _talk(known),
        _team(known, without_place(known.tags, place)),
    ]
    small = [tr(_FROM_FANVUE)] if told is not None else [f"{there} {tr(_FROM_HERE)}"]
    if show is not None and show.note is not None:
        small.append(show.note)
    ref = known.thread.reference
    return Post(
        title=tr("About {label}", label=known.label or fan_label(known.fan)),
        body=tuple("\n".join(part) for part in parts if part),
        small="\n".join(small),
        accent=FAN_COLOUR,
        buttons=(
            _notes(known),
            Button(PROMISES, _HERE, tr("Promises")),
            Button(ITEMS, ref, tr("Items sent")),
            Button(LISTS, ref, tr("Lists on Fanvue")),
        ),
    )


def on_lists(fan: Fan, ref: Reference, found: FanListMemberships | str, label: str | None = None) -> Post:
    """On which lists they are, or why nobody can say."""
    body = (found,) if isinstance(found, str) else tuple(_listed(found))
    return Post(
        title=tr("Lists of {label}", label=label or fan_label(fan)),
        body=body,
        small=tr("The creator's own lists on Fanvue, right now."),
        accent=FAN_COLOUR,
        buttons=(Button(MORE, ref, tr("About this fan")),),
    )


# ── parts ──


def _subscription(known: ProfileFacts, there: FanvueFanProfile | None) -> list[str]:
    if there is not None:
        return [_status(there.status) + (_since(there.terms) if there.status == "subscriber" else "")]
    told = known.subscriber
    if told is None:
        return [tr("Fanvue hasn't told us yet whether they subscribe.")]
    if not told.active:
        return [tr("Their subscription ended {day}", day=date_of(told.changed_at))]
    return [tr(_STATUS["subscriber"]) + _since(told.terms)]


def _status(status: str | None) -> str:
    if status in _STATUS:
        return tr(_STATUS[status])
    return safe(one_line(status or tr("Fanvue doesn't say"), _NAME))


def _since(terms: SubscriptionTerms) -> str:
    # Translators: follows “Subscriber”
    begun = tr(" since {day}", day=date_of(terms.since)) if terms.since is not None else ""
    return begun if terms.renews is None else f"{begun}\n{_renewal(terms.ends_at, renews=terms.renews)}"


def _renewal(ends_at: Millis | None, *, renews: bool) -> str:
    if ends_at is None:
        return tr("Renews") if renews else tr("Renewal is off")
    day = date_of(ends_at)
    return tr("Renews {day}", day=day) if renews else tr("Renewal is off, ends {day}", day=day)


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
        lines.append(tr(_ANSWERED.get(talk.last_out_by, _ANSWERED[None]), when=ago(talk.last_out)))
    holder = talk.holder(now)
    if talk.owner is not None and talk.owner != holder:
        lines.append(tr("Last answered on the team by <@{member}>", member=talk.owner))
    if holder is not None:
        lines.append(tr("<@{member}> is answering", member=holder))
    if talk.snoozed_until is not None and talk.snoozed(now):
        lines.append(tr("Snoozed until {until}", until=stamp(talk.snoozed_until)))
    return [*lines, _open(known.open)]


def _waits(talk: Conversation) -> str:
    if talk.waiting_since is not None:
        return tr("**Waiting for an answer, wrote {when}**", when=ago(talk.waiting_since))
    return tr("Closed: nothing to do") if talk.state == "closed" else tr("Not waiting for an answer")


def _open(replies: OpenReplies) -> str:
    if not replies.any:
        return tr("Open replies: none")
    counted = (
        (replies.leaving, msgid_many("{n} on the way", "{n} on the way")),
        (
            replies.unsettled,
            msgid_many("{n} needs a decision (/inbox problems)", "{n} needs a decision (/inbox problems)"),
        ),
        (replies.held, msgid_many("{n} for a lead (/inbox review)", "{n} for a lead (/inbox review)")),
    )
    told = " · ".join(tr_many(*what, number) for number, what in counted if number)
    return tr("Open replies: {replies}", replies=told)


def _clock(place: str | None, now: Millis) -> list[str]:
    """The time where the fan is, if the team tagged it."""
    return [] if place is None else [f"🕓 {spelled(now, now, zone_of(place))}"]


def _team(known: ProfileFacts, words: Sequence[str]) -> list[str]:
    tags = ", ".join(safe(one_line(tag, _TAG)) for tag in words)
    lines = [tr("Tags: {tags}", tags=tags) if tags else tr("Tags: none")]
    lines.append(tr("Notes: {notes}", notes=len(known.notes)) if known.notes else tr("Notes: none"))
    if known.notes:
        newest = known.notes[-1]
        lines.append(
            tr(
                "Newest, by <@{author}> {when}: {text}",
                author=newest.author,
                when=ago(newest.written),
                text=_cut(newest.text),
            )
        )
    return lines


def _cut(text: str) -> str:
    line = one_line(text, _NOTE)
    return safe(line) + ("…" if line != " ".join(text.split()) else "")


def _notes(known: ProfileFacts) -> Button:
    if not known.notes:
        return Button("note.add", _HERE, tr("Write a note"))
    return Button("note.page", _HERE, tr("Notes ({notes})", notes=len(known.notes)))


def _listed(found: FanListMemberships) -> Sequence[str]:
    lines = [f"• {safe(one_line(name, _NAME))}" for name in found.names]
    lines = lines or [tr("On none of the lists we checked.")]
    if found.unsure:
        names = ", ".join(safe(one_line(name, _NAME)) for name in found.unsure)
        lines.append(tr("Not sure: too many people on {names} have a similar name.", names=names))
    if found.more:
        lines.append(tr("The creator has more lists; we checked the first {checked}.", checked=found.looked))
    return lines
