"""Which limits bind whom, and which can be set."""

import pytest

from bot.access.roles import OWNER, RoleGrant, TeamRole, TeamStanding, standing
from bot.features.inbox.pricing.rules import PriceRefused, binding, changed, may_limit
from bot.features.inbox.pricing.texts import hint, shown
from storage.inbox.price_limits import RolePriceLimits
from storage.records import DiscordId

CHATTERS, MANAGERS = RolePriceLimits(floor=500, ceiling=5_000), RolePriceLimits(ceiling=20_000)
BOTH = {"chatter": CHATTERS, "manager": MANAGERS}
NOTHING = RolePriceLimits()


@pytest.mark.parametrize(
    ("kept", "role", "binds"),
    [
        ({}, "chatter", NOTHING),
        (BOTH, "chatter", CHATTERS),
        (BOTH, "manager", MANAGERS),
        (BOTH, "owner", NOTHING),
        (BOTH, "trainee", CHATTERS),
        ({"manager": MANAGERS}, "chatter", MANAGERS),
        ({"trainee": CHATTERS}, "chatter", NOTHING),
        (BOTH, "none", CHATTERS),
        (BOTH, "", CHATTERS),
        (BOTH, "captain", CHATTERS),
    ],
)
def test_a_role_is_bound_by_its_own_or_by_the_next_above(
    kept: dict[str, RolePriceLimits], role: str, binds: RolePriceLimits
) -> None:
    assert binding(kept, role) == binds


def test_what_is_named_changes_and_the_rest_stays() -> None:
    assert changed(CHATTERS, {"ceiling": 6_000}) == RolePriceLimits(500, 6_000)
    assert changed(CHATTERS, {"floor": None}) == RolePriceLimits(None, 5_000)
    assert changed(CHATTERS, {"usual_from": 500, "usual_to": 5_000}) == RolePriceLimits(
        500, 5_000, 500, 5_000
    )


def test_a_handle_is_shown_letter_by_letter() -> None:
    assert shown(BOTH, "_lola_*", CHATTERS, TeamRole.CHATTER).title == r"Prices of @\_lola\_\*"


@pytest.mark.parametrize(
    ("held", "wanted", "because"),
    [
        (NOTHING, {"floor": 299}, "so no limit can be lower"),
        (NOTHING, {"ceiling": 0}, "so no limit can be lower"),
        (CHATTERS, {"floor": 5_001}, "above the upper"),
        (NOTHING, {"usual_from": 900, "usual_to": 800}, "above the upper"),
        (CHATTERS, {"usual_from": 400}, "between floor and ceiling"),
        (CHATTERS, {"usual_to": 5_100}, "between floor and ceiling"),
    ],
)
def test_limits_that_allow_nothing_are_refused(
    held: RolePriceLimits, wanted: dict[str, int], because: str
) -> None:
    with pytest.raises(PriceRefused, match=because):
        changed(held, wanted)


def being(role: TeamRole) -> TeamStanding | None:
    """What a grant of this role gives."""
    return standing([RoleGrant("g", "member", DiscordId(1), role)])


@pytest.mark.parametrize(
    ("by", "role", "may"),
    [
        (OWNER, TeamRole.MANAGER, True),
        (OWNER, TeamRole.OWNER, False),
        (OWNER, TeamRole.NONE, False),
        (being(TeamRole.MANAGER), TeamRole.CHATTER, True),
        (being(TeamRole.MANAGER), TeamRole.MANAGER, False),
        (being(TeamRole.CHATTER), TeamRole.CHATTER, False),
        (None, TeamRole.TRAINEE, False),
    ],
)
def test_limits_are_set_for_roles_below_ones_own(
    by: TeamStanding | None, role: TeamRole, *, may: bool
) -> None:
    assert may_limit(by, role) is may


def test_the_hint_fits_under_the_field() -> None:
    widest = RolePriceLimits(99_999_900, 99_999_900 + 1, 99_999_900, 99_999_900 + 1)

    assert hint(NOTHING) is None
    assert (
        hint(RolePriceLimits(usual_from=1_200, usual_to=2_500))
        == "For media only. Usually $12.00 to $25.00 here."
    )
    assert hint(CHATTERS) == "For media only. You may ask $5.00 to $50.00."
    assert len(hint(widest) or "") <= 100
