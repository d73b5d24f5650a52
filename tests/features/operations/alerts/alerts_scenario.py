"""A team around one creator, told of what happens by rules."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from bot.access.permits import Actor, authorize
from bot.access.policy import Action
from bot.access.roles import MoneyView
from bot.engine.delivery import Deliveries
from bot.engine.retry import RetryWaits
from bot.features.money.periods.bands import floor_of, shown_to
from bot.features.operations.alerts.announcement_texts import announce
from bot.features.operations.alerts.feature import AlertsFeature
from bot.model.errors import DeliveryRefused
from bot.model.events import Event, Followed, Paid, Person
from bot.model.news import News
from bot.model.ports import Post
from bot.relay.alerts import AlertChoice, AlertRouter
from bot.relay.threads import ThreadOpener
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.operations import alert_rules
from storage.operations.alert_rules import NOBODY, AlertRule
from storage.people import grants
from storage.records import Cents, CreatorId, DiscordId, FanId, Millis
from tests.database_place import database_in
from tests.features.inbox.claims.claims_scenario import NINA, OTTO, VERA, ClaimsScenario
from tests.relay.clock_fixtures import SettableClock
from tests.relay.far_side_stand_ins import ChannelStandIn
from tests.relay.notifying_stand_in import NotifyingStandIn
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, GUILD, MAYA, whole

B = TypeVar("B", bound="AlertsScenario")
AGAIN = 12 * 3_600_000
OTHER = DiscordId(1_300_000_000_000_000_090)  # a channel that somebody may choose
_PRIVATE = 1_300_000_000_000_100_000


class AlertsScenario(ClaimsScenario, NotifyingStandIn):
    """A room in which members are told. `calls`: whom each message notified; `closed`: who takes none."""

    rules: AlertsFeature
    window: Millis = 30_000

    def __init__(self, *args: Any) -> None:
        self.calls = {}
        self.closed: set[DiscordId] = set()
        self.gone: set[DiscordId] = set()  # who left the server
        self.vips: set[FanId] = set()
        self._payments = count(1)
        super().__init__(*args)

    def _telling(self) -> AlertRouter:
        def worded(event: News, ref: str, who: str | None, money: MoneyView) -> Post | None:
            return announce(event, ref, who, None if money is MoneyView.HIDDEN else shown_to(money).money)

        self.rules = AlertsFeature(
            self.ground(),
            announce=worded,
            tags_of=self._tags,
            vip="vip",
            floor_of=floor_of,
            window=self.window,
            again=AGAIN,
        )
        return self.rules.telling

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        made = super()._deliveries(opener)
        handlers = made._handlers
        assert isinstance(handlers, dict)
        handlers.update(self.rules.handlers(self.discord, self, self, self))
        return made

    async def _tags(self, _tx: Transaction, _creator: CreatorId, fan: FanId) -> Sequence[str]:
        return ("vip",) if fan in self.vips else ()

    # ── Discord, as the handlers see it ──

    async def channel(self, user: DiscordId) -> DiscordId:
        """Somebody's private messages."""
        if user in self.closed:
            raise DeliveryRefused("This person doesn't accept private messages from the bot.")
        place = DiscordId(user + _PRIVATE)
        self.discord.channels.setdefault(place, ChannelStandIn())
        return place

    async def roles(self, _guild: DiscordId, member: DiscordId) -> Collection[DiscordId] | None:
        """Nobody has a role here."""
        return None if member in self.gone else ()

    # ── what people do and see ──

    async def chooses(self, who: DiscordId, level: str, chosen: AlertChoice) -> str:
        """/settings alerts creator, team or mine; `mine here` is about the one creator."""
        action = Action.ALERTS_MINE if level.startswith("mine") else Action.ALERTS_SET
        found = await self.database.read(lambda tx: authorize(tx, Actor(who, GUILD), action, CREATOR))
        assert found is not None
        setting = self.rules.setting
        if level == "creator":
            return await setting.for_creator(found, chosen)
        if level == "team":
            return await setting.for_team([found], chosen)
        return await setting.for_me([found], chosen, about_one=level == "mine here")

    async def why(self, who: DiscordId, ref: str, guild: DiscordId | None = GUILD) -> str:
        """Somebody presses Why did I get this?."""
        return await self.rules.asking.why(Actor(who, guild), ref)

    async def shows(self, who: DiscordId) -> str:
        """/settings alerts show."""
        actor = Actor(who, GUILD)
        found = await self.database.read(lambda tx: authorize(tx, actor, Action.ALERTS, CREATOR))
        assert found is not None
        return whole(await self.rules.asking.show([found]))

    async def put(self, **values: Any) -> None:
        """A rule holds."""
        rule = AlertRule(**{"guild": GUILD, "creator": CREATOR, "member": NOBODY, "money": "exact", **values})
        await self.database.write(lambda tx: alert_rules.put(tx, rule))

    async def sees(self, member: DiscordId, money: MoneyView) -> None:
        """Somebody may read, and sees figures so exactly."""

        async def work(tx: Transaction) -> None:
            kept = grants.GrantRecord(
                self.ids.new(), CREATOR, GUILD, "member", member, "viewer", "", "", money, MAYA, 1
            )
            await grants.put(tx, kept)

        await self.database.write(work)

    def tip(self, cents: Cents | None = 500, fan: Person = EMMA) -> Paid:
        """Somebody tips."""
        number = next(self._payments)
        return Paid(CREATOR, fan, "tip", cents, self.clock.now(), payment=f"payment-{number}")

    def follow(self, fan: Person = EMMA) -> Followed:
        """Somebody follows."""
        return Followed(CREATOR, fan, self.clock.now())

    async def comes(self, *events: Event) -> None:
        """All this is kept before any of it is decided, and then everything is done that can be."""
        for event in events:
            await self.keep(event, kind="alert", key=f"event-{next(self._payments)}")
        await self.turn()

    def posts(self, channel: DiscordId = ALERTS) -> list[str]:
        """What a channel shows."""
        there = self.discord.channels.get(channel)
        return [whole(post) for post in there.posts.values()] if there is not None else []

    def reads(self, member: DiscordId) -> list[str]:
        """What somebody reads privately."""
        return self.posts(DiscordId(member + _PRIVATE))

    def refs(self, channel: DiscordId = ALERTS) -> list[str]:
        """What the buttons [Why did I get this?] of a channel name."""
        there = self.discord.channels[channel].posts.values()
        return [button.ref for post in there for button in post.buttons if button.action == "alert.why"]

    async def ended(self) -> list[str]:
        """How every alert of an event ended, oldest first."""
        rows = await self.database.read(
            lambda tx: tx.all(
                "SELECT state FROM outbox WHERE kind IN ('alert', 'alert.private') "
                "AND part <> 'closed' AND part <> 'lost' ORDER BY created_at, stream, seq"
            )
        )
        return [row["state"] for row in rows]


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[AlertsScenario]:
    """A bell with a team; nobody has made a rule."""
    async with furnished(path, AlertsScenario) as bell:
        yield bell


@asynccontextmanager
async def furnished(path: Path, kind: type[B]) -> AsyncIterator[B]:
    """The same, of another kind of bell."""
    database = await open_database(database_in(path), now=0)
    bell = kind(database, RetryWaits(), SettableClock())
    try:
        await bell.link()
        await bell.set_up()
        for member, role in ((NINA, "chatter"), (OTTO, "manager"), (VERA, "viewer")):
            await bell.engage(member, role)
        bell.discord.channels[OTHER] = ChannelStandIn()
        await bell.start()
        yield bell
        await bell.crash()
    finally:
        await database.close()
