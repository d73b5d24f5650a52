"""What commands and buttons need about a creator's team."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.access.channel_view import See
from bot.access.grant_input import GrantRequest
from bot.access.permits import ActionConfirmation, Actor, Permit
from bot.model.ports import Post
from storage.records import CreatorId


class CreatorLeaveUses(Protocol):
    """A creator leaves a server, and comes back. None always means: nothing that this person may do."""

    async def offered(self, actor: Actor, typed: str, *, back: bool) -> Sequence[tuple[str, str]]:
        """What may be chosen as creator: words and value."""

    async def ask(self, actor: Actor, wanted: str | None) -> Post | str | None:
        """The question before a creator leaves."""

    async def leave(self, yes: ActionConfirmation) -> str | None:
        """The second press."""

    async def stay(self, actor: Actor, ref: str) -> str:
        """Nothing is to change."""

    async def back(self, actor: Actor, wanted: str | None) -> str | None:
        """The way back."""


class GrantUses(Protocol):
    """Somebody is let in, or nothing holds for them any more."""

    async def propose(self, permit: Permit, wanted: GrantRequest) -> Post | str:
        """The preview with its two buttons, or why there is none."""

    async def creator_of(self, ref: str) -> CreatorId | None:
        """Whose team a preview is about; None when it is none."""

    async def confirm(self, yes: ActionConfirmation) -> str | None:
        """The press that counts; None: there is no such preview of theirs."""

    async def cancel(self, actor: Actor, ref: str) -> str:
        """Nothing is to change."""


class TeamListUses(Protocol):
    """Who is in a team, and why somebody may or may not."""

    async def show(self, permit: Permit, page: int) -> Post:
        """Who has what, by whom and since when."""

    async def explain(
        self,
        asker: Actor,
        about: Actor,
        wanted: str | None,
        among: Collection[CreatorId] | None = None,
    ) -> Post:
        """What `about` may do here, and why; `among`: about these creators only."""

    async def offered(self, actor: Actor, typed: str) -> Sequence[tuple[str, str]]:
        """Creators to whom somebody is anything here: words and value."""


class AccessDoctorUses(Protocol):
    """The access doctor."""

    async def examine(self, permit: Permit, see: See, page: int = 1) -> Post | str:
        """What does not fit between Discord's permissions and the grants now, a page of it."""

    async def look_at_roles(self, see: See) -> None:
        """The look as the bridge starts: for roles that nobody of the owner's side let in."""

    async def look(self, see: See) -> None:
        """The weekly look at every creator; told where something changed."""


class TeamUses(Protocol):
    """What `Uses.team` holds."""

    @property
    def leaving(self) -> CreatorLeaveUses:
        """Leaving a server, and the way back."""

    @property
    def granting(self) -> GrantUses:
        """Who may do what."""

    @property
    def looking(self) -> TeamListUses:
        """Who may do what, to look at."""

    @property
    def overseeing(self) -> AccessDoctorUses:
        """Who can read, and should not."""
