"""A fan's card: the first message of their thread (pure)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.features.inbox.fan_card.loader import FanCardFacts
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Button, Post
from bot.text import render
from bot.text.moments import ago, date_of
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import offset_of, place_in, without_place, zone_of
from storage.inbox.conversations import AnsweredBy, Conversation
from storage.inbox.fan_status import EXPIRED, FOLLOWER, NOT_CONTACTABLE, SUBSCRIBER
from storage.inbox.received import FanOffers
from storage.money.subscribers import KnownSubscriber, SubscriptionTerms
from storage.records import DiscordId, Millis

MORE = "card.more"
_MARKS, _MARK = 10, 40  # so many, of so many letters each
_CANNOT = msgid("🚫 **Fanvue doesn't let you write to this fan right now.**")
_WORDS = {SUBSCRIBER: msgid("Subscriber"), EXPIRED: msgid("Subscription has ended")}
# Translators: {when} is such as "3 hours ago".
_LAST_ANSWER = msgid("Last answer {when}")
_ANSWERED = {
    AnsweredBy.MEMBER: msgid("Last answer {when} by the team"),
    AnsweredBy.ELSEWHERE: msgid("Last answer {when} on Fanvue itself"),
    AnsweredBy.AUTOMATED: msgid("Last answer {when} by an automation"),
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
    more = (Button("template.list", ref, tr("Templates")), Button(MORE, ref, tr("More")))
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
        said = [tr("Follower, not subscribed")]
        if told is not None:
            said.append(tr(_WORDS[EXPIRED]) if told.active else _ended(told))
        return ". ".join(said)
    if told is None or (told.active and word == EXPIRED):
        return tr(_WORDS.get(word or "", msgid("Subscription: no news from Fanvue yet")))
    if not told.active:
        return tr("Subscriber") if word == SUBSCRIBER else _ended(told)
    terms = told.terms
    if terms.since is not None:
        begun = tr("Subscriber since {date}", date=date_of(terms.since))
    else:
        begun = tr("Subscriber, last update {date}", date=date_of(told.changed_at))
    return ", ".join(filter(None, (begun, _going_on(terms))))


def _ended(told: KnownSubscriber) -> str:
    return tr("Subscription ended {date}", date=date_of(told.changed_at))


def _unreachable(known: FanCardFacts) -> list[str]:
    standing = known.standing
    return [tr(_CANNOT)] if standing is not None and standing.word == NOT_CONTACTABLE else []


def _going_on(terms: SubscriptionTerms) -> str:
    """Say how a subscription goes on, as far as told: it follows who they are and a comma."""
    if terms.renews is None:
        return ""
    if terms.ends_at is None:
        return tr("renews") if terms.renews else tr("ends when its time is up: renewal is off")
    date = date_of(terms.ends_at)
    return tr("renews {date}", date=date) if terms.renews else tr("ends {date}: renewal is off", date=date)


def _unlocked(offered: FanOffers | None) -> list[str]:
    """How many messages with a price were bought: a count, for amounts are not everybody's to see."""
    if offered is None or not offered.sent:
        return []
    return [
        tr_many(
            "🔓 {bought} of {n} priced message unlocked",
            "🔓 {bought} of {n} priced messages unlocked",
            offered.sent,
            bought=offered.bought,
        )
    ]


def _clock(place: str | None, now: Millis) -> list[str]:
    """Where the fan is, if the team tagged it: a time of day would soon be wrong on a card."""
    return [] if place is None else [f"🕓 {place}, {offset_of(now, zone_of(place))}"]


def _team(marks: Sequence[str], notes: int) -> list[str]:
    """Notes are read privately, behind More: what the team wrote down stands nowhere else."""
    names = [safe(one_line(mark, _MARK)) for mark in list(marks)[:_MARKS]]
    marked = [f"🏷️ {' · '.join(names)}"] if names else []
    return [*marked, tr_many("📝 {n} note", "📝 {n} notes", notes)] if notes else marked


def _talk(talk: Conversation, now: Millis) -> list[str]:
    lines = []
    if talk.waiting_since is not None:
        lines.append(tr("**Waiting for an answer, wrote {when}**", when=ago(talk.waiting_since)))
    elif talk.state == "closed":
        lines.append(_closed(talk.aside_by))
    if talk.last_out is not None:
        by = talk.last_out_by
        answer = _LAST_ANSWER if by is None else _ANSWERED.get(by, _LAST_ANSWER)
        lines.append(tr(answer, when=ago(talk.last_out)))
    if (holder := talk.holder(now)) is not None:
        lines.append(tr("<@{holder}> is answering", holder=holder))
    if talk.owner is not None and talk.owner != holder:
        lines.append(tr("Last answered by: <@{owner}>", owner=talk.owner))
    if talk.snoozed_until is not None and talk.snoozed(now):
        lines.append(_snoozed(talk.snoozed_until, talk.aside_by))
    return lines


def _closed(by: DiscordId | None) -> str:
    if by is None:
        return tr("Closed: nothing to do until they write again")
    return tr("Closed by <@{member}>: nothing to do until they write again", member=by)


def _snoozed(until: Millis, by: DiscordId | None) -> str:
    at = until // 1000
    if by is None:
        return tr("Snoozed until <t:{until}:f>", until=at)
    return tr("Snoozed until <t:{until}:f> by <@{member}>", until=at, member=by)
