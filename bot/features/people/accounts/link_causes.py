"""The causes of a link ended by Fanvue, for people and the operator (pure).

A failed check of ours is told to nobody but the log (`CheckFailed` without a cause); these are what
Fanvue's side said or left out, and knowing it helps nobody to break in.
"""

from enum import StrEnum

from bot.fanvue.errors import (
    FanvueError,
    ObjectNotFound,
    RequestRateLimited,
    RequestUnclear,
    ScopeMissing,
    TokenUnauthorized,
    VersionRetired,
)
from bot.fanvue.errors import RequestNotSent as CallNotSent
from bot.fanvue.oauth import InvalidGrant, NotSent, OAuthWeakness, Outcome, Refused
from bot.fanvue.oauth import Unclear as Unknown
from bot.model.language import msgid, tr


class LinkCause(StrEnum):
    """As the address of the page and the audit name it."""

    AWAY = "fanvue-away"
    CODE = "code-spent"
    APP = "app-refused"
    REFUSED = "sign-in-refused"
    UNREADABLE = "answer-unreadable"
    NO_TYPE = "no-token-type"
    NO_LIFE = "no-lifetime"
    NO_REFRESH = "no-refresh-token"
    SCOPES = "permissions"
    EXTRA = "unasked-permissions"
    NO_ADDRESS = "no-such-address"
    VERSION = "version-retired"
    UNASKED_SCOPE = "app-lacks-permission"
    SESSION = "other-session"

    @property
    def said(self) -> str:
        """The cause and its person's remedy: one or two sentences."""
        return tr(_SAID[self], tell=tr("Please tell the bridge's operator: `doctor` says what to do."))

    @property
    def cure(self) -> str:
        """The operator's remedy, for the log and `doctor`."""
        return tr(_CURES[self], area=tr(_AREA))


_SAID = {
    LinkCause.AWAY: msgid(
        "We couldn't reach Fanvue, or it did not answer. Please try again in a few minutes."
    ),
    LinkCause.CODE: msgid(
        "Fanvue says that this sign-in was already used or took too long. Please try again."
    ),
    LinkCause.APP: msgid("Fanvue does not accept this bridge's app. {tell}"),
    LinkCause.REFUSED: msgid("Fanvue refused the sign-in. Please try once more. If it stays: {tell}"),
    LinkCause.UNREADABLE: msgid(
        "We couldn't read Fanvue's answer. Please try once more. If it stays: {tell}"
    ),
    LinkCause.NO_TYPE: msgid("Fanvue's answer does not say what kind of token it gave. {tell}"),
    LinkCause.NO_LIFE: msgid("Fanvue's answer does not say how long the sign-in is valid. {tell}"),
    LinkCause.NO_REFRESH: msgid("Fanvue gave a sign-in that can't be renewed. {tell}"),
    LinkCause.SCOPES: msgid(
        "Fanvue did not allow what we need at least: reading and answering chats. Please try "
        "again and allow it."
    ),
    LinkCause.EXTRA: msgid("Fanvue gave permissions that we did not ask for, so we took none. {tell}"),
    LinkCause.NO_ADDRESS: msgid("Fanvue does not know the address that we asked. {tell}"),
    LinkCause.VERSION: msgid("Fanvue no longer supports this bridge's version. {tell}"),
    LinkCause.UNASKED_SCOPE: msgid("The bridge asks for a permission that its Fanvue app is missing. {tell}"),
    LinkCause.SESSION: msgid(
        "Your browser is signed in to Fanvue as someone else. Please try again and choose "
        "“Sign in as someone else”."
    ),
}
# Translators: ends a sentence: “Compare … with the app in Fanvue's Developer Area.”
_AREA = msgid("in Fanvue's Developer Area")
_CURES = {
    LinkCause.AWAY: msgid("Check this machine's network, FANVUE_AUTH_URL and FANVUE_API_URL."),
    LinkCause.CODE: msgid(
        "If it happens every time, check that FANVUE_REDIRECT_URI is exactly the app's address."
    ),
    LinkCause.APP: msgid("Compare FANVUE_CLIENT_ID and FANVUE_CLIENT_SECRET with the app {area}."),
    LinkCause.REFUSED: msgid("Compare FANVUE_REDIRECT_URI and FANVUE_SCOPES with the app {area}."),
    LinkCause.UNREADABLE: msgid(
        "Check FANVUE_AUTH_URL, and that no proxy changes answers. Then update the bridge."
    ),
    LinkCause.NO_TYPE: msgid(
        "The answer lacks token_type “bearer”. Check FANVUE_AUTH_URL, then update the bridge."
    ),
    LinkCause.NO_LIFE: msgid(
        "The answer lacks a usable expires_in. Check FANVUE_AUTH_URL, then update the bridge."
    ),
    LinkCause.NO_REFRESH: msgid("Add offline_access and offline to FANVUE_SCOPES, and tick them {area}."),
    LinkCause.SCOPES: msgid("Tick read:self, read:chat and write:chat under Authentication {area}."),
    LinkCause.EXTRA: msgid(
        "Check FANVUE_AUTH_URL and FANVUE_CLIENT_ID. If both are right, update the bridge."
    ),
    LinkCause.NO_ADDRESS: msgid(
        "Set FANVUE_API_PREFIX: /v1, or empty if /v1 is not there. Check FANVUE_API_URL."
    ),
    LinkCause.VERSION: msgid(
        "Update the bridge, or set FANVUE_API_VERSION to the version that Fanvue names."
    ),
    LinkCause.UNASKED_SCOPE: msgid("Remove it from FANVUE_SCOPES, or tick it under Authentication {area}."),
    LinkCause.SESSION: msgid("Nothing to fix: the creator signs in to Fanvue with the right account."),
}


def of_exchange(outcome: Outcome) -> LinkCause:
    """The cause of missing tokens."""
    match outcome:
        case NotSent():
            return LinkCause.AWAY
        case InvalidGrant():
            return LinkCause.CODE
        case Refused(code="invalid_client" | "unauthorized_client"):
            return LinkCause.APP
        case Unknown(weak=OAuthWeakness.TYPE):
            return LinkCause.NO_TYPE
        case Unknown(weak=OAuthWeakness.LIFE):
            return LinkCause.NO_LIFE
        case Unknown(weak=OAuthWeakness.FORM):
            return LinkCause.UNREADABLE
        case Unknown():
            return LinkCause.AWAY
    return LinkCause.REFUSED


def of_account(error: FanvueError) -> LinkCause:
    """The cause of an unknown account."""
    match error:
        case ObjectNotFound():
            return LinkCause.NO_ADDRESS
        case VersionRetired():
            return LinkCause.VERSION
        case ScopeMissing():
            return LinkCause.SCOPES
        case RequestRateLimited() | CallNotSent():
            return LinkCause.AWAY
        case RequestUnclear():
            return LinkCause.UNREADABLE
        case TokenUnauthorized():
            return LinkCause.REFUSED
    return LinkCause.REFUSED


def of_callback(error: str) -> LinkCause:
    """The cause of the error Fanvue sent back, in OAuth's words."""
    if error == "invalid_scope":
        return LinkCause.UNASKED_SCOPE
    if error in ("server_error", "temporarily_unavailable"):
        return LinkCause.AWAY
    if error in ("unauthorized_client", "invalid_client"):
        return LinkCause.APP
    return LinkCause.REFUSED
