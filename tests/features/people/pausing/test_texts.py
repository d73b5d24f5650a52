"""What a list of today's messages calls what was confirmed for many."""

import pytest

from bot.features.people.pausing.texts import ended, line, question
from bot.features.publishing.post_management import comment_proposal
from bot.features.publishing.post_management.proposal import NAMES
from bot.features.publishing.proposals.model import kind_of
from storage.people.outgoing_messages import OutgoingMessage
from storage.people.pauses import Pause, PauseKind
from storage.records import CreatorId, DiscordId, EffectId, EffectState

FEATURES = ("mass", "mass_change", "mass_end", "post", comment_proposal.NAME, *NAMES.values())


@pytest.mark.parametrize("feature", FEATURES)
def test_everything_that_can_be_confirmed_for_many_has_a_name(feature: str) -> None:
    said = OutgoingMessage(
        EffectId("e"), kind_of(feature), None, None, None, DiscordId(1), EffectState.DONE, 0, channel=None
    )

    assert "→ many" not in line(said)


def outgoing(kind: str, state: EffectState) -> OutgoingMessage:
    return OutgoingMessage(EffectId("e"), kind, None, None, None, DiscordId(1), state, 0, channel=None)


@pytest.mark.parametrize(
    ("kind", "state", "said"),
    [
        ("chat.send", EffectState.REJECTED, "not sent"),
        ("proposed.mass", EffectState.DONE, "✓ sent"),
        ("proposed.mass_end", EffectState.REJECTED, "not done"),
        ("proposed.mass_end", EffectState.DONE, "✓ done"),
        ("proposed.postdelete", EffectState.SENDING, "being done"),
        ("proposed.post", EffectState.PENDING, "waits"),
    ],
)
def test_only_messages_are_called_sent(kind: str, state: EffectState, said: str) -> None:
    assert line(outgoing(kind, state)).endswith(f" · {said}")


@pytest.mark.parametrize(
    ("kinds", "how", "said"),
    [
        (["chat.send"], "drop", "1 held message is discarded and was not sent."),
        (["chat.send", "proposed.mass"], "send", "2 held messages are on their way."),
        (["proposed.mass_end"], "drop", "1 held action is discarded and was not done."),
        (["chat.send", "proposed.mass_end"], "drop", "2 held actions are discarded and were not done."),
        (["proposed.mass_end"], "send", "1 held action is on its way."),
        ([], None, "No messages were held."),
    ],
)
def test_the_end_of_a_pause_calls_a_recall_no_message(kinds: list[str], how: str | None, said: str) -> None:
    pause = Pause("p", PauseKind.CREATOR, CreatorId("c"), None, DiscordId(1), 0)
    held = [outgoing(kind, EffectState.PENDING) for kind in kinds]

    assert ended(pause, ["luna"], held, how) == (
        f"The pause is over: everything in the name of **@luna** can be sent from now on. {said}"
    )


def test_a_held_recall_that_is_too_old_is_called_no_message() -> None:
    pause = Pause("p", PauseKind.CREATOR, CreatorId("c"), None, DiscordId(1), 0)
    held = [outgoing("proposed.mass_end", EffectState.PENDING)]

    assert (
        "1 action is over an hour old and won't be done." in question(pause, ["luna"], held, 1, "r").body[0]
    )
