"""A press that counts, and the one effect that follows from it."""

from dataclasses import dataclass
from typing import Any

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.engine.outbox import EffectRequest, pack_post
from bot.engine.streams import proposal_stream
from bot.features.publishing.proposals.model import ProposalKind, kind_of
from bot.features.publishing.proposals.records import OpenProposal
from storage.records import Command, DiscordId, Link, Millis

PART = "proposed"  # of the one effect whose cause is the draft


@dataclass(frozen=True)
class ProposalPress:
    """A member's press, and what it is about."""

    command: Command
    open: OpenProposal
    link: Link
    second: DiscordId | None = None  # who confirmed it, too


def is_about(yes: ActionConfirmation, kept: Command) -> None:
    """Raises NotConfirmed unless this yes was given to what was pressed."""
    posts = Action.POST, Action.POST_ASK, Action.POST_CHANGE
    yes.question(Action.MASS, *posts, Action.TRACKING_CHANGE)
    yes.pressed(kept)
    if kept.creator is not None:
        yes.concerns(kept.creator)


def wanted_of(press: ProposalPress, feature: ProposalKind, *, due: Millis = 0) -> EffectRequest:
    """The effect for Fanvue, not before `due`; the draft is its cause, so that it is done once."""
    return EffectRequest(
        network="fanvue",
        kind=kind_of(feature.name),
        stream=proposal_stream(press.link.creator, feature.name),
        creator=press.link.creator,
        cause=press.open.draft.id,
        part=PART,
        body=_body(press, feature),
        not_before=due,
    )


def _body(press: ProposalPress, feature: ProposalKind) -> dict[str, Any]:
    return {
        "content": dict(press.open.preview.content),
        "seen": dict(press.open.preview.seen),
        "shown": pack_post(press.open.post),
        "noun": feature.noun,
        "done": feature.done,
        "again": feature.again,
        "command": press.command.id,
        "actor": press.command.actor,
        "second": press.second,
        "link": press.link.id,
        "generation": press.link.generation,
    }
