"""Keeps what live events tell of money for the ledger, until Fanvue lists it."""

import json
from collections.abc import Mapping

from bot.engine.lasting_pseudonyms import forgotten_at
from bot.engine.pseudonyms import Pseudonyms
from bot.model.events import WARNING, MoneyBack, Paid
from bot.model.ports import Sealer
from storage.database import Transaction
from storage.money import earning_events
from storage.money.earning_events import EarningEvent
from storage.money.payments import PaymentReport
from storage.records import CreatorId, FactId

_AS_LISTED = {"dispute": "chargeback"}  # Fanvue's list has another word for it


async def paid(tx: Transaction, sealer: Sealer, payment: PaymentReport, event: Paid) -> None:
    """A payment that a live event told of, as it was written down for the relay."""
    told = EarningEvent(
        fact=payment.fact,
        at=payment.at,
        source=payment.source,
        gross=payment.gross,
        fan=payment.fan,
        payment=payment.payment,
        message=payment.message,
        post=payment.post,
        currency=event.currency,
        body=sealed_marks(sealer, payment, event.marks),
    )
    await earning_events.add(tx, payment.creator, told)


async def taken_back(tx: Transaction, names: Pseudonyms, fact: FactId, event: MoneyBack) -> None:
    """Money that went back: a negative line on its own day, under the fan's pseudonym; a warning is none."""
    if event.what == WARNING:
        return
    fan = None
    if event.fan is not None and await forgotten_at(tx, names, event.creator, event.fan.id) is None:
        fan = await names.of(tx, event.creator, event.fan.id)
    elif event.fan is None and event.payment is not None:
        fan = await earning_events.whose(tx, event.creator, event.payment)
    told = EarningEvent(
        fact=fact,
        at=event.at,
        source=_AS_LISTED.get(event.what, event.what),
        gross=None if event.amount is None else -abs(event.amount),
        fan=fan,
        payment=event.payment,
        currency=event.currency,
    )
    await earning_events.add(tx, event.creator, told)


def marks_place(fact: FactId, creator: CreatorId) -> str:
    """The place that the marks of a sale are sealed for."""
    return f"earnings_told|body|{fact}|{creator}"


def sealed_marks(sealer: Sealer, payment: PaymentReport, marks: Mapping[str, str] | None) -> bytes | None:
    """What stood on the link; None where nothing did, or its fan was forgotten since."""
    if not marks or payment.fan is None:
        return None
    return sealer.seal(marks_place(payment.fact, payment.creator), json.dumps(dict(marks)).encode())


def marks_of(sealer: Sealer, creator: CreatorId, fact: FactId, body: bytes) -> dict[str, str]:
    """What `sealed_marks` kept."""
    marks: dict[str, str] = json.loads(sealer.open(marks_place(fact, creator), body))
    return marks
