"""/mass new: one message to everybody on some lists, after a preview."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.access.policy import Action
from bot.discord.answers import tell
from bot.discord.asking import asks, chosen, link_of
from bot.discord.bridge import Asked, service
from bot.discord.command_examples import example
from bot.features.publishing.mass_messages.feature import AudienceListSuggestions
from bot.features.publishing.mass_messages.model import typed
from bot.features.publishing.proposals.model import LOOKS, ProposalRefused
from bot.model.language import msgid
from bot.relay.message_template import CAME_FROM
from bot.text.price_input import NotAPrice, cents_of, ids_of
from cogs.inbox.template_views import offer_templates, with_template
from cogs.publishing.draft_screens import earlier
from cogs.publishing.draft_views import compose
from cogs.publishing.media_views import offer_item, offer_items
from cogs.publishing.picker_views import may_look
from cogs.publishing.proposal_views import propose

_CHOICES = 25  # Discord shows no more


@asks(Action.MASS, chosen, offers=True)
async def list_choices(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Suggest lists of fans while they are typed: those of the creator in the option `creator`."""
    found = await service(asked, AudienceListSuggestions).like(link_of(asked), typed)
    return [app_commands.Choice(name=name, value=value) for name, value in found][:_CHOICES]


class MassCog(commands.GroupCog, group_name="mass"):
    @app_commands.command(
        name="new", description="Send one message to everyone on some lists. You see a preview first."
    )
    @app_commands.rename(without="except")
    @app_commands.describe(
        to="Lists of fans, separated by commas. Leave empty to build a draft step by step.",
        text="Up to 5,000 characters.",
        price="Dollars, for media only, at least 3: for example 4.99",
        media="Media from the vault: type a name. Without to: a draft opens, with a gallery.",
        preview="The one item everyone sees before paying: type its name.",
        without="Lists of fans who don't get it, separated by commas.",
        when="For example 18:00, tomorrow 6pm, in 2 hours. Leave empty to send now.",
        template="A template by its name. Anything else you fill in replaces its part.",
    )
    @example(
        "/mass new to:Subscribers text:{text} when:{when}",
        text=msgid("New set tonight!"),
        when=msgid("tomorrow 18:00"),
    )
    @asks(Action.MASS, chosen)
    async def mass(  # noqa: PLR0913, PLR0917 - one parameter for each option
        self,
        interaction: discord.Interaction[Any],
        to: str | None = None,
        text: app_commands.Range[str, 1, 6000] | None = None,
        price: str | None = None,
        media: str | None = None,
        preview: str | None = None,
        without: str | None = None,
        when: str | None = None,
        template: str | None = None,
        creator: str | None = None,
    ) -> None:
        """Nothing is sent before the asking person has confirmed what the preview shows."""
        said = {"text": text, "price": price, "media": media, "preview": preview}
        said = {**await with_template(interaction, template, said)}
        if to is None:
            await compose(interaction, {**said, "without": without, "when": when})
            return
        cover = (said["preview"] or "").strip() or None
        try:
            content = typed(said["text"], cents_of(said["price"]), ids_of(said["media"]), cover)
        except (NotAPrice, ProposalRefused) as refused:
            await tell(interaction, str(refused))
            return
        lists = {"to": to, "without": without or "", "when": when, CAME_FROM: said.get(CAME_FROM)}
        looks = await may_look(interaction)
        await propose(interaction, "mass", {**content, **lists, LOOKS: looks}, below=earlier)

    mass.autocomplete("to")(list_choices)
    mass.autocomplete("without")(list_choices)
    mass.autocomplete("media")(offer_items)
    mass.autocomplete("preview")(offer_item)
    mass.autocomplete("template")(offer_templates)
