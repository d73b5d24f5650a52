"""Which programs may ask, and where their answers may go (pure).

A program that registers is kept nowhere: its id is what it said of itself, signed. So nobody can fill the
database with programs, and there is nothing to expire.
"""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from bot.features.operations.agent_sign_in.model import AgentClient, SignInRefused
from bot.text.safe_text import one_line

LONGEST_ID: Final = 2_048
_PREFIX: Final = "fbc."
_NAME: Final = 40  # letters, as of a key
_REDIRECT: Final = 500
_REDIRECTS: Final = 8
_AMBIGUOUS: Final = frozenset(' \\"<>^`{|}')
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_KIND: Final = "agent_client"
LONGEST_HOST: Final = 60  # letters: the question shows a host whole, its end says whose it is
_NO_REDIRECT: Final = (
    "redirect_uris: 1 to 8 addresses that begin with https://, or http:// on the person's own machine, "
    f"each with a host of at most {LONGEST_HOST} letters."
)
_NO_FLOW: Final = "Only the authorization code flow is here, for public clients."
_TOO_LONG: Final = "Its name and its addresses are too long together."


class ClientSigner(Protocol):
    """Signs what a program said of itself."""

    def sign(self, said: Sequence[str]) -> str:
        """A signature of exactly this."""

    def fits(self, said: Sequence[str], mac: str) -> bool:
        """Whether it was signed here."""


def registered(asked: object, signer: ClientSigner) -> AgentClient:
    """The program of this document. Raises SignInRefused."""
    if not isinstance(asked, dict):
        raise SignInRefused("invalid_client_metadata", "Send a JSON object.")
    redirects = asked.get("redirect_uris")
    if not isinstance(redirects, list) or not 1 <= len(redirects) <= _REDIRECTS:
        raise SignInRefused("invalid_redirect_uri", _NO_REDIRECT)
    if not all(is_redirect(one) for one in redirects):
        raise SignInRefused("invalid_redirect_uri", _NO_REDIRECT)
    if not _flows(asked):
        raise SignInRefused("invalid_client_metadata", _NO_FLOW)
    name = name_of(asked.get("client_name"), redirects[0])
    said = [name, *redirects]
    body = json.dumps([signer.sign([_KIND, *said]), *said], ensure_ascii=False, separators=(",", ":"))
    made = _PREFIX + base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")
    if len(made) > LONGEST_ID:
        raise SignInRefused("invalid_client_metadata", _TOO_LONG)
    return AgentClient(made, name, tuple(redirects))


def client_of(text: str, signer: ClientSigner) -> AgentClient | None:
    """The program with this id; None: it never registered here."""
    if not text.startswith(_PREFIX) or len(text) > LONGEST_ID or not text.isascii():
        return None
    try:
        raw = base64.urlsafe_b64decode(text[len(_PREFIX) :] + "=" * (-(len(text) - len(_PREFIX)) % 4))
        found = json.loads(raw)
    except (ValueError, binascii.Error, RecursionError):
        return None
    if not isinstance(found, list) or len(found) < 3 or not all(isinstance(one, str) for one in found):  # noqa: PLR2004 - signature, name, one address
        return None
    mac, name, *redirects = found
    if not signer.fits([_KIND, name, *redirects], mac):
        return None
    return AgentClient(text, name, tuple(redirects))


def name_of(named: object, redirect: str) -> str:
    """What it calls itself, on one line; where it has no name, the host to which its answers go."""
    return one_line(named if isinstance(named, str) else "", _NAME) or host_of(redirect)[:_NAME]


def host_of(redirect: str) -> str:
    """Where an answer goes, as a person sees it."""
    return urlsplit(redirect).netloc


def is_redirect(text: object) -> bool:
    """Whether answers may go there: by https, or to the person's own machine."""
    if not isinstance(text, str) or not _is_plain(text):
        return False
    try:
        parts = urlsplit(text)
        named = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if (
        not named
        or len(named) > LONGEST_HOST
        or parts.username is not None
        or "#" in text
        or "@" in parts.netloc
    ):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and named in _LOOPBACK)


def fits(redirect: str, client: AgentClient) -> bool:
    """Whether the program named exactly this; of one on the person's own machine the port may differ."""
    return is_redirect(redirect) and any(
        redirect == one or _portless(redirect) == _portless(one) is not None for one in client.redirects
    )


def _is_plain(text: str) -> bool:
    """Whether it is short, and every reader reads the same in it."""
    return len(text) <= _REDIRECT and text.isascii() and text.isprintable() and not _AMBIGUOUS & set(text)


def _portless(text: str) -> tuple[str, str] | None:
    """RFC 8252: a program on one's own machine takes a free port each time."""
    parts = urlsplit(text)
    if parts.scheme != "http" or parts.hostname not in _LOOPBACK:
        return None
    return parts.hostname, parts._replace(netloc="").geturl()


def _flows(asked: Mapping[str, Any]) -> bool:
    grants = asked.get("grant_types") or ["authorization_code"]
    responses = asked.get("response_types") or ["code"]
    return (
        isinstance(grants, list)
        and isinstance(responses, list)
        and ("authorization_code" in grants and "code" in responses)
    )
