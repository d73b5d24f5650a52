"""The second press: proves that a question was asked before a deed marked `twice`."""

import re
from collections.abc import Mapping
from typing import Any

import discord

from bot.access.permits import ActionConfirmation, NotConfirmed, Permit
from bot.access.policy import POLICY, Action
from bot.discord.bridge import Asked
from bot.discord.controls import TEMPLATE
from bot.model.language import msgid

NOTHING_ASKED = msgid("Please confirm first: run the command again and press the button.")
_CONFIRMED = "confirmed"
# Discord hands us those of our own messages and windows only.
_SECOND = (discord.InteractionType.component, discord.InteractionType.modal_submit)


def confirmable(action: Action) -> None:
    """Raises TypeError where a second press would mean nothing: the table has to say `twice`."""
    if not POLICY[action].twice:
        raise TypeError(f"{action} is asked once: no handler can confirm it")


def take(asked: Asked, permits: list[Permit], given: tuple[Any, ...]) -> bool:
    """Keep the proof for the handler that runs now; False where this is no second step.

    A second step is a button that is pressed, or a window that is sent. A command or a menu is a first one,
    even if its handler says otherwise. It answers the question that Discord's own payload names, which
    has to be the one that the handler is `given`, and for which the permits are.
    """
    actions = {permit.action for permit in permits}
    ref = _ref_of(asked)
    if len(actions) != 1 or ref is None or ref not in given:
        return False
    (action,) = actions
    if not POLICY[action].twice:
        return False
    about = frozenset(permit.creator for permit in permits if permit.creator is not None)
    asked.extras[_CONFIRMED] = ActionConfirmation(permits[0].actor, action, ref, about)
    return True


def confirmed(asked: Asked) -> ActionConfirmation:
    """The proof. Raises NotConfirmed in a handler that does not say of itself that it confirms."""
    proof = asked.extras.get(_CONFIRMED)
    if not isinstance(proof, ActionConfirmation):
        raise NotConfirmed("a question comes before this deed")
    return proof


def _ref_of(asked: Asked) -> str | None:
    """Return the ref of the button or window that Discord says this came by."""
    data: Mapping[str, Any] = asked.data or {}
    match = re.fullmatch(TEMPLATE, str(data.get("custom_id", ""))) if asked.type in _SECOND else None
    return match["ref"] if match is not None else None
