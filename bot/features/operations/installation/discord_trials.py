"""Tries the Discord answers: token, client secret, and the bot's server."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.discord.bot_inspection import BotInspection, InspectedApplication, TokenRefused, looking
from bot.egress.sessions import outgoing_session
from bot.features.operations.doctor.check_runner import SECONDS
from bot.features.operations.doctor.clock_checks import ClockComparison
from bot.features.operations.doctor.findings import DoctorVerdict
from bot.features.operations.installation.model import (
    SetupAnswer,
    SetupTrial,
    first,
    ok,
    unreached,
    unsure,
    wrong,
)
from bot.features.operations.installation.questions import APPLICATION
from bot.features.people.accounts import browser_secrets
from bot.features.people.accounts.clients import sign_in_of
from bot.model.errors import DeliveryFailed
from bot.model.ports import Clock
from bot.settings.model import Settings

T = TypeVar("T")
_PORTAL = "Discord Developer Portal → your application"
_NETWORK = "Check this machine's network, then try again."
_MOST_SERVERS = 5


@dataclass(frozen=True)
class DiscordTrials:
    """What Discord says to the answers so far."""

    settings: Settings
    clock: Clock
    random: browser_secrets.Random

    async def token(self, *, bound_to: str | None) -> SetupTrial:
        """`bound_to`: the application that this installation cannot leave just so."""
        clocks = ClockComparison()
        try:
            found = await self._looked(self._application, clocks)
        except TokenRefused:
            return SetupTrial(
                wrong("Discord does not accept this token.", f"{_PORTAL} → Bot → Reset Token. Copy it whole.")
            )
        except DeliveryFailed as failed:
            return unreached(failed.reason, _NETWORK)
        if bound_to not in {None, str(found.id)}:
            said = f"This token is of application {found.id}; this bridge belongs to {bound_to}."
            return SetupTrial(wrong(said, f"Take the token of {bound_to}. Another bot: docs/scaling.md."))
        return SetupTrial(
            clock_answer(clocks, "Discord") or _application_answer(found, self.settings),
            {APPLICATION: str(found.id)},
        )

    async def client_secret(self) -> SetupTrial:
        """The secret first, then the redirect address, which is beside it in the portal."""
        async with outgoing_session((self.settings.discord_api_url,)) as session:
            try:
                accepted = await sign_in_of(self.settings, session).knows_secret(
                    browser_secrets.new_secret(self.random)
                )
            except DeliveryFailed as failed:
                return unreached(failed.reason, _NETWORK)
        if not accepted:
            said = "Discord does not accept this secret for this bot's application."
            return SetupTrial(wrong(said, f"{_PORTAL} → OAuth2 → Client Secret → Reset Secret."))
        try:
            found = await self._looked(self._application, ClockComparison())
        except (TokenRefused, DeliveryFailed):
            return SetupTrial(unsure("The secret is right. Redirects could not be read.", "Check again."))
        redirect = self.settings.discord_redirect_uri
        if redirect in found.redirect_uris:
            return SetupTrial(ok("Accepted, and the redirect address is registered."))
        said = "The secret is right, but the redirect address is not registered at Discord."
        return SetupTrial(first(said, f"{_PORTAL} → OAuth2 → Redirects: add `{redirect}` and save."))

    async def server(self) -> SetupAnswer:
        """Whether the bot is on a server, and may work there."""
        try:
            return await self._looked(_server, ClockComparison())
        except TokenRefused:
            return unsure("The bot's servers could not be read.", "Correct the bot token.")
        except DeliveryFailed as failed:
            return unsure(failed.reason, "Check again.")

    async def _looked(self, look: Callable[[BotInspection], Awaitable[T]], clocks: ClockComparison) -> T:
        async with looking(
            token=self.settings.discord_token.get_secret_value(),
            api_url=self.settings.discord_api_url,
            clock=self.clock,
            answered=clocks.noting("Discord"),
            seconds=SECONDS,
        ) as inspection:
            return await look(inspection)

    async def _application(self, inspection: BotInspection) -> InspectedApplication:
        return inspection.application(typing=self.settings.message_content)


def clock_answer(clocks: ClockComparison, who: str) -> SetupAnswer | None:
    """That this machine's clock is wrong; None: it is right, or nobody said the time."""
    (found,) = clocks.findings(who)
    if found.verdict is not DoctorVerdict.BAD:
        return None
    late = found.says.partition(":")[0]
    return first(f"Accepted, but by the clock of {who} this machine is {late}.", found.do)


def _application_answer(found: InspectedApplication, settings: Settings) -> SetupAnswer:
    if found.interactions_url is not None:
        said = "Discord sends commands and clicks to an address, not to the bridge."
        return first(said, f"{_PORTAL} → General Information: empty Interactions Endpoint URL.")
    if found.intents_lacking:
        said = f"Turned off at Discord, but needed: {', '.join(found.intents_lacking)}."
        return first(said, f"{_PORTAL} → Bot → Privileged Gateway Intents: turn them on.")
    do = f"Close it to strangers: {_PORTAL} → Installation: Install Link None; Bot: Public Bot off."
    return ok(
        f"Accepted: the bot is {found.bot_name}.", do if found.public and not settings.discord_servers else ""
    )


async def _server(inspection: BotInspection) -> SetupAnswer:
    names: list[str] = []
    for guild in await inspection.servers(_MOST_SERVERS):
        server = await inspection.server(guild)
        if server is None:
            continue
        if server.lacks:
            said = f"On “{server.name}” the bot lacks: {', '.join(server.lacks)}."
            return first(
                said, "Open the invite link once more, choose this server, and leave all boxes ticked."
            )
        names.append(server.name)
    if not names:
        return unsure("The bot is on no server yet.", "Open the invite link and choose your server.")
    return ok(f"The bot is on {', '.join(f'“{name}”' for name in names)}, with all it needs.")
