"""The section of those who subscribe now, as /money subscribers list has them."""

from bot.access.roles import MoneyView
from bot.features.money.periods.fanvue import FanvueCreatorFigures
from bot.features.money.periods.read_limit import told
from bot.features.money.subscribers.list_service import entries_of
from bot.features.money.subscribers.list_texts import SubscriberEntry
from bot.features.operations.creator_context.amounts import amount_or_none
from bot.features.operations.creator_context.model import ContextSubscriber, SubscribersSection
from bot.features.operations.creator_context.model_parts import moment_or_none
from bot.text.safe_text import one_line
from storage.database import Database
from storage.records import CreatorId

NAME = 100  # letters


class SubscribersSectionReader:
    """Raises FiguresUnavailable."""

    def __init__(self, database: Database, reading: FanvueCreatorFigures) -> None:
        self._database = database
        self._reading = reading

    async def read(self, creator: CreatorId, most: int, level: MoneyView) -> SubscribersSection:
        rows, complete = await told(lambda: self._reading.subscribers(creator, most))
        people = await self._database.read(lambda tx: entries_of(tx, creator, rows))
        return SubscribersSection(people=[_subscriber(one, level) for one in people], complete=complete)


def name_or_none(name: str | None) -> str | None:
    """A stranger's name on one line."""
    return None if name is None else one_line(name, NAME)


def _subscriber(one: SubscriberEntry, level: MoneyView) -> ContextSubscriber:
    return ContextSubscriber(
        id=one.fan,
        handle=name_or_none(one.handle),
        name=name_or_none(one.name),
        since=moment_or_none(one.since),
        price=amount_or_none(one.price, None, level),
        renews=one.renews,
        renews_or_ends_at=moment_or_none(one.ends),
    )
