"""What fans do on the stand-in, and which live events of it come to the bridge."""

from dataclasses import replace

from bot.model.events import MoneyBack, Paid, Person
from bot.relay import live_money, payment_dedup
from bot.sandbox.fanvue.records import PaymentRecord
from storage.database import Transaction
from storage.inbox import watermarks
from storage.records import FactId, FanId, FanvueMessageId
from tests.features.money.periods.periods_scenario import PeriodsScenario


async def connected(bureau: PeriodsScenario) -> None:
    """From now on live events are expected, and one of each kind of money was heard."""
    creator, now = bureau.evening.creator, bureau.clock.at

    async def work(tx: Transaction) -> None:
        await watermarks.begin(tx, creator, now=now)
        for kind in ("payment", "refund", "dispute"):
            await watermarks.heard(tx, creator, kind, at=now)

    await bureau.database.write(work)


async def comes(bureau: PeriodsScenario, payment: PaymentRecord, **other: str) -> None:
    """The live event of a payment comes, with the id that events have."""
    creator, names = bureau.evening.creator, bureau.effects.trail.pseudonyms
    fan, at = Person(FanId(payment.fan)), int(payment.at.timestamp() * 1000)
    fact = FactId(f"fact-{payment.id}")
    message = None if payment.message is None else FanvueMessageId(payment.message)

    async def work(tx: Transaction) -> None:
        if payment.reverses is not None:
            what = "dispute" if payment.source == "chargeback" else "refund"
            back = MoneyBack(creator, fan, what, -payment.gross, at, payment=payment.reverses)
            await live_money.taken_back(tx, names, fact, back)
            return
        id_ = other.get("payment", str(payment.id))
        paid = Paid(creator, fan, payment.source, payment.gross, at, id_, message, payment.post)
        told = await payment_dedup.payment_of(tx, names, fact, paid, payment_dedup.WEBHOOK)
        await live_money.paid(tx, bureau.on.sealer, told, replace(paid, currency=payment.currency))

    await bureau.database.write(work)


def lists_no_more(bureau: PeriodsScenario, payment: PaymentRecord) -> None:
    """Fanvue's lists and sums are without this payment."""
    del bureau.fan._state.payments[payment.id]
