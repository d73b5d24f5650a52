"""Limits of prices on Discord: shown, and set after a question."""

from collections.abc import Mapping

from bot.access.policy import Action
from bot.access.roles import TeamRole
from bot.discord.answers import in_place, private, tell
from bot.discord.asking import asks, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.confirming import confirmed
from bot.features.inbox.pricing.setting import PriceLimitSetting
from bot.model.language import msgid, tr
from bot.text.price_input import NotAPrice, cents_of
from bot.text.typed_words import TypedWord, says
from cogs.people.privacy_views import by_question
from storage.records import DraftId

_HOW = msgid("“{typed}” is not a price. Write dollars, for example 5 or 12.50, or “none”. No changes made.")


async def price_hint(asked: Asked) -> str | None:
    """The hint for a window where the asking person types a price; None: nothing beyond the usual."""
    return await service(asked, PriceLimitSetting).hint(permit_of(asked))


async def show_prices(asked: Asked) -> None:
    """/money price show."""
    await private(asked, lambda: service(asked, PriceLimitSetting).show(permit_of(asked)))


async def limit_prices(asked: Asked, role: TeamRole, typed: Mapping[str, str | None]) -> None:
    """/money price limits: `typed` has the fields of RolePriceLimits; a None one stays as it is."""
    wanted = {}
    for field, words in typed.items():
        if words is None:
            continue
        try:
            wanted[field] = None if says(words, TypedWord.NONE) else cents_of(words)
        except NotAPrice:
            await tell(asked, tr(_HOW, typed=words[:20]))
            return

    await private(asked, lambda: service(asked, PriceLimitSetting).ask(permit_of(asked), role, wanted))


@asks(Action.PRICE_LIMITS, by_question, confirms=True)
async def yes(asked: Asked, _ref: str) -> None:
    """The button [Yes] under the question."""
    proof = confirmed(asked)
    await in_place(asked, lambda: service(asked, PriceLimitSetting).yes(proof))


@asks(Action.PRICE_LIMITS, by_question)
async def no(asked: Asked, ref: str) -> None:
    """The button [No] there."""
    permit = permit_of(asked)
    await in_place(asked, lambda: service(asked, PriceLimitSetting).no(permit, DraftId(ref)))


BUTTONS: ButtonHandlers = {
    "price.yes": yes,
    "price.no": no,
}
