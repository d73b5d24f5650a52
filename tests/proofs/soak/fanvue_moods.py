"""Moods of Fanvue in a soak: switches of the stand-in, drawn at random."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bot.sandbox.fanvue.switches import FanvueSwitches

_SHARE = 0.05  # of the steps: how often one switch is drawn anew

# What each may be; nothing may be lost under them either. What takes the words or the sender of a line away
# has it shown another way: then it is known by the ids that the bridge remembers
# (tests/proofs/soak/unclear_lines.py).
MOODS: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "folders_in_pages": (True, False),
        "gone": ((), ("v1",), ("unversioned",)),
        "hand_type": ("SINGLE_RECIPIENT", "VOICE_CALL", "NEW*_in_2027"),
        "iss_on_callback": (False, True),
        "list_sizes": (True, False),
        "old_access_token_dies": (False, True),
        "refresh_answers_scope": (True, False),
        "senders_named": (True, False),
        "tips_are_gifts": (False, True),
        "rotating_secret": ("", "whsec_of_tomorrow"),
        "token_answer": ({}, {"expires_in": "3600"}),
        "unknown_fields": ((), ("excludedLists.customListUuids",)),
        "unsigned_probe": (False, True),
        "v1_whole": (False, True),
        "webhooks_at_once": (1, 4),
        "renamed": (
            {},
            {("/chats", "user"): "person"},
            {("/chats", "lastMessageAt"): None},
            {("/earnings", "gross"): "amount"},
            {("/messages", "hasMedia"): None, ("/messages", "recipient"): "to"},
            {("/messages", "text"): "content"},
            {("/media", "status"): None, ("/subscribers", "firstSubscribedAt"): None},
            {("/posts", "uuid"): "id", ("/mass-messages", "createdAt"): None},
        ),
    }
)


@dataclass
class FanvueMoods:
    """Draws one switch at a time; every roll comes from one seed."""

    switches: FanvueSwitches
    rng: random.Random
    drawn: int = 0

    def __post_init__(self) -> None:
        self._before = {name: getattr(self.switches, name) for name in MOODS}

    def stir(self) -> None:
        """Called at each step."""
        if self.rng.random() < _SHARE:
            name = self.rng.choice(sorted(MOODS))
            setattr(self.switches, name, self.rng.choice(MOODS[name]))
            self.drawn += 1

    def clear_up(self) -> None:
        """Everything is as it was before the first draw."""
        for name, value in self._before.items():
            setattr(self.switches, name, value)
