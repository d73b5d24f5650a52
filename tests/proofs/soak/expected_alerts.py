"""Which events the alerts channels of a town tell of, and which they must."""

from collections import Counter

from bot.sandbox.announcements import AlertContent, AnnouncedEvent, told_in, told_of, wanted_of, wrong_sums
from tests.proofs.soak.soak_scenario import SoakCreator, SoakScenario

Lines = Counter[tuple[str, str, str, str]]  # creator, fan, "alert", what it says


def alerts(town: SoakScenario, taken: Lines | None = None) -> Lines:
    """Every event that is told on Discord; fans go by their handles. Raises Unreadable.

    `taken`: what was told and is taken away again; no message that counts without naming means that.
    """
    there, away = Lines(), taken if taken is not None else Lines()
    for house in town.houses:
        wanted = _wanted(town, house)
        gone = Counter({one: away[_line(house, one)] for one in wanted})
        for one, often in told_of(_told(town, house), wanted - gone).items():
            there[_line(house, one)] += often
    return there


def wanted_alerts(town: SoakScenario) -> Lines:
    """Every event that must be told."""
    return Counter(_line(house, one) for house in town.houses for one in _wanted(town, house).elements())


def sums(town: SoakScenario) -> list[str]:
    """Sums above several alerts that are not those of the ledger, where each event is told."""
    return [one for house in town.houses for one in wrong_sums(_told(town, house), _wanted(town, house))]


def _wanted(town: SoakScenario, house: SoakCreator) -> Counter[AnnouncedEvent]:
    events = town.fanvue.ledger.of("event", creator=house.creator.uuid)
    return Counter(filter(None, map(wanted_of, events)))


def _told(town: SoakScenario, house: SoakCreator) -> list[AlertContent]:
    world = town.discord.world
    channels = [world.channels[which] for which in house.guild.channel_ids]
    shown = [
        message
        for channel in channels
        if channel.name.endswith("-alerts") and house.owns(channel)
        for message in world.messages.get(channel.id, {}).values()
        if message.author.bot and not message.deleted and not message.ephemeral
    ]
    return list(filter(None, map(told_in, shown)))


def _line(house: SoakCreator, one: AnnouncedEvent) -> tuple[str, str, str, str]:
    return house.creator.uuid, one.handle, "alert", f"{one.kind} {one.amount}"
