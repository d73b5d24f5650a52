"""Every window, opened by its own door with something real behind it."""

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, StandInMessage, walk
from bot.sandbox.discord.people import DiscordPerson
from bot.text.safe_text import safe
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

_PATIENCE = 60.0


@dataclass(frozen=True)
class OpenedWindow:
    """A window that somebody has before them, and what the message said whose button opened it."""

    who: DiscordPerson
    answer: InteractionAnswer
    before: str = ""


Opener = Callable[[LiveBridge], Awaitable[OpenedWindow]]


async def command(
    house: LiveBridge, who: DiscordPerson, name: str, place: StandInChannel | None = None, **more: object
) -> InteractionAnswer:
    """Somebody's command, and its first answer."""
    asked = await who.slash(house.stage.guild, place or house.stage.lobby, name, **more)
    return await asked.done(_PATIENCE)


async def pressed(who: DiscordPerson, answer: InteractionAnswer, label: str) -> None:
    """A button of a private answer, which changes that answer."""
    assert answer.message is not None
    before = answer.text
    await who.click(answer.message, label)
    await answer.until(lambda now: now.text != before, PATIENCE)


async def window(who: DiscordPerson, message: StandInMessage | None, label: str) -> OpenedWindow:
    """A button that opens a window."""
    assert message is not None
    known = {*labels(message), *(one.get("custom_id") for one in walk(message.components))}
    assert label in known, (label, labels(message), message.text)
    before, opened = message.text, await who.click(message, label)
    await opened.opened(_PATIENCE)
    return OpenedWindow(who, opened, before)


async def by_command(
    house: LiveBridge, name: str, place: StandInChannel | None = None, **more: object
) -> OpenedWindow:
    """A command that opens a window."""
    opened = await command(house, house.stage.owner, name, place, **more)
    assert opened.modal is not None, opened.text
    return OpenedWindow(house.stage.owner, opened)


# ── in a fan's thread ──


async def fresh(house: LiveBridge) -> StandInChannel:
    """The thread of a fan whom nobody has answered yet."""
    return await house.greeted(house.fan("Maximilian"))


async def reply(house: LiveBridge) -> OpenedWindow:
    thread = await fresh(house)
    return await window(house.stage.members["mara"], house.messages(thread)[-1], "Reply")


async def kept(house: LiveBridge) -> OpenedWindow:
    """A reply that the guard has warned of."""
    mara = house.stage.members["mara"]
    await command(house, house.stage.owner, "guard set", pack="contacts", level="warn")
    warned = await command(house, mara, "reply", await fresh(house), text="write to luna@gmail.com")
    return await window(mara, warned.message, "Edit")


async def picking(house: LiveBridge) -> InteractionAnswer:
    """A reply that media are added to."""
    opened = await reply(house)
    begun = await opened.who.submit(opened.answer, {"text": "hello", "vault": True})
    return await begun.done(_PATIENCE)


async def pick_search(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.members["mara"], (await picking(house)).message, "Search")


async def pick_text(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.members["mara"], (await picking(house)).message, "Text …")


async def pick_price(house: LiveBridge) -> OpenedWindow:
    mara, message = house.stage.members["mara"], (await picking(house)).message
    assert message is not None
    opened = await mara.choose(message, "Price: none", "other")
    await opened.opened(_PATIENCE)
    return OpenedWindow(mara, opened, message.text)


async def pick_upload(house: LiveBridge) -> OpenedWindow:
    """Of the owner, who may put files into the vault."""
    owner, thread = house.stage.owner, await fresh(house)
    opened = await window(owner, house.messages(thread)[-1], "Reply")
    begun = await (await owner.submit(opened.answer, {"text": "hello", "vault": True})).done(_PATIENCE)
    return await window(owner, begun.message, "Upload …")


