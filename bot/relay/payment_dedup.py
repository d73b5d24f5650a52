"""Decides whether the other source has told of a payment already.

A payment has two ids that nobody promises to be one: the webhook's and the earnings list's. So:

1. Equal ids are one payment, from either source.
2. A message is bought once: a webhook and a row that name the same bought message are one payment.
3. Else a webhook and a row are one payment when fan, source and amount are equal, their times are at most
   ten minutes apart, and neither has its other half yet. The closest two find each other first.

Each has one other half at most, and two webhooks or two rows never make a pair by rule 3. So two equal
tips a minute apart are two, and as many are told as the source that knows more of them has. Once
equal ids were seen, different ones are different payments. Should rule 3 have joined two that equal ids
part later, the one that was kept quiet is told then.

A subscription that began is told by a webhook, by a first payment, or by a new name in the list. The
sweep tells it when nobody had told that this fan is subscribed; the webhook that comes after that, about
something that happened before the sweep noticed it, is the same one.
"""

from collections.abc import Sequence
from itertools import product

from bot.engine.lasting_pseudonyms import forgotten_at, known_as
from bot.engine.pseudonyms import Pseudonyms
from bot.model.events import MoneyBack, Paid, Person, Subscribed
from bot.model.language import msgid
from bot.model.news import News
from storage.database import Transaction
from storage.engine import inbox
from storage.money import payments, subscribers
from storage.money.payments import PaymentReport
from storage.money.subscribers import KnownSubscriber, SubscriptionTerms
from storage.records import CreatorId, FactId, FanId, Millis

WEBHOOK, SWEEP = "webhook", "sweep"
APART: Millis = 600_000
TOLD = msgid("The other source has already reported this.")
_BOUGHT_ONCE = "message"
_CHANGES = {"activated": True, "renewed": True, "deactivated": False}


async def payment_of(
    tx: Transaction, pseudonyms: Pseudonyms, fact: FactId, paid: Paid, told_by: str
) -> PaymentReport:
    """The row of a payment as one source tells it; the fan goes by their pseudonym.

    Of a fan who was forgotten since, nobody can say any more whether the other source's line names them.
    """
    fan = paid.fan.id if paid.fan else None
    if fan is not None:
        forgotten = await forgotten_at(tx, pseudonyms, paid.creator, fan)
        fan = None if forgotten is not None and paid.at <= forgotten + APART else fan
    return PaymentReport(
        fact=fact,
        creator=paid.creator,
        fan=await pseudonyms.of(tx, paid.creator, fan) if fan is not None else None,
        source=paid.source,
        gross=paid.gross,
        at=paid.at,
        payment=paid.payment,
        message=paid.message,
        post=paid.post,
        told_by=told_by,
    )


def one_payment(event: News) -> str | None:
    """The words for a payment that both sources would use; None where they have none in common.

    What goes back goes back whole; of two families of events that tell of it both name its payment.
    """
    if isinstance(event, MoneyBack) and event.payment is not None:
        return f"back:{event.creator}:{event.what}:{event.payment}"
    if not isinstance(event, Paid):
        return None
    if event.source == _BOUGHT_ONCE and event.message is not None:
        return f"bought:{event.creator}:{event.message}"
    return f"paid:{event.creator}:{event.payment}" if event.payment is not None else None


async def match(tx: Transaction, new: Sequence[PaymentReport]) -> set[FactId]:
    """Remember payments of one source; those among them that need not be told any more."""
    told: set[FactId] = set()
    rest: list[PaymentReport] = []
    for one in new:
        known = await _by_id(tx, one)
        if known is None:
            known = await _by_message(tx, one)
        if known is None:
            rest.append(one)
        elif known:
            told.add(one.fact)
    told |= await _by_closeness(tx, rest)
    for fact in told:
        await payments.hush(tx, fact, quiet=True)
    return told


async def _by_id(tx: Transaction, one: PaymentReport) -> bool | None:
    """Whether it was told under the same id; None when nobody used this id before."""
    others = await payments.with_id(tx, one.creator, one.payment) if one.payment else []
    await payments.add(tx, one)
    if not others:
        return None
    other = next((known for known in others if known.told_by != one.told_by), None)
    if other is None or any(other.twin == known.fact for known in others):
        return True
    freed = await payments.part(tx, other.fact)
    await payments.pair(tx, one.fact, other.fact)
    if freed is None:
        return True
    # By closeness the other one was taken for a payment that it is not. Of the two only one was told.
    if other.quiet:
        return False
    await payments.hush(tx, freed, quiet=False)
    await inbox.tell_after_all(tx, freed, reason=TOLD)
    return True


