"""A fan's card: the first message of their thread (pure)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.features.inbox.fan_card.loader import FanCardFacts
from bot.model.ports import Button, Post
from bot.text import render
from bot.text.moments import ago, date_of
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import offset_of, place_in, without_place, zone_of
from storage.inbox.conversations import AnsweredBy, Conversation
from storage.inbox.fan_status import EXPIRED, FOLLOWER, NOT_CONTACTABLE, SUBSCRIBER
from storage.money.spending import FanOffers
from storage.money.subscribers import KnownSubscriber, SubscriptionTerms
from storage.records import Millis

MORE = "card.more"
_MARKS, _MARK = 10, 40  # so many, of so many letters each
_CANNOT = "🚫 **Fanvue doesn't let you write to this fan right now.**"
_WORDS = {SUBSCRIBER: "Subscriber", EXPIRED: "Subscription has ended"}
_ANSWERED = {
    AnsweredBy.MEMBER: "by the team",
    AnsweredBy.ELSEWHERE: "on Fanvue itself",
    AnsweredBy.AUTOMATED: "by an automation",
}


def face(known: FanCardFacts) -> Post:
    """Write the card. It shows no amount and no note: those a member may see are behind a button.

    What asks for something to be done comes first, then who it is, then what the team knows.
    """
    ref = known.thread.reference
    first = render.card(
        known.fan, known.thread, creator=known.creator, label=known.label, warning=known.warning
    )
    *warned, seen = first.body
    place = place_in(known.marks)
    parts = (
        [*warned, *_unreachable(known), *_talk(known.talk, known.now)],
        [_subscription(known), *_unlocked(known.offered), *_clock(place, known.now), seen],
        known.owed,
        [*_team(without_place(known.marks, place), known.notes), *_mode(known)],
    )
    more = (Button("template.list", ref, "Templates"), Button(MORE, ref, "More"))
    return replace(
        first,
        body=tuple("\n".join(part) for part in parts if part),
        buttons=(*first.buttons, *more),
    )


def _mode(known: FanCardFacts) -> list[str]:
    return [f"✍️ **{known.mode}**"] if known.mode is not None else []


def _subscription(known: FanCardFacts) -> str:
    """The newest word of the two: of a subscription's own events, and of what Fanvue calls the fan."""
    told, standing = known.subscriber, known.standing
    newer = standing is not None and (told is None or standing.at > told.changed_at)
    word = standing.word if standing is not None and newer else None
    if word == FOLLOWER:
        ended = "" if told is None else f". Subscription {'has ended' if told.active else _ended(told)}"
        return f"Follower, not subscribed{ended}"
    if told is None or (told.active and word == EXPIRED):
        return _WORDS.get(word or "", "Subscription: no news from Fanvue yet")
    if not told.active:
        return "Subscriber" if word == SUBSCRIBER else f"Subscription {_ended(told)}"
    terms = told.terms
    begun = (
        f" since {date_of(terms.since)}"
        if terms.since is not None
        else f", last update {date_of(told.changed_at)}"
    )
    return f"Subscriber{begun}{_going_on(terms)}"


def _ended(told: KnownSubscriber) -> str:
    return f"ended {date_of(told.changed_at)}"


def _unreachable(known: FanCardFacts) -> list[str]:
    standing = known.standing
    return [_CANNOT] if standing is not None and standing.word == NOT_CONTACTABLE else []


def _going_on(terms: SubscriptionTerms) -> str:
    """Say how a subscription goes on, as far as told."""
    when = "" if terms.ends_at is None else f" {date_of(terms.ends_at)}"
    if terms.renews is None:
        return ""
    return f", renews{when}" if terms.renews else f", ends{when or ' when its time is up'}: renewal is off"


def _unlocked(offered: FanOffers | None) -> list[str]:
    """How many messages with a price were bought: a count, for amounts are not everybody's to see."""
    if offered is None or not offered.sent:
        return []
    what = "message" if offered.sent == 1 else "messages"
    return [f"🔓 {offered.bought} of {offered.sent} priced {what} unlocked"]


def _clock(place: str | None, now: Millis) -> list[str]:
    """Where the fan is, if the team tagged it: a time of day would soon be wrong on a card."""
    return [] if place is None else [f"🕓 {place}, {offset_of(now, zone_of(place))}"]


def _team(marks: Sequence[str], notes: int) -> list[str]:
    """Notes are read privately, behind More: what the team wrote down stands nowhere else."""
    names = [safe(one_line(mark, _MARK)) for mark in list(marks)[:_MARKS]]
    marked = [f"🏷️ {' · '.join(names)}"] if names else []
    return [*marked, f"📝 {notes} {'note' if notes == 1 else 'notes'}"] if notes else marked


def _talk(talk: Conversation, now: Millis) -> list[str]:
    lines = []
    if talk.waiting_since is not None:
        lines.append(f"**Waiting for an answer, wrote {ago(talk.waiting_since)}**")
    elif talk.state == "closed":
        lines.append(f"Closed{_by(talk)}: nothing to do until they write again")
    if talk.last_out is not None:
        by = _ANSWERED.get(talk.last_out_by, "") if talk.last_out_by is not None else ""
        lines.append(f"Last answer {ago(talk.last_out)} {by}".rstrip())
    if (holder := talk.holder(now)) is not None:
        lines.append(f"<@{holder}> is answering")
    if talk.owner is not None and talk.owner != holder:
        lines.append(f"Last answered by: <@{talk.owner}>")
    if talk.snoozed_until is not None and talk.snoozed(now):
        lines.append(f"Snoozed until <t:{talk.snoozed_until // 1000}:f>{_by(talk)}")
    return lines


def _by(talk: Conversation) -> str:
    """Name who put the fan aside."""
    return f" by <@{talk.aside_by}>" if talk.aside_by is not None else ""
