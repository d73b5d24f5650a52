"""Keeps a reply back whose price is not its author's to set."""

from bot.checks.check import Drafted, Finding, Hold, Pass, Refuse
from bot.checks.leads import is_led
from bot.pricing import wording
from bot.pricing.limits import binding
from storage.database import Transaction
from storage.engine import commands
from storage.inbox import price_limits
from storage.records import Cents, DiscordId


class PriceLimits:
    """Hears what holds at this moment, on the server where the reply was written."""

    name = "price"

    async def look(self, tx: Transaction, reply: Drafted) -> Finding:
        """Prices alone: what costs nothing has no floor."""
        price = reply.message.price
        command = await commands.get(tx, reply.command)
        if price is None or command is None:
            return Pass()
        limits = binding(await price_limits.of_server(tx, reply.creator, command.guild), reply.role)
        if limits.floor is not None and price < limits.floor:
            return Refuse(wording.too_cheap(price, limits.floor))
        if limits.ceiling is not None and price > limits.ceiling:
            return await self._too_dear(tx, reply, command.guild, price, limits.ceiling)
        return Pass()

    async def _too_dear(
        self, tx: Transaction, reply: Drafted, guild: DiscordId, price: Cents, ceiling: Cents
    ) -> Finding:
        """A lead decides, up to their own ceiling; where there is none it does not leave."""
        if reply.author is not None:
            return Refuse(wording.too_dear_for_lead(price, ceiling))
        if await is_led(tx, reply.creator, guild, but=reply.actor):
            return Hold(wording.waits(price, ceiling), "price")
        return Refuse(wording.too_dear(price, ceiling))
