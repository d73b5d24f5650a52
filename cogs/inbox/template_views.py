"""Templates on Discord: suggested, shown, written in a window, used by commands."""

from collections.abc import Mapping, Sequence

from discord import app_commands

from bot.access.permits import Access
from bot.access.policy import Action
from bot.access.subjects import ActionSubject
from bot.discord.answers import private
from bot.discord.asking import (
    Given,
    Options,
    Resolved,
    actor_of,
    asks,
    creator_of,
    here,
    here_or_chosen,
    permit_about,
    permit_of,
)
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.windows import open_window
from bot.features.inbox.templates.fill_service import TemplateFillService
from bot.features.inbox.templates.model import TemplateWindowContent
from bot.features.inbox.templates.search_service import Named, TemplateSearchService
from bot.features.inbox.templates.service import TemplateService
from bot.features.people.agency.service import AgencyService
from bot.features.publishing.media.service import MediaService
from bot.model.language import msgid, tr
from bot.relay.message_template import CAME_FROM, TemplateRefused
from bot.text.price_input import typed_of
from cogs.inbox.reply_views import may_upload, reply
from cogs.inbox.template_windows import TemplateWindow
from cogs.operations.problem_views import allowed
from cogs.publishing.picker_views import may_look
from storage.records import DiscordId, MediaId

_MAY_NOT_USE = msgid(
    "You may not use templates for this creator. Not sent: remove the template. The "
    "owner can allow it with /team grant."
)


async def by_template(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator of a template, or for whom a window was opened; of a shared one, any who fits."""
    creator = await service(asked, TemplateSearchService).whose(str(given[1]))
    if creator == "":
        return list(await service(asked, Access).permitted(actor_of(asked), action))[:1]
    return await permit_about(asked, action, ActionSubject(creator) if creator is not None else None)


# ── looking ──


async def show_template(asked: Asked, wanted: str) -> None:
    """/template show."""
    await private(
        asked, lambda: service(asked, TemplateSearchService).show(permit_of(asked), wanted, _named(asked))
    )


async def list_templates(asked: Asked, page: int) -> None:
    """/template list."""
    await private(
        asked,
        lambda: service(asked, TemplateSearchService).listed(
            permit_of(asked), page, _named(asked, short=True)
        ),
    )


@asks(Action.TEMPLATE_USE, here, offers=True)
async def offer_templates_here(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Templates to offer in a fan's thread."""
    return await _offered(asked, typed)


@asks(Action.TEMPLATE_USE, here_or_chosen, offers=True)
async def offer_templates(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Templates of the creator whom the option `creator` names."""
    return await _offered(asked, typed)


@asks(Action.TEMPLATE_EDIT, here_or_chosen, offers=True)
async def offer_templates_to_change(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """The same, for members who may change them."""
    return await _offered(asked, typed)


# ── writing ──


async def add_template(asked: Asked, *, shared: bool) -> None:
    """/template add."""
    await open_template(asked, await service(asked, TemplateService).begin(permit_of(asked), shared=shared))


async def edit_template(asked: Asked, wanted: str) -> None:
    """/template edit."""
    await open_template(asked, await service(asked, TemplateService).change(permit_of(asked), wanted))


@asks(Action.TEMPLATE_EDIT, by_template)
async def change_template(asked: Asked, ref: str) -> None:
    """The button [Change] under a template."""
    await edit_template(asked, ref)


async def remove_template(asked: Asked, wanted: str) -> None:
    """/template remove."""
    await private(asked, lambda: service(asked, TemplateService).remove(permit_of(asked), wanted))


# ── using ──


async def reply_with(
    asked: Asked,
    *,
    template: str,
    text: str | None,
    price: str | None,
    media: str | None,
    preview: str | None,
    when: str | None = None,
) -> None:
    """/reply template: other options that are given replace the template's."""
    permit, channel = permit_of(asked), DiscordId(asked.channel_id or 0)
    filled = await service(asked, TemplateFillService).fill(permit, channel, template)
    message = filled.message
    await reply(
        asked,
        text=text or message.text,
        price=price or typed_of(message.price),
        media=media or " ".join(message.media),
        preview=preview or message.preview,
        template=filled.template,
        when=when,
    )


async def with_template(
    asked: Asked, wanted: str | None, typed: Mapping[str, str | None]
) -> Mapping[str, str | None]:
    """Return the values typed for many to read; missing ones come from this template, if one is wanted;
    then its id is in it.

    The permit is for something else, so templates are asked about here. Raises TemplateRefused.
    """
    if wanted is None:
        return typed
    permit = await service(asked, Access).authorize(actor_of(asked), Action.TEMPLATE_USE, creator_of(asked))
    if permit is None:
        raise TemplateRefused(tr(_MAY_NOT_USE))
    found = await service(asked, TemplateFillService).for_all(permit, wanted)
    message = found.message
    said = {
        "text": message.text,
        "price": typed_of(message.price),
        "media": " ".join(message.media) or None,
        "preview": message.preview,
    }
    filled = {name: typed[name] or value for name, value in said.items()}
    return {**typed, **filled, CAME_FROM: found.template}


async def open_template(asked: Asked, opened: TemplateWindowContent) -> None:
    """A template's window, of somebody who may write templates."""
    await open_window(asked, TemplateWindow(opened, files=await files_with(asked, opened)))


async def files_with(asked: Asked, opened: TemplateWindowContent) -> bool:
    """Whether files can be given in this window: media lie in one creator's vault."""
    return not opened.shared and await may_look(asked) and await may_upload(asked)


def _named(asked: Asked, *, short: bool = False) -> Named:
    """The names of vault items, for a member who may look into it; else nobody can tell."""
    permit = permit_of(asked)

    async def named(media: Sequence[MediaId]) -> Mapping[str, str] | None:
        if not media or permit.link is None or not allowed(Action.MEDIA, [permit]):
            return None
        link = await service(asked, AgencyService).through(permit.link, DiscordId(asked.user.id), "media")
        return await service(asked, MediaService).lines(link, media, short=short)

    return named


async def _offered(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    found = await service(asked, TemplateSearchService).like(permit_of(asked), typed)
    return [app_commands.Choice(name=name, value=value) for name, value in found]


BUTTONS: ButtonHandlers = {
    "template.edit": change_template,
}