async def picking_for_many(house: LiveBridge) -> InteractionAnswer:
    """A draft that media are chosen for."""
    owner = house.stage.owner
    answer = await command(house, owner, "mass", text="hello")
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
    return await command(house, house.stage.owner, "post", price="5")


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
    answer = await saved.done(_PATIENCE)
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
    await opened.opened(_PATIENCE)
    return OpenedWindow(owner, opened, message.text)


async def held(house: LiveBridge) -> InteractionAnswer:
    """A trainee's reply that waits, as a lead sees it."""
    stage = house.stage
    granted = await command(
        house, stage.owner, "team grant", to=stage.members["theo"].user.id, role="trainee"
    )
    if granted.message is not None and labels(granted.message):  # no question, where he is one already
        await pressed(stage.owner, granted, labels(granted.message)[0])
    await command(house, stage.members["theo"], "reply", await fresh(house), text="hello")
    return await command(house, stage.owner, "review waiting")


async def held_edit(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.owner, (await held(house)).message, "Edit")


async def held_return(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.owner, (await held(house)).message, "Return")


async def note(house: LiveBridge) -> OpenedWindow:
    return await by_command(house, "fan note add", await fresh(house))


async def note_again(house: LiveBridge) -> OpenedWindow:
    """A note that stands there is changed."""
    thread, owner = await fresh(house), house.stage.owner
    first = await by_command(house, "fan note add", thread)
    said = await (await owner.submit(first.answer, {"text": "likes the sea"})).done(_PATIENCE)
    return await window(owner, said.message, "Change it")


async def promise(house: LiveBridge) -> OpenedWindow:
    listed = await command(house, house.stage.owner, "promise list", await fresh(house))
    return await window(house.stage.owner, listed.message, "Write one down")


async def promise_dropped(house: LiveBridge) -> OpenedWindow:
    """Of a promise whose time has come: its reminder asks."""
    thread, owner = await fresh(house), house.stage.owner
    what = f"the video ({len(house.names)})"
    await command(house, owner, "promise add", thread, what=what, until=f"<t:{int(time.time()) + 2}>")

    handle = next(name for name in thread.name.split() if name.startswith("@"))

    def reminders() -> list[StandInMessage]:
        return [one for one in house.reports() if "Drop" in labels(one) and handle in one.text]

    await house.until(lambda: bool(reminders()))
    return await window(owner, reminders()[0], "Drop")


# ── of a creator ──


async def template(house: LiveBridge) -> OpenedWindow:
    return await by_command(house, "template add")


async def routing_rule(house: LiveBridge) -> OpenedWindow:
    shown = await command(house, house.stage.owner, "inbox routing")
    return await window(house.stage.owner, shown.message, "Add a rule")


async def erased(house: LiveBridge) -> OpenedWindow:
    asked = await command(house, house.stage.owner, "privacy erase")
    return await window(house.stage.owner, asked.message, "Erase everything…")


async def counted(house: LiveBridge) -> OpenedWindow:
    """A mass message whose number of recipients is typed."""
    owner = house.stage.owner
    await command(house, owner, "mass-limits", typed_above="0")
    shown = await command(house, owner, "mass", to="subscribers", text="hello")
    assert shown.message is not None
    return await window(owner, shown.message, labels(shown.message)[0])


def draft(label: str) -> Opener:
    """A draft of a mass message, and one of its buttons."""

    async def opened(house: LiveBridge) -> OpenedWindow:
        return await window(house.stage.owner, (await begun(house)).message, label)

    return opened


async def begun(house: LiveBridge) -> InteractionAnswer:
    """A new draft, in the place of one that there may be."""
    shown = await command(house, house.stage.owner, "mass")
    if shown.message is not None and "Start over" in labels(shown.message):
        await pressed(house.stage.owner, shown, "Start over")
    return shown


