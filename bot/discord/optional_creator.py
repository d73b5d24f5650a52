"""About the creator whom an option names; without it, about all for whom they may."""

from bot.access.policy import Action
from bot.discord.asking import Given, Options, Resolved, chosen, each
from bot.discord.bridge import Asked


async def each_or_chosen(asked: Asked, action: Action, given: Given, options: Options) -> Resolved:
    """About every creator for whom they may, unless the option `creator` names one."""
    named = options.get("creator") or getattr(asked.namespace, "creator", None)
    return await (chosen if named else each)(asked, action, given, options)
