"""Every window, opened by its own door with something real behind it."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage, walk
from bot.text.safe_text import safe
from tests.due_times import newest_promise_falls_due
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels
from tests.proofs.largest.gallery_windows import GALLERY_OPENERS
from tests.proofs.largest.window_steps import (
    LONG,
    OpenedWindow,
    Opener,
    by_command,
    command,
    fresh,
    pressed,
    reply,
    suggested,
    template,
    window,
)

# ── in a fan's thread ──


async def kept(house: LiveBridge) -> OpenedWindow:
    """A reply that the guard has warned of."""
    mara = house.stage.members["mara"]
    await command(house, house.stage.owner, "settings guard set", pack="contacts", level="warn")
    warned = await command(house, mara, "reply", await fresh(house), text="write to luna@gmail.com")
    return await window(mara, warned.message, "Edit")


async def held(house: LiveBridge) -> InteractionAnswer:
    """A trainee's reply that waits, as a lead sees it."""
    stage = house.stage
    granted = await command(
        house, stage.owner, "team grant", to=stage.members["theo"].user.id, role="trainee"
    )
    if granted.message is not None and labels(granted.message):  # no question, where he is one already
        await pressed(stage.owner, granted, labels(granted.message)[0])
    await command(house, stage.members["theo"], "reply", await fresh(house), text="hello")
    return await command(house, stage.owner, "inbox review")


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
    said = await (await owner.submit(first.answer, {"text": "likes the sea"})).done(LONG)
    return await window(owner, said.message, "Change it")


async def promise(house: LiveBridge) -> OpenedWindow:
    listed = await command(house, house.stage.owner, "fan promise list", await fresh(house))
    return await window(house.stage.owner, listed.message, "Add a promise")


async def promise_dropped(house: LiveBridge) -> OpenedWindow:
    """Of a promise whose time has come: its reminder asks."""
    thread, owner = await fresh(house), house.stage.owner
    what = f"the video ({len(house.names)})"
    await command(house, owner, "fan promise add", thread, what=what, until="in 2 hours")
    newest_promise_falls_due(house.database)

    handle = next(name for name in thread.name.split() if name.startswith("@"))

    def reminders() -> list[StandInMessage]:
        return [one for one in house.reports() if "Drop" in labels(one) and handle in one.text]

    await house.until(lambda: bool(reminders()))
    return await window(owner, reminders()[0], "Drop")


async def translated_answer(house: LiveBridge) -> OpenedWindow:
    """An answer in one's own words, under a translation."""
    owner, mara = house.stage.owner, house.stage.members["mara"]
    asked = await command(house, owner, "inbox assistant", translate="on")
    if asked.message is not None and labels(asked.message):  # no question, where it is allowed already
        await pressed(owner, asked, "Allow")
    thread = await fresh(house)
    read = await (await mara.click(house.messages(thread)[-1], "Translate")).done(LONG)
    return await window(mara, read.message, "Answer in their language")


# ── of a creator ──


async def routing_rule(house: LiveBridge) -> OpenedWindow:
    shown = await command(house, house.stage.owner, "inbox routing")
    return await window(house.stage.owner, shown.message, "Add a rule")


async def erased(house: LiveBridge) -> OpenedWindow:
    asked = await command(house, house.stage.owner, "settings privacy erase")
    return await window(house.stage.owner, asked.message, "Erase everything…")


async def counted(house: LiveBridge) -> OpenedWindow:
    """A mass message whose number of recipients is typed."""
    owner = house.stage.owner
    await command(house, owner, "mass limits", typed_above="0")
    shown = await command(house, owner, "mass new", to="subscribers", text="hello")
    assert shown.message is not None
    return await window(owner, shown.message, labels(shown.message)[0])


def draft(label: str) -> Opener:
    """A draft of a mass message, and one of its buttons."""

    async def opened(house: LiveBridge) -> OpenedWindow:
        return await window(house.stage.owner, (await begun(house)).message, label)

    return opened


async def begun(house: LiveBridge) -> InteractionAnswer:
    """A new draft, in the place of one that there may be."""
    shown = await command(house, house.stage.owner, "mass new")
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


async def suggested_edit(house: LiveBridge) -> OpenedWindow:
    await suggested(house)
    mara = house.stage.members["mara"]
    return await window(mara, (await command(house, mara, "post suggested")).message, "Edit")


async def suggested_return(house: LiveBridge) -> OpenedWindow:
    await suggested(house)
    listed = await command(house, house.stage.owner, "post review")
    return await window(house.stage.owner, listed.message, "Return")


async def comment(house: LiveBridge) -> OpenedWindow:
    """A fan's comment below a post that the bridge follows."""
    stage, fan = house.stage, house.fan("Cleo")
    await command(house, stage.owner, "post follow", posts="on")
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
        **GALLERY_OPENERS,
        "assistant.answer": translated_answer,
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
