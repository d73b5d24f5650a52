"""Keeps a reply back whose price is not its author's to set."""

from bot.features.inbox.checks.leads import is_led
from bot.features.inbox.checks.model import CheckHold, CheckPass, CheckRefusal, DraftedReply, Finding
from bot.features.inbox.pricing import texts
from bot.features.inbox.pricing.rules import binding
from storage.database import Transaction
from storage.engine import commands
from storage.inbox import price_limits
from storage.records import Cents, DiscordId


class PriceLimitCheck:
    """Hears what holds at this moment, on the server where the reply was written."""

    name = "price"

    async def look(self, tx: Transaction, reply: DraftedReply) -> Finding:
        """Check prices alone: a free reply has no floor."""
        price = reply.message.price
        command = await commands.get(tx, reply.command)
        if price is None or command is None:
            return CheckPass()
        limits = binding(await price_limits.of_server(tx, reply.creator, command.guild), reply.role)
        if limits.floor is not None and price < limits.floor:
            return CheckRefusal(texts.too_cheap(price, limits.floor))
        if limits.ceiling is not None and price > limits.ceiling:
            return await self._too_dear(tx, reply, command.guild, price, limits.ceiling)
        return CheckPass()

    async def _too_dear(
        self, tx: Transaction, reply: DraftedReply, guild: DiscordId, price: Cents, ceiling: Cents
    ) -> Finding:
        """A lead decides, up to their own ceiling; where there is none it does not leave."""
        if reply.author is not None:
            return CheckRefusal(texts.too_dear_for_lead(price, ceiling))
        if await is_led(tx, reply.creator, guild, but=reply.actor):
            return CheckHold(texts.waits(price, ceiling), "price")
        return CheckRefusal(texts.too_dear(price, ceiling))
