"""One call to the API: a route's input, its answer, its refusal."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from bot.sandbox.fanvue.operations import CatalogueOperation
from bot.sandbox.fanvue.records import AccountRecord, DeveloperApp, FanBond, UserId
from bot.sandbox.fanvue.shapes import Shape
from bot.sandbox.fanvue.state import FanvueState

Json = dict[str, Any]

# The answer that says "cannot be contacted" as well as "no such user" (README section 15.5).
INVALID_USER = "Invalid user UUID"


@dataclass(frozen=True)
class ApiAnswer:
    """Status and body; no body at all when both are None."""

    status: int
    body: Json | list[Any] | None = None
    text: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class CallRefusedError(Exception):
    """The call is refused with this answer."""

    def __init__(self, status: int, body: Json, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status} {body}")
        self.answer = ApiAnswer(status, body, headers=headers or {})


def refuse(status: int, message: str) -> NoReturn:
    raise CallRefusedError(status, {"message": message})


def invalid(*problems: str) -> NoReturn:
    raise CallRefusedError(400, {"errors": list(problems)})


@dataclass(frozen=True)
class ApiCall:
    """A request that passed the gate: version, token, scopes and shape are right."""

    state: FanvueState
    operation: CatalogueOperation
    app: DeveloperApp
    user: AccountRecord
    creator: AccountRecord
    scopes: frozenset[str]
    params: Mapping[str, str]
    query: Mapping[str, Any]
    body: Json
    accepts: Shape

    @property
    def v1(self) -> bool:
        return self.operation.surface == "v1"

    @property
    def sent_by(self) -> UserId | None:
        """The team member who acts for the creator, None when it is the creator."""
        return None if self.user is self.creator else self.user.uuid

    def bond(self, name: str = "userUuid", *, missing: int = 404) -> FanBond:
        """The chat partner of the path; refuses people whom this creator does not know."""
        found = self.state.bonds.get((self.creator.uuid, UserId(self.params[name])))
        if found is None:
            refuse(missing, INVALID_USER if missing == 400 else "User not found")  # noqa: PLR2004 - an HTTP status
        return found

    def chat(self, *, missing: int = 404) -> FanBond:
        """The open chat of the path."""
        bond = self.bond(missing=missing)
        if bond.chat_since is None:
            refuse(missing, "Chat not found")
        return bond


Handler = Callable[[ApiCall], ApiAnswer | Awaitable[ApiAnswer]]


@dataclass(frozen=True)
class ApiRoute:
    """A handler and the shapes that its requests must have."""

    handler: Handler
    query: Shape = field(default_factory=dict)
    body: Shape | None = None
