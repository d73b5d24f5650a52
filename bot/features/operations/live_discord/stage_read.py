"""Stage 0: what can be read of the bot and its server."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.discord.trial_server import TrialServer
from bot.features.operations.live_check.record import LiveStep, Look
from bot.features.operations.live_discord.steps import found, plain, unsure
from bot.settings.model import Settings
from storage.records import DiscordId

_PORTAL: Final = "Discord Developer Portal → your application"
_ROLES: Final = "Server Settings → Roles: give the bot's role these permissions."


@dataclass(frozen=True)
class ServerLook:
    """Only reads."""

    trial: TrialServer
    server: DiscordId
    settings: Settings

    def steps(self) -> Mapping[str, Look]:
        return {
            "application": self._application,
            "intents": self._intents,
            "sessions": self._sessions,
            "commands": self._commands,
            "server": self._server,
            "rights": self._rights,
        }

    async def _application(self) -> LiveStep:
        known = self.trial.look.application(typing=self.settings.message_content)
        if known.id != self.settings.discord_application_id:
            said = "the token belongs to another application than DISCORD_APPLICATION_ID names"
            return plain(said, bad="Set both from the same application.")
        if known.interactions_url is not None:
            said = "Discord sends commands and clicks to an address, not to the bridge"
            return plain(said, bad=f"{_PORTAL} → General Information: empty Interactions Endpoint URL.")
        if self.settings.discord_redirect_uri not in known.redirect_uris:
            said = "DISCORD_REDIRECT_URI is not registered: no /link can succeed"
            return plain(said, bad=f"{_PORTAL} → OAuth2 → Redirects: add it.")
        return plain("the token, the application and the sign-in address fit together")

    async def _intents(self) -> LiveStep:
        known = self.trial.look.application(typing=self.settings.message_content)
        seen = {"needed": known.intents_needed, "lacking": known.intents_lacking}
        if known.intents_lacking:
            said = f"needed but turned off: {', '.join(known.intents_lacking)}"
            do = f"{_PORTAL} → Bot → Privileged Gateway Intents: turn them on."
            return plain(said, bad=do, seen=seen)
        return plain("all that are needed are on", seen=seen)

    async def _sessions(self) -> LiveStep:
        told = await self.trial.sessions()
        seen = {"advised": told.advised, "left": told.left, "of": told.of}
        said = f"{told.advised} advised; {told.left} of {told.of} introductions are left"
        if told.advised > self.settings.discord_shards:
            do = f"Set DISCORD_SHARDS={told.advised} (docs/scaling.md)."
            return plain(said, bad=do, seen=seen)
        return plain(said, seen=seen)

    async def _commands(self) -> LiveStep:
        number = await self.trial.commands()
        if not number:
            return unsure("Discord has no commands of this bot", "Start the bridge once; it registers them.")
        return plain(f"Discord has {number} of this bot", seen={"commands": number})

    async def _server(self) -> LiveStep:
        facts = await self.trial.facts(self.server)
        seen = {
            "community": facts.community,
            "two_factor": facts.two_factor,
            "mentions_only": facts.mentions_only,
        }
        said = (
            f"Community is {_on(facts.community)}, two-factor for moderators is {_on(facts.two_factor)}, "
            f"members are notified of {'mentions' if facts.mentions_only else 'every message'}"
        )
        return plain(said, seen=seen)

    async def _rights(self) -> LiveStep:
        known = await self.trial.look.server(self.server)
        if known is None:
            return plain("the bot is not on this server", bad="Invite it again.")
        if known.lacks:
            said = f"the bot lacks {', '.join(known.lacks)}"
            return LiveStep(
                plain(said, bad=_ROLES).verdict,
                said,
                _ROLES,
                {"lacks": list(known.lacks)},
                {"permissions": said},
            )
        return found("permissions", "yes", "the bot has all that /setup needs")


def _on(true: bool) -> str:  # noqa: FBT001 - the only thing that it says
    return "on" if true else "off"
