"""The seven questions, in their order, and what follows from each answer (pure)."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from bot.features.operations.installation.model import SetupQuestion
from bot.settings.conflict_rules import DISCORD_CALLBACK
from bot.settings.model import Settings
from bot.settings.value_rules import WEBHOOK_PATH

PUBLIC, LISTEN, ADMIN = "PUBLIC_URL", "LISTEN", "ADMIN_LISTEN"
TOKEN, DISCORD_SECRET = "DISCORD_TOKEN", "DISCORD_CLIENT_SECRET"
APPLICATION = "DISCORD_APPLICATION_ID"
DISCORD_REDIRECT, FANVUE_REDIRECT = "DISCORD_REDIRECT_URI", "FANVUE_REDIRECT_URI"
FANVUE_ID, FANVUE_SECRET = "FANVUE_CLIENT_ID", "FANVUE_CLIENT_SECRET"
HOOKS, SUBSCRIBE = "FANVUE_WEBHOOK_SECRETS", "FANVUE_SUBSCRIBE"
KEYS, KEYS_FILE = "ENCRYPTION_KEYS", "ENCRYPTION_KEYS_FILE"
_FANVUE_CALLBACK: Final = "/oauth/fanvue/callback"

QUESTIONS: Final = (
    SetupQuestion(
        PUBLIC,
        "Public address",
        (
            "The https address of your proxy or tunnel. Browsers and Fanvue reach the bridge there.",
            "Forward all requests to `{listen}`.",
        ),
        example="https://bridge.example.org",
    ),
    SetupQuestion(
        LISTEN,
        "Port on this machine",
        ("Where the bridge waits for your proxy. Change it only if another program has this port.",),
        example="127.0.0.1:8080",
    ),
    SetupQuestion(
        TOKEN,
        "Discord: bot token",
        (
            "Open https://discord.com/developers/applications and press New Application.",
            "Bot → Reset Token. Copy the token.",
        ),
        secret=True,
    ),
    SetupQuestion(
        DISCORD_SECRET,
        "Discord: client secret",
        (
            "In the same application, OAuth2 → Redirects: add `{discord_redirect}` and save.",
            "OAuth2 → Client Secret → Reset Secret. Copy the secret.",
        ),
        secret=True,
    ),
    SetupQuestion(
        FANVUE_ID,
        "Fanvue: Client ID",
        (
            "Fanvue → Developer Area: make an app with the redirect address `{fanvue_redirect}`.",
            "Tick these scopes: `{scopes}`",
            "Copy the Client ID.",
        ),
    ),
    SetupQuestion(
        FANVUE_SECRET,
        "Fanvue: client secret",
        ("In the same app, copy the Client Secret.",),
        secret=True,
    ),
    SetupQuestion(
        HOOKS,
        "Fanvue: live events",
        (
            "Leave it empty: the bridge subscribes by itself.",
            "Or, in the app's Events: enter `{webhook}`, tick `creator.*`, and copy the signing secret.",
        ),
        secret=True,
        optional=True,
    ),
)
BY_NAME: Final = {question.name: question for question in QUESTIONS}

# What an answer is tried with: these come first.
NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    DISCORD_SECRET: (PUBLIC, TOKEN),
    FANVUE_ID: (PUBLIC,),
    FANVUE_SECRET: (FANVUE_ID,),
}

# An answer → the answers that are tried again with it.
AGAIN: Final[Mapping[str, tuple[str, ...]]] = {
    PUBLIC: (DISCORD_SECRET, FANVUE_ID),
    LISTEN: (PUBLIC,),
    TOKEN: (DISCORD_SECRET,),
    FANVUE_ID: (FANVUE_SECRET,),
    FANVUE_SECRET: (FANVUE_ID,),
}


def following(name: str, value: str, values: Mapping[str, str]) -> dict[str, str]:
    """The settings that this value decides with it, before anything is tried."""
    if name == PUBLIC:
        before = urlsplit(values.get(FANVUE_REDIRECT, ""))
        path = before.path if before.hostname and before.path else _FANVUE_CALLBACK
        return {DISCORD_REDIRECT: value + DISCORD_CALLBACK, FANVUE_REDIRECT: value + path}
    if name == HOOKS:
        return {SUBSCRIBE: "manual" if value else "auto"}
    return {}


def filled(question: SetupQuestion, settings: Settings) -> list[str]:
    """The steps with this installation's own addresses in them."""
    return [
        step.format(
            listen=f"{settings.listen.host}:{settings.listen.port}",
            discord_redirect=settings.discord_redirect_uri,
            fanvue_redirect=settings.fanvue_redirect_uri,
            webhook=settings.public_url + WEBHOOK_PATH,
            scopes=" ".join(settings.fanvue_scopes),
        )
        for step in question.steps
    ]
