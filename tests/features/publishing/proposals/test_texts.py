"""What did not take place is called by its own name: a post is not “not sent”."""

from dataclasses import replace

import pytest

from bot.features.publishing.campaigns.change_proposal import CampaignChangeProposal
from bot.features.publishing.campaigns.end_proposal import CampaignEndProposal
from bot.features.publishing.links.proposals import TrackingLinkDeletionProposal
from bot.features.publishing.mass_messages.proposal import MassMessageProposal
from bot.features.publishing.posts.proposal import PostProposal
from bot.features.publishing.proposals import texts
from bot.model.errors import DeliveryRefused, TryLater
from storage.engine.drafts import Draft
from storage.records import CreatorId, DiscordId, DraftId, Link, LinkId, LinkState
from tests.features.publishing.proposals.proposals_scenario import NoticeBoard, NoticeFeature
from tests.relay.clock_fixtures import EVENING

KINDS = (CampaignChangeProposal, CampaignEndProposal, TrackingLinkDeletionProposal, PostProposal)
LINK = Link(LinkId("l"), CreatorId("c"), DiscordId(1), DiscordId(2), 1, LinkState.ACTIVE, "", "luna")
OPEN = Draft(
    *(DraftId("d"), "x.propose", "open", 1, CreatorId("c"), "{}", DiscordId(1), DiscordId(2)),
    settled_by=None,
    settled_at=None,
    created_at=EVENING,
    expires_at=EVENING + 1,
)


@pytest.mark.parametrize("done", [kind.done for kind in KINDS])
def test_what_is_no_message_is_never_called_not_sent(done: str) -> None:
    said = (
        texts.unseen(TryLater("Slow."), done, "Press again"),
        texts.unseen(DeliveryRefused("Fanvue refused it."), done, "Press again"),
        texts.overtaken(done),
        texts.cancelled("Confirm", done),
    )

    assert all(f"ot {done}" in sentence for sentence in said)
    assert all("sent" not in sentence for sentence in (*said, texts.NOT_TAKEN))


def test_a_mass_message_is_still_called_not_sent() -> None:
    done = MassMessageProposal.done

    assert texts.cancelled("Send", done) == "Cancelled. Not sent."
    assert texts.unseen(TryLater("Slow."), done, "Press again") == (
        "We can't reach Fanvue right now, so it was not sent. Press again in a moment."
    )


@pytest.mark.parametrize(
    ("link", "was", "now", "said"),
    [
        (
            LINK,
            (LINK.id, 1),
            EVENING + 1,
            (
                "This preview is older than 15 minutes, so it was closed. Not hung up. "
                "Make a new one with /notice."
            ),
        ),
        (None, (LINK.id, 1), EVENING, "This Fanvue account is no longer connected. Not hung up: use /link."),
        (
            LINK,
            (LINK.id, 0),
            EVENING,
            (
                "The Fanvue account was reconnected since this preview. Not hung up. "
                "Make a new one with /notice."
            ),
        ),
    ],
    ids=["expired", "unlinked", "relinked"],
)
def test_a_preview_that_closed_names_what_was_not_done(
    link: Link | None, was: tuple[str, int], now: int, said: str
) -> None:
    closed = texts.why_closed(OPEN, NoticeFeature(NoticeBoard()), link, was, now=now)

    assert closed is not None
    assert closed[1] == said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("cancelled", f"Already cancelled by <@1> at <t:{EVENING // 1000}:t>."),
        ("refused", f"Already refused by <@1> at <t:{EVENING // 1000}:t>."),
        ("replaced", "A newer preview replaced this one. This button did nothing."),
        ("expired", f"This preview was closed at <t:{EVENING // 1000}:t>. This button did nothing."),
    ],
)
def test_a_late_press_says_how_it_ended_and_nothing_of_sending(state: str, said: str) -> None:
    over = replace(OPEN, state=state, settled_by=DiscordId(1), settled_at=EVENING)

    assert texts.settled(over) == said
