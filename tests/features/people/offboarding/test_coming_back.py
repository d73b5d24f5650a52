"""Whoever is granted something again may do it, and sees the channels again."""

from bot.access.grant_input import GrantRequest, GrantSubject
from bot.access.permits import authorize
from bot.access.policy import Action
from bot.access.roles import TeamRole
from bot.engine.listeners import Listeners
from bot.features.people.team.feature import TeamFeature
from bot.features.signals import GRANTED
from bot.model.ports import Post
from tests.confirmations import yes_to
from tests.features.people.offboarding.offboarding_scenario import OffboardingScenario
from tests.features.people.pausing.pausing_scenario import NINA, here
from tests.relay.relay_scenario import CREATOR, MAYA


async def test_a_new_grant_opens_what_the_removal_closed(bureau: OffboardingScenario) -> None:
    await bureau.greeted()
    await bureau.remove()
    await bureau.turn()
    closed = set(bureau.doors.shut)

    await grant(bureau, TeamRole.CHATTER)
    await bureau.turn()
    await bureau.say("back again", by=NINA)
    await bureau.turn()

    assert len(closed) == 3
    assert bureau.doors.shut == set()
    assert bureau.texts() == ["back again"]


async def test_a_grant_of_nothing_opens_nothing(bureau: OffboardingScenario) -> None:
    await bureau.remove()
    await bureau.turn()

    await grant(bureau, TeamRole.NONE)
    await bureau.turn()

    assert len(bureau.doors.shut) == 3


async def grant(bureau: OffboardingScenario, role: TeamRole) -> None:
    """The owner uses /team grant, and confirms it."""
    granting = TeamFeature(bureau.ground(), Listeners().telling(GRANTED)).granting
    permit = await bureau.database.read(lambda tx: authorize(tx, here(MAYA), Action.TEAM_GRANT, CREATOR))
    assert permit is not None
    shown = await granting.propose(permit, GrantRequest(GrantSubject("member", NINA), role))
    if isinstance(shown, Post):
        yes = yes_to(Action.TEAM_GRANT, shown.buttons[0].ref, here(MAYA), CREATOR)
        assert await granting.confirm(yes) is not None
