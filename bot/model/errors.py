"""The four ways a delivery can end badly, each with a sentence for a person.

DeliveryFailed
├── TryLater   surely not sent: wait, then again
│   ├── Forbidden  the team's server does not let the bot act: its owner is told
│   └── NoThreadRoom     the server has as many open threads as Discord allows
├── Refused    surely not sent, and trying again changes nothing: a person must act
│   ├── Blocked    by the server's own filter: another message may pass, and this one later
│   ├── Erased     there is nothing left to do it with: a text's time was over
│   └── Damaged    what it is made of does not open: the row is damaged, or came from another one
├── Unknown    may have arrived: read, never repeat blindly
└── Gone       the thread, channel or chat is no longer there: decide again
"""

from bot.model.language import tr


class DeliveryFailed(Exception):
    """Never raised directly."""

    def __init__(self, reason: str) -> None:
        """Keep `reason`: one sentence that a team member can act on; no texts, tokens or names in it."""
        super().__init__(reason)
        self.reason = reason


class TryLater(DeliveryFailed):
    """Nothing left this machine, or the other side said: not now."""

    def __init__(self, reason: str, *, after: float | None = None, paused: bool = False) -> None:
        """`after`: seconds the other side asked for. `paused`: waits for a person, e.g. a new sign-in."""
        super().__init__(reason)
        self.after = after
        self.paused = paused


class BotForbidden(TryLater):
    """The bot lacks the rights for this on the team's server, or was removed from it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, paused=True)


class NoThreadRoom(TryLater):
    """Discord lets no more threads of this server be open at once."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, paused=True)


class DeliveryRefused(DeliveryFailed):
    """The other side understood and said no."""


class AutomodBlocked(DeliveryRefused):
    """A filter of the team's own server let this message not through."""


class TextErased(DeliveryRefused):
    """The text that this is about was erased when its time was over."""

    def __init__(self) -> None:
        super().__init__(tr("Its text is no longer stored: its time was over. The chat is on Fanvue."))


class SealDamaged(DeliveryRefused):
    """The data kept for this does not open in its place (F10): nothing can be done with it, ever."""

    def __init__(self) -> None:
        super().__init__(tr("What we stored for this is damaged, or was copied from another row."))


class DeliveryUnknown(DeliveryFailed):
    """The request may have been carried out."""


class TargetGone(DeliveryFailed):
    """The target does not exist any more."""
