"""What a list of today's messages calls what was confirmed for many."""

import pytest

from bot.features.people.pausing.texts import line
from bot.features.publishing.post_management import comment_proposal
from bot.features.publishing.post_management.proposal import NAMES
from bot.features.publishing.proposals.model import kind_of
from storage.people.outgoing_messages import OutgoingMessage
from storage.records import DiscordId, EffectId, EffectState

FEATURES = ("mass", "mass_change", "mass_end", "post", comment_proposal.NAME, *NAMES.values())


@pytest.mark.parametrize("feature", FEATURES)
def test_everything_that_can_be_confirmed_for_many_has_a_name(feature: str) -> None:
    said = OutgoingMessage(
        EffectId("e"), kind_of(feature), None, None, None, DiscordId(1), EffectState.DONE, 0, channel=None
    )

    assert "→ many" not in line(said)
