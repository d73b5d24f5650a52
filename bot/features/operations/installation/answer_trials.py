"""Which trial belongs to which question."""

from dataclasses import dataclass

from bot.features.operations.installation.address_trials import AddressTrials
from bot.features.operations.installation.discord_trials import DiscordTrials
from bot.features.operations.installation.fanvue_trials import FanvueTrials
from bot.features.operations.installation.model import SetupTrial
from bot.features.operations.installation.questions import (
    DISCORD_SECRET,
    FANVUE_ID,
    FANVUE_SECRET,
    LISTEN,
    PUBLIC,
    TOKEN,
)
from bot.features.people.accounts import browser_secrets
from bot.model.ports import Clock
from bot.settings.model import Settings


@dataclass(frozen=True)
class TrialContext:
    """What an answer is tried with."""

    settings: Settings
    clock: Clock
    random: browser_secrets.Random
    bound_to: str | None  # the application that this installation cannot leave just so
    with_secret: bool  # Fanvue's client secret is known
    ours: bool  # a bridge with these settings may run already


async def trial_of(name: str, ctx: TrialContext) -> SetupTrial:
    """Try the answer to this question, as it stands in the settings."""
    addresses = AddressTrials(ctx.settings, ctx.random)
    discord = DiscordTrials(ctx.settings, ctx.clock, ctx.random)
    fanvue = FanvueTrials(ctx.settings, ctx.clock, ctx.random)
    if name == PUBLIC:
        return await addresses.public()
    if name == LISTEN:
        return await addresses.listen(ours=ctx.ours)
    if name == TOKEN:
        return await discord.token(bound_to=ctx.bound_to)
    if name == DISCORD_SECRET:
        return await discord.client_secret()
    if name == FANVUE_ID:
        return await fanvue.client_id(with_secret=ctx.with_secret)
    if name == FANVUE_SECRET:
        return await fanvue.client_secret()
    return fanvue.hooks()
