"""An agent that asks to be let in, and what it is told if it is not (pure).

SignInRefused     a request of an agent's own is wrong; `error` is OAuth's word, str() a sentence
SignInBusy        too many ask at this moment
"""

from dataclasses import dataclass, field
from typing import Final

from storage.people.api_keys import ApiKeyScope
from storage.records import CreatorId, DiscordId, Millis

MCP_PATH: Final = "/api/v1/mcp"  # where the tools are
RESOURCE_METADATA: Final = "/.well-known/oauth-protected-resource" + MCP_PATH
MINUTE: Final[Millis] = 60_000
LASTS: Final = 10 * MINUTE  # a page that waits for a person
CODE_LASTS: Final = MINUTE
ACCESS_LASTS: Final = 60 * MINUTE
NOT_THERE: Final = "invalid_client"
WRONG: Final = "invalid_request"
NOT_GRANTED: Final = "invalid_grant"
NOT_HERE: Final = "invalid_target"


class SignInRefused(Exception):
    """Raised with a word of OAuth's and a sentence for whoever wrote the agent."""

    def __init__(self, error: str, said: str) -> None:
        super().__init__(said)
        self.error = error


class SignInBusy(Exception):
    """Raised where no more may wait."""


@dataclass(frozen=True)
class AgentClient:
    """A program as it calls itself: nobody has checked its name. `redirects`: where answers may go."""

    id: str = field(repr=False)
    name: str
    redirects: tuple[str, ...]


@dataclass(frozen=True)
class AgentOffer:
    """Who was asked about it, and about which creator: only this one's yes to this question counts."""

    ref: str
    user: DiscordId
    creator: CreatorId


@dataclass(frozen=True)
class AgentRequest:
    """What an agent asks for. `scope`: the widest that it may get. `key`: once a person said yes."""

    id: str
    client: str
    name: str
    redirect: str = field(repr=False)
    challenge: str = field(repr=False)
    scope: ApiKeyScope
    state: str | None = field(repr=False, default=None)
    offer: AgentOffer | None = None
    key: str | None = None
    lasts: Millis = 0  # of that key


@dataclass(frozen=True)
class AgentTokens:
    """What an agent gets. `seconds`: how long the first one opens something."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    seconds: int
    scope: ApiKeyScope
