"""What an owner reads of an agent that asks to be let in."""

from collections.abc import Mapping
from typing import Final

from bot.features.operations.agent_sign_in.model import AgentRequest
from bot.features.operations.api_keys import texts as key_texts
from bot.features.operations.api_keys.key_rules import ApiKeyWish, wished
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.safe_text import one_line, safe
from storage.people.api_keys import ApiKeyScope
from storage.records import Millis

YES: Final = "agent.connect"
NO: Final = "agent.refuse"
NO_CODE = msgid("No page waits with this code. Open it again in your app, and type the code that it shows.")
OVER = msgid("This has expired or was already answered. Open the page again in your app.")
ROLE, SCOPE, DAYS = msgid("It reads as"), msgid("It opens"), msgid("It ends after")
ROLES: Final = {
    "viewer": msgid("Viewer: who waits"),
    "chatter": msgid("Chatter: and the vault"),
    "manager": msgid("Manager: and figures as ranges"),
    "owner": msgid("Owner: and exact figures"),
}
_SCOPES: Final = {
    ApiKeyScope.DATA: msgid("Lists and figures"),
    ApiKeyScope.CHATS: msgid("Also what fans write"),
    ApiKeyScope.DRAFTS: msgid("Also drafts for your team"),
}
USUAL_END: Final = "90"
_ENDS: Final = ("1", "7", "30", USUAL_END, "180", "365")
_WHO = msgid(
    "An app that calls itself **{name}** asks. Nobody checked that name; its answers go to **{host}**."
)
_WARNING = msgid("**Go on only if you opened the page with this code yourself, just now.**")
_THEFT = msgid("Did someone send you the code? Then they would get the access. Press No.")
_NEXT = msgid(
    "Next you choose what it may read, and for how long. Its drafts wait for a press, unless a rule of yours "
    "sends them."
)
_REVOKE: Final = "/settings keys revoke"
_NAME = 40


def question(asked: AgentRequest, ref: str, *, host: str, handle: str) -> Post:
    """Who asks, and the one danger."""
    who = tr(_WHO, name=safe(asked.name), host=safe(host))
    return Post(
        title=tr("Connect an agent to @{handle}?", handle=safe(one_line(handle, _NAME))),
        body=(who, f"{tr(_WARNING)}\n{tr(_THEFT)}"),
        small=tr(_NEXT),
        buttons=(
            Button(YES, ref, tr("Connect"), "success"),
            Button(NO, ref, tr("No, connect nothing")),
        ),
    )


def scopes(widest: ApiKeyScope) -> Mapping[str, str]:
    """What it may open, of what it asks for."""
    return {scope.value: words for scope, words in _SCOPES.items() if widest.includes(scope)}


def ends() -> Mapping[str, str]:
    """After how many days it may end."""
    return {days: tr_many("{n} day", "{n} days", int(days)) for days in _ENDS}


def wish_of(fields: Mapping[str, str]) -> ApiKeyWish:
    """What the window says. Raises ApiKeyNotUnderstood."""
    known = ("role", "scope", "days")
    return wished({**{name: fields[name] for name in known if fields.get(name)}, "name": "-"})


def connected(asked: AgentRequest, wish: ApiKeyWish, *, handle: str, until: Millis) -> str:
    """What it may do from now on, and how it ends."""
    does = key_texts.does(asked.name, wish.scope, wish.role, handle=handle, until=until)
    ends = tr(
        "Its page goes on by itself. End it at any time with {command}.", command="/settings keys revoke"
    )
    return f"{does}\n{ends}"


def refused(asked: AgentRequest) -> str:
    return tr("**{name}** is not connected.", name=safe(asked.name))
