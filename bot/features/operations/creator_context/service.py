"""Puts a creator's context together, section by section."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.access.roles import TeamStanding
from bot.features.money.periods.read_limit import FiguresUnavailable
from bot.features.operations.creator_context.media_section import MediaSectionReader
from bot.features.operations.creator_context.model import ContextCreator, CreatorContext, MissingSection
from bot.features.operations.creator_context.model_parts import ContextModel, moment
from bot.features.operations.creator_context.money_sections import MoneySectionReader
from bot.features.operations.creator_context.plan_sections import PlanSectionReader
from bot.features.operations.creator_context.request_rules import (
    ContextNotUnderstood,
    ContextRequest,
    ContextSection,
    may_see,
)
from bot.features.operations.creator_context.subscribers_section import SubscribersSectionReader, name_or_none
from bot.features.operations.creator_context.waiting_section import waiting
from bot.features.publishing.media.fanvue import VaultUnavailable
from bot.model.errors import DeliveryFailed
from bot.relay.context import Context
from bot.text.safe_text import one_line
from bot.text.time_zones import DEFAULT_ZONE
from storage.database import Transaction
from storage.money import digests
from storage.people import creators, data_export
from storage.records import Creator, CreatorId, Link

NOT_ALLOWED: Final = "This role may not see it."
NOT_LINKED: Final = "The creator is not connected to Fanvue right now. The owner reconnects with /link."
NO_ANSWER: Final = "We can't reach Fanvue right now. Ask again in a minute."
_LAST: Final = ContextSection.MEDIA  # its addresses live for minutes, and lists may take as long
OF_A_PERIOD: Final = frozenset({ContextSection.TOP_SPENDERS, ContextSection.EARNINGS})
_NAMED: Final = 100  # letters of a handle or an id


class NoSuchSubject(Exception):
    """Raised where nobody is meant, or more than one; str() says so."""


class NoSuchCreator(NoSuchSubject):
    """Raised where no creator, or more than one, has this handle or id; str() says which."""


@dataclass(frozen=True)
class ContextReader:
    """Who reads, with this role's rights. `only`: of this creator alone. `key`: the id of a program's key."""

    standing: TeamStanding
    only: CreatorId | None = None
    key: str = ""


class CreatorContextService:
    """A section that cannot be told is missing with the reason; the others are there all the same."""

    def __init__(
        self,
        ctx: Context,
        *,
        media: MediaSectionReader,
        subscribers: SubscribersSectionReader,
        money: MoneySectionReader,
        plans: PlanSectionReader,
    ) -> None:
        self._ctx = ctx
        self._media = media
        self._subscribers = subscribers
        self._money = money
        self._plans = plans

    async def read(self, named: str, request: ContextRequest, reader: ContextReader) -> CreatorContext:
        """The context of the creator with this handle or id, and a line of the audit log.

        Raises NoSuchCreator; ContextNotUnderstood where the period means nothing.
        """
        creator, link, zone = await self._ctx.database.read(lambda tx: creator_named(tx, named, reader.only))
        await self._check_period(creator.id, request, reader)
        missing: dict[str, MissingSection] = {}
        told: dict[str, ContextModel] = {}
        for section in sorted(request.sections, key=_LAST.__eq__):
            if not may_see(reader.standing, section):
                missing[section] = MissingSection(why="not_allowed", text=NOT_ALLOWED)
                continue
            try:
                told[section] = await self._readers(creator.id, link, request, reader)[section]()
            except (VaultUnavailable, FiguresUnavailable) as error:
                missing[section] = MissingSection(why="unavailable", text=str(error))
            except DeliveryFailed:
                missing[section] = MissingSection(why="unavailable", text=NO_ANSWER)
        await self._ctx.database.write(lambda tx: self._note(tx, creator.id, reader, ", ".join(told)))
        return CreatorContext.model_validate(
            {
                "creator": creator_told(creator),
                "as_of": moment(self._ctx.clock.now()),
                "time_zone": zone,
                "figures": reader.standing.money.value,
                "missing": missing,
                **told,
            }
        )

    async def _check_period(self, creator: CreatorId, request: ContextRequest, reader: ContextReader) -> None:
        """Before anything is asked of Fanvue. Raises ContextNotUnderstood."""
        if any(section in OF_A_PERIOD and may_see(reader.standing, section) for section in request.sections):
            try:
                await self._money.days(creator, request.period, reader.standing.money)
            except FiguresUnavailable as error:
                raise ContextNotUnderstood(str(error)) from error

    def _readers(
        self, creator: CreatorId, link: Link | None, request: ContextRequest, reader: ContextReader
    ) -> Mapping[ContextSection, Callable[[], Awaitable[ContextModel]]]:
        level, most, period = reader.standing.money, request.most, request.period

        def linked() -> Link:
            if link is None:
                raise VaultUnavailable(NOT_LINKED)
            return link

        async def media() -> ContextModel:
            return await self._media.read(linked(), request)

        async def campaigns() -> ContextModel:
            return await self._plans.sent(linked().creator, most, level)

        async def calendar() -> ContextModel:
            return await self._plans.planned(linked().creator, most, reader.standing)

        return {
            ContextSection.MEDIA: media,
            ContextSection.CAMPAIGNS: campaigns,
            ContextSection.CALENDAR: calendar,
            ContextSection.SUBSCRIBERS: lambda: self._subscribers.read(creator, most, level),
            ContextSection.TOP_SPENDERS: lambda: self._money.top_spenders(creator, period, level),
            ContextSection.EARNINGS: lambda: self._money.earnings(creator, period, level),
            ContextSection.WAITING: lambda: self._ctx.database.read(
                lambda tx: waiting(tx, creator, most=most, now=self._ctx.clock.now())
            ),
        }

    async def _note(self, tx: Transaction, creator: CreatorId, reader: ContextReader, told: str) -> None:
        target = f"{told} · {reader.key}" if reader.key else told
        await self._ctx.trail.write(tx, "context.read", "done", target=target, creator=creator)


async def creator_named(
    tx: Transaction, named: str, only: CreatorId | None
) -> tuple[Creator, Link | None, str]:
    """A creator by handle or id, their link and their time zone. Raises NoSuchCreator."""
    named = one_line(named, _NAMED).lstrip("@")
    ids = await data_export.creators_named(tx, named)
    if only is not None:
        ids = [one for one in ids if one == only]  # of others nobody learns even that they are here
    creator = await creators.get(tx, ids[0]) if len(ids) == 1 else None
    if creator is None:
        raise NoSuchCreator(f"Several creators are {named[:40]}: use the id." if ids else _unknown(named))
    zone = await digests.zone(tx, creator.id) or DEFAULT_ZONE
    return creator, await creators.open_link(tx, creator.id), zone


def creator_told(creator: Creator) -> ContextCreator:
    """Whose context it is, as it is told."""
    return ContextCreator(
        id=creator.id,
        handle=name_or_none(creator.handle) or "",
        name=name_or_none(creator.display_name) or "",
    )


def _unknown(named: str) -> str:
    return f"There is no creator {named[:40]!r} here."
