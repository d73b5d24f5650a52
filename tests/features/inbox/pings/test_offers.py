"""Whoever may answer from now on is asked, once, when their phone should ring."""

from bot.access.grant_input import GrantRequest, GrantSubject
from bot.access.permits import Actor, authorize
from bot.access.policy import Action
from bot.access.roles import TeamRole
from bot.features.people.team.feature import TeamFeature
from bot.model.ports import Post
from storage.inbox.pings import PingMode
from storage.records import DiscordId
from tests.confirmations import yes_to
from tests.features.inbox.claims.claims_scenario import NINA
from tests.features.inbox.pings.pings_scenario import PingsScenario
from tests.relay.relay_scenario import ALERTS, CREATOR, GUILD, MAYA

PIA = DiscordId(1_300_000_000_000_000_024)
CHATTERS = DiscordId(1_300_000_000_000_000_071)


async def grant(team: PingsScenario, kind: str, subject: DiscordId, role: TeamRole) -> None:
    """The owner uses /team grant, and confirms it."""
    granting = TeamFeature(team.ground(), team.pings.scheduler.granted).granting
    owner = Actor(MAYA, GUILD)
    permit = await team.database.read(lambda tx: authorize(tx, owner, Action.TEAM_GRANT, CREATOR))
    assert permit is not None
    shown = await granting.propose(permit, GrantRequest(GrantSubject(kind, subject), role))
    assert isinstance(shown, Post)
    assert await granting.confirm(yes_to(Action.TEAM_GRANT, shown.buttons[0].ref, owner, CREATOR))
    await team.turn()


def offers(team: PingsScenario) -> list[Post]:
    """The offers that the alerts channel shows."""
    posts = team.discord.channels[ALERTS].posts.values() if ALERTS in team.discord.channels else []
    return [post for post in posts if "Should your phone ring" in (post.title or "")]


async def test_a_new_chatter_is_asked_once_and_named_alone(team: PingsScenario) -> None:
    await grant(team, "member", PIA, TeamRole.CHATTER)
    await grant(team, "member", PIA, TeamRole.MANAGER)

    (offer,) = offers(team)
    assert f"<@{PIA}>" in offer.body[0]
    assert [button.label for button in offer.buttons] == [
        "Every new conversation",
        "Every message",
        "Only fans I answered last",
        "Nothing",
        "Show me around",
    ]
    assert team.rung() == [{PIA}]


async def test_a_role_is_asked_as_a_role(team: PingsScenario) -> None:
    await grant(team, "role", CHATTERS, TeamRole.CHATTER)

    assert f"<@&{CHATTERS}>" in offers(team)[0].body[0]


async def test_nobody_is_asked_who_only_reads_or_has_chosen(team: PingsScenario) -> None:
    await team.choose(NINA, PingMode.NOTHING)
    await grant(team, "member", PIA, TeamRole.VIEWER)
    await grant(team, "member", NINA, TeamRole.MANAGER)

    assert offers(team) == []
