"""The scenario of the pings' tests, with rules of who is offered a fan first."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from bot.access.permits import Actor, Permit
from bot.access.policy import Action
from bot.access.roles import MoneyView, TeamRole, TeamStanding
from bot.engine.delivery import Deliveries
from bot.engine.effect_handler import EffectHandler
from bot.engine.retry import RetryWaits
from bot.features.inbox.notes.feature import NotesFeature
from bot.features.inbox.routing.feature import RoutingFeature
from bot.features.inbox.routing.input_rules import TypedRoutingRule
from bot.features.inbox.routing.rules import RoutingRefused
from bot.features.inbox.routing.scheduling import OFFER
from bot.features.inbox.routing.service import RoutingPanel
from bot.model.events import Person
from bot.model.ports import Post
from bot.relay.threads import ThreadOpener
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.inbox import routing_offers
from storage.inbox.pings import PingMode
from storage.inbox.routing_offers import RoutingOffer
from storage.people import creators
from storage.records import CreatorId, DiscordId
from tests.database_place import database_in
from tests.features.inbox.claims.claims_scenario import NINA, OTTO, VERA
from tests.features.inbox.pings.pings_scenario import PingsScenario
from tests.features.inbox.routing_lists.fan_list_stand_in import FanListStandIn
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD, MAYA, told

PIA = DiscordId(1_300_000_000_000_000_024)
NIGHT = DiscordId(1_300_000_000_000_000_090)  # a role that Nina, Otto and Pia have


class RoutingScenario(PingsScenario):
    """A team in which three members share a role; `roles` is what Discord says of each."""

    roles: dict[DiscordId, Collection[DiscordId] | None]
    asked: list[DiscordId]
    meanwhile: Callable[[], Awaitable[object]] | None  # happens while Discord is asked, once
    lists: FanListStandIn

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        if not hasattr(self, "roles"):
            self.roles = {NINA: [NIGHT], OTTO: [NIGHT], PIA: [NIGHT], VERA: [], MAYA: []}
            self.asked, self.meanwhile = [], None
            self.lists = FanListStandIn(self)

        self.routing = self.beside()
        self.change.hear(self.routing.scheduler.changed)
        made = super()._deliveries(opener)
        handlers = made._handlers
        assert isinstance(handlers, dict)
        handlers.update(self.routing.handlers(_Members(self)))
        return made

    def beside(self) -> RoutingFeature:
        """Routing as another process has it, on the same database."""

        async def changed(tx: Transaction, creator: CreatorId) -> None:
            await self.board.noticing.changed(tx, creator)

        tags = NotesFeature(self.ground()).tags.tags_of
        return RoutingFeature(self.ground(), tags, self.lists.service, changed)

    def handler_beside(self) -> EffectHandler:
        """The handler of another process."""
        return self.beside().handlers(_Members(self))[OFFER]

    async def permit(self, money: MoneyView = MoneyView.EXACT) -> Permit:
        """Maya may change the rules."""
        link = await self.database.read(lambda tx: creators.open_link(tx, CREATOR))
        standing = TeamStanding(TeamRole.MANAGER, frozenset(), money)
        return Permit(Actor(MAYA, GUILD), Action.ROUTING, CREATOR, link, standing)

    async def rule(
        self,
        when: str,
        value: str | None = None,
        to: DiscordId = NIGHT,
        minutes: int | None = None,
        money: MoneyView = MoneyView.EXACT,
    ) -> str:
        """/inbox routing with a rule; what the answer says, also where it is refused."""
        kind = "role" if to in (NIGHT, GUILD) else "member"
        typed = TypedRoutingRule(when, value, kind, to, minutes)
        permit = await self.permit(money)
        try:
            return panel_text(await self.routing.setting.add(permit, typed, _Members(self)))
        except RoutingRefused as refused:
            return str(refused)

    async def panel(self, money: MoneyView = MoneyView.EXACT) -> RoutingPanel:
        """/inbox routing."""
        return await self.routing.setting.show(await self.permit(money))

    async def offer(self, fan: Person = EMMA) -> RoutingOffer | None:
        """To whom a fan is offered."""
        return await self.database.read(lambda tx: routing_offers.get(tx, CREATOR, fan.id))

    async def offered(self, fan: Person = EMMA) -> DiscordId | None:
        """The member to whom a fan is offered first now."""
        offer = await self.offer(fan)
        return offer.member if offer is not None and offer.stands(self.clock.now()) else None

    async def later(self, minutes: float) -> None:
        """Time passes, and what is over then ends."""
        await self.pass_time(int(minutes * 60_000))
        await self.routing.expiring.look()
        await self.turn()

    async def everybody_hears(self) -> None:
        """All three want every new conversation."""
        for member in (NINA, OTTO, PIA):
            await self.choose(member, PingMode.CONVERSATIONS)


class _Members:
    """Discord, asked about members."""

    def __init__(self, scenario: RoutingScenario) -> None:
        self._scenario = scenario

    async def roles(self, guild: DiscordId, member: DiscordId) -> Collection[DiscordId] | None:
        assert guild == GUILD
        self._scenario.asked.append(member)
        meanwhile, self._scenario.meanwhile = self._scenario.meanwhile, None
        if meanwhile is not None:
            await meanwhile()
        return self._scenario.roles.get(member)


def panel_text(panel: RoutingPanel) -> str:
    """All that a panel says."""
    return told(panel.post)


def labels(panel: RoutingPanel) -> list[str]:
    """What can be pressed and chosen."""
    post: Post = panel.post
    return [one.label for one in post.buttons] + [one.placeholder for one in panel.choices]


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[RoutingScenario]:
    """Nina, Otto and Pia chat, Vera only reads."""
    database = await open_database(database_in(path), now=0)
    made = RoutingScenario(database, RetryWaits(), SettableClock())
    try:
        await made.link()
        await made.set_up()
        for member, role in ((NINA, "chatter"), (OTTO, "chatter"), (PIA, "chatter"), (VERA, "viewer")):
            await made.engage(member, role)
        await made.start()
        yield made
        await made.crash()
    finally:
        await database.close()
