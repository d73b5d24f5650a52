"""The windows of every gallery, opened by its own door."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import walk
from tests.proofs.faults.live_bridge import LiveBridge, labels
from tests.proofs.largest.window_steps import (
    LONG,
    OpenedWindow,
    Opener,
    command,
    fresh,
    pressed,
    reply,
    suggested,
    template,
    window,
)


async def picking(house: LiveBridge) -> InteractionAnswer:
    """A reply that media are added to."""
    opened = await reply(house)
    begun = await opened.who.submit(opened.answer, {"text": "hello", "vault": True})
    return await begun.done(LONG)


async def pick_search(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.members["mara"], (await picking(house)).message, "Search")


async def pick_text(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.members["mara"], (await picking(house)).message, "Text …")


async def pick_price(house: LiveBridge) -> OpenedWindow:
    mara, message = house.stage.members["mara"], (await picking(house)).message
    assert message is not None
    opened = await mara.choose(message, "Price: none", "other")
    await opened.opened(LONG)
    return OpenedWindow(mara, opened, message.text)


async def pick_upload(house: LiveBridge) -> OpenedWindow:
    """Of the owner, who may put files into the vault."""
    owner, thread = house.stage.owner, await fresh(house)
    opened = await window(owner, house.messages(thread)[-1], "Reply")
    begun = await (await owner.submit(opened.answer, {"text": "hello", "vault": True})).done(LONG)
    return await window(owner, begun.message, "Upload …")


async def picking_for_many(house: LiveBridge) -> InteractionAnswer:
    """A draft that media are chosen for."""
    owner = house.stage.owner
    answer = await command(house, owner, "mass new", text="hello")
    if answer.message is not None and "Go on" in labels(answer.message):
        await pressed(owner, answer, "Go on")
    await pressed(owner, answer, "Media and price")
    return answer


async def mass_search(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.owner, (await picking_for_many(house)).message, "Search")


async def mass_text(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.owner, (await picking_for_many(house)).message, "Text …")


async def mass_price(house: LiveBridge) -> OpenedWindow:
    return await another_price(house, await picking_for_many(house))


async def mass_upload(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.owner, (await picking_for_many(house)).message, "Upload …")


async def picking_for_a_post(house: LiveBridge) -> InteractionAnswer:
    """A post that media are chosen for."""
    return await command(house, house.stage.owner, "post new", price="5")


async def post_search(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.owner, (await picking_for_a_post(house)).message, "Search")


async def post_text(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.owner, (await picking_for_a_post(house)).message, "Text …")


async def post_price(house: LiveBridge) -> OpenedWindow:
    return await another_price(house, await picking_for_a_post(house))


async def post_upload(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.owner, (await picking_for_a_post(house)).message, "Upload …")


async def picking_for_a_template(house: LiveBridge) -> InteractionAnswer:
    """A template that media are chosen for."""
    opened = await template(house)
    saved = await opened.who.submit(opened.answer, {"name": "Chosen for", "text": "hello"})
    answer = await saved.done(LONG)
    if answer.message is None or "Media …" not in labels(answer.message):  # it was written before
        answer = await command(house, opened.who, "template show", template="Chosen for")
    await pressed(opened.who, answer, "Media …")
    return answer


async def template_search(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.owner, (await picking_for_a_template(house)).message, "Search")


async def template_price(house: LiveBridge) -> OpenedWindow:
    return await another_price(house, await picking_for_a_template(house))


async def template_upload(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.owner, (await picking_for_a_template(house)).message, "Upload …")


async def another_price(house: LiveBridge, answer: InteractionAnswer) -> OpenedWindow:
    """The window behind the list of prices."""
    owner, message = house.stage.owner, answer.message
    assert message is not None
    lists = [str(one["placeholder"]) for one in walk(message.components) if one.get("placeholder")]
    opened = await owner.choose(message, next(one for one in lists if one.startswith("Price:")), "other")
    await opened.opened(LONG)
    return OpenedWindow(owner, opened, message.text)


async def picking_for_a_suggestion(house: LiveBridge) -> InteractionAnswer:
    """A post that waits, and that a manager chooses media for."""
    await suggested(house)
    listed = await command(house, house.stage.owner, "post review")
    await pressed(house.stage.owner, listed, "Media …")
    return listed


async def suggested_search(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.owner, (await picking_for_a_suggestion(house)).message, "Search")


async def suggested_upload(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.owner, (await picking_for_a_suggestion(house)).message, "Upload …")


async def suggested_price(house: LiveBridge) -> OpenedWindow:
    return await another_price(house, await picking_for_a_suggestion(house))


GALLERY_OPENERS: Mapping[str, Opener] = MappingProxyType(
    {
        "pick.mass.price": mass_price,
        "pick.mass.search": mass_search,
        "pick.mass.upload": mass_upload,
        "pick.mass.text": mass_text,
        "pick.post.price": post_price,
        "pick.post.search": post_search,
        "pick.post.upload": post_upload,
        "pick.post.text": post_text,
        "pick.reply.price": pick_price,
        "pick.reply.search": pick_search,
        "pick.reply.upload": pick_upload,
        "pick.reply.text": pick_text,
        "pick.suggest.price": suggested_price,
        "pick.suggest.search": suggested_search,
        "pick.suggest.upload": suggested_upload,
        "pick.template.price": template_price,
        "pick.template.search": template_search,
        "pick.template.upload": template_upload,
    }
)