async def _by_message(tx: Transaction, one: PaymentReport) -> bool | None:
    if one.source != _BOUGHT_ONCE or one.message is None:
        return None
    for other in await payments.alone_for_message(tx, one.creator, one.message, told_by=_other(one.told_by)):
        if other.source == one.source and _same_fan(one, other):
            await payments.pair(tx, one.fact, other.fact)
            return True
    return None


async def _by_closeness(tx: Transaction, new: Sequence[PaymentReport]) -> set[FactId]:
    if not new:
        return set()
    ids_agree = await payments.ids_agree(tx, new[0].creator)
    near: dict[FactId, PaymentReport] = {}
    for one in new:
        found = await payments.alone_between(
            tx,
            one.creator,
            one.source,
            told_by=_other(one.told_by),
            since=one.at - APART,
            until=one.at + APART,
        )
        near |= {other.fact: other for other in found}
    fitting = sorted(
        (abs(one.at - other.at), one.at, one.fact, other.fact)
        for one, other in product(new, near.values())
        if abs(one.at - other.at) <= APART and _alike(one, other, ids_agree=ids_agree)
    )
    told: set[FactId] = set()
    taken: set[FactId] = set()
    for _apart, _at, fact, twin in fitting:
        if fact not in told and twin not in taken:
            await payments.pair(tx, fact, twin)
            told.add(fact)
            taken.add(twin)
    return told


def _alike(one: PaymentReport, other: PaymentReport, *, ids_agree: bool) -> bool:
    return (
        one.source == other.source
        and one.gross == other.gross
        and _same_fan(one, other)
        and _agree(one.message, other.message)
        and _agree(one.post, other.post)
        and not (ids_agree and one.payment and other.payment)
    )


def _same_fan(one: PaymentReport, other: PaymentReport) -> bool:
    return _agree(one.fan, other.fan)


def _agree(one: str | None, other: str | None) -> bool:
    """Whether they agree; an untold value contradicts nothing."""
    return one is None or other is None or one == other


def _other(source: str) -> str:
    return SWEEP if source == WEBHOOK else WEBHOOK


# ── subscriptions ──


async def changed(tx: Transaction, names: Pseudonyms, event: Subscribed, *, now: Millis) -> bool:
    """Learn from a webhook; True when the sweep has told of this beginning already."""
    fan = await known_as(tx, names, event.creator, event.fan.id)
    told = await _began_or_ended(tx, event, fan, now=now)
    terms = SubscriptionTerms(since=event.since, ends_at=event.expires_at, renews=event.renews)
    await subscribers.agreed(tx, event.creator, fan, terms, at=event.at)
    return told


async def _began_or_ended(tx: Transaction, event: Subscribed, fan: FanId, *, now: Millis) -> bool:
    active = _CHANGES.get(event.change)
    if active is None:
        return False
    known = await subscribers.get(tx, event.creator, fan)
    if known is not None and event.at < known.changed_at and not active:
        return False  # it ended before it began anew: an old one that comes late
    told = (
        event.change == "activated"
        and known is not None
        and known.active
        and known.told_by == SWEEP
        and event.at <= known.noticed_at + APART
    )
    await subscribers.put(
        tx, event.creator, KnownSubscriber(fan, active, WEBHOOK, changed_at=event.at, noticed_at=now)
    )
    return told


async def joined(
    tx: Transaction, names: Pseudonyms, creator: CreatorId, person: Person, *, at: Millis, now: Millis
) -> bool:
    """Learn from the sweep that a fan subscribed; True when nobody had told it."""
    fan = await known_as(tx, names, creator, person.id)
    known = await subscribers.get(tx, creator, fan)
    if known is not None and (known.active or at <= known.changed_at + APART):
        return False  # told, or over again since
    await subscribers.put(
        tx, creator, KnownSubscriber(fan, active=True, told_by=SWEEP, changed_at=at, noticed_at=now)
    )
    await subscribers.agreed(tx, creator, fan, SubscriptionTerms(since=at), at=at)
    return True