async def one_fan(house: LiveBridge) -> OpenedWindow:
    """Of a draft that has a text."""
    owner = house.stage.owner
    await fresh(house)
    shown = await begun(house)
    written = await window(owner, shown.message, "Write")
    before = shown.text
    await owner.submit(written.answer, {"text": "New set tonight"})
    await shown.until(lambda now: now.text != before, PATIENCE)
    return await window(owner, shown.message, "Test to one fan")


async def suggested(house: LiveBridge) -> InteractionAnswer:
    """A member's post that waits for approval, as that member sees it."""
    mara = house.stage.members["mara"]
    shown = await command(house, mara, "post", text="Good morning")
    await pressed(mara, shown, "Ask for approval")
    return await shown.until(lambda now: "submitted for approval" in now.text, PATIENCE)


async def suggested_edit(house: LiveBridge) -> OpenedWindow:
    await suggested(house)
    mara = house.stage.members["mara"]
    return await window(mara, (await command(house, mara, "posts suggested")).message, "Edit")


async def suggested_return(house: LiveBridge) -> OpenedWindow:
    await suggested(house)
    listed = await command(house, house.stage.owner, "review posts")
    return await window(house.stage.owner, listed.message, "Return")


async def picking_for_a_suggestion(house: LiveBridge) -> InteractionAnswer:
    """A post that waits, and that a manager chooses media for."""
    await suggested(house)
    listed = await command(house, house.stage.owner, "review posts")
    await pressed(house.stage.owner, listed, "Media …")
    return listed


async def suggested_search(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.owner, (await picking_for_a_suggestion(house)).message, "Search")


async def suggested_upload(house: LiveBridge) -> OpenedWindow:
    return await window(house.stage.owner, (await picking_for_a_suggestion(house)).message, "Upload …")


async def suggested_price(house: LiveBridge) -> OpenedWindow:
    return await another_price(house, await picking_for_a_suggestion(house))


async def comment(house: LiveBridge) -> OpenedWindow:
    """A fan's comment below a post that the bridge follows."""
    stage, fan = house.stage, house.fan("Cleo")
    await command(house, stage.owner, "posts follow", posts="on")
    post = stage.fanvue.world.post_as_creator(stage.creator, f"Good morning {fan.handle}")
    await fan.comment(post.uuid, f"Lovely, {fan.handle}")

    def lines() -> list[StandInMessage]:
        world = stage.discord.world
        found = [one for thread in world.threads(stage.guild.id) for one in house.messages(thread)]
        return [one for one in found if f"Lovely, {safe(fan.handle)}" in one.text]

    await house.until(lambda: bool(lines()))
    return await window(stage.owner, lines()[0], "Reply")


async def help_search(house: LiveBridge) -> OpenedWindow:
    """The window of /help in which somebody says what they want to do."""
    asked = await command(house, house.stage.owner, "help")
    return await window(house.stage.owner, asked.message, "Search")


async def setting(house: LiveBridge) -> OpenedWindow:
    """The window of the first setting: the time zone."""
    panel = await command(house, house.stage.owner, "settings show")
    assert panel.message is not None
    (change, *_) = (
        one["custom_id"] for one in walk(panel.message.components) if one.get("label") == "Change"
    )
    return await window(house.stage.owner, panel.message, change)


OPENERS: Mapping[str, Opener] = MappingProxyType(
    {
        "comment.reply": comment,
        "compose.find": draft("Find a list"),
        "compose.when": draft("When"),
        "compose.write": draft("Write"),
        "draft.edit": kept,
        "erase.yes": erased,
        "help.search": help_search,
        "note.add": note,
        "note.edit": note_again,
        "onefan.find": one_fan,
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
        "promise.add": promise,
        "promise.drop": promise_dropped,
        "propose.count": counted,
        "reply": reply,
        "review.edit": held_edit,
        "review.return": held_return,
        "routing.add": routing_rule,
        "settings.change": setting,
        "suggest.edit": suggested_edit,
        "suggest.return": suggested_return,
        "template.edit": template,
    }
)
