"""Which feature is off without which permission, and what is said of it."""

import pytest

from bot.fanvue.hooks import EVENTS
from bot.features.people.accounts.scope_rules import AGAIN, FEATURES, off, refused
from bot.features.publishing.mass_messages.proposal import NEEDED as MASS
from bot.features.publishing.posts.proposal import _MEDIA, _SCOPES
from bot.settings.model import SCOPES

ASKED = SCOPES.split()


def scopes_of(name: str) -> frozenset[str]:
    return next(feature.scopes for feature in FEATURES if feature.name == name)


def test_with_everything_that_is_asked_for_nothing_is_off() -> None:
    assert off(ASKED, ASKED) == []
    assert refused(ASKED, ASKED) == []


def test_the_table_says_what_the_features_themselves_check() -> None:
    assert scopes_of("Mass messages") == set(MASS)
    assert scopes_of("Posts") == set(_SCOPES)
    assert _MEDIA in scopes_of("Files from the vault")


def test_every_live_event_belongs_to_a_feature() -> None:
    begun = tuple(beginning for feature in FEATURES for beginning in feature.events)

    assert [name for name in EVENTS if not name.startswith(begun)] == []


@pytest.mark.parametrize(
    ("missing", "lines"),
    [
        ("read:media", ["Files from the vault are off", "Uploads to the vault are off"]),
        ("write:media", ["Uploads to the vault are off"]),
        ("write:chat", ["Replies are off", "Mass messages are off", "Lists of fans are off"]),
        ("write:post", ["Posts are off"]),
        (
            "read:insights",
            [
                "Earnings and daily digests are off",
                "Subscriber numbers are off",
                "Top fans are off",
                "Figures and renewals behind More on fans' cards are off",
            ],
        ),
        (
            "read:fan",
            [
                "Mass messages are off",
                "Lists of fans are off",
                "Top fans are off",
                "Figures and renewals behind More on fans' cards are off",
                "Subscribers that no live event reported are off",
            ],
        ),
        ("read:creator", ["Live events of payments, subscriptions and followers are off"]),
    ],
)
def test_each_feature_without_its_permission_is_named_with_the_way_back(
    missing: str, lines: list[str]
) -> None:
    granted = [scope for scope in ASKED if scope != missing]

    assert off(granted, ASKED) == [*(f"{line}: Fanvue did not allow {missing}." for line in lines), AGAIN]
    assert [f"{name} are off" for name in refused(granted, ASKED)] == lines


def test_what_the_operator_does_not_ask_for_is_not_blamed_on_fanvue_and_no_new_sign_in_is_offered() -> None:
    asked = [scope for scope in ASKED if scope != "write:post"]

    assert off(asked, asked) == ["Posts are off: this bridge's operator does not ask for write:post."]
    assert refused(asked, asked) == []
