"""Views of what stands between a press and very many fans."""

from bot.sandbox.discord.people import DiscordPerson
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView

AUDIENCE = "Everybody here"
TEXT = "Tonight at eight: the whole set, and you see it first 🧡"


async def limits(town: AlbumScenario, **options: str) -> AlbumView:
    return await town.slash(town.luna, town.lobby, "mass limits", **options)


def audience(town: AlbumScenario) -> str:
    world = town.stage.fanvue.world
    if all(one.name != AUDIENCE for one in world.lists.values()):
        fans = [fan for fan in town.stage.fans.values() if fan.handle != "dee.dee"]
        world.add_list(town.stage.creator, AUDIENCE, fans)
    return AUDIENCE


async def preview(town: AlbumScenario, text: str, **options: str) -> AlbumView:
    return await town.slash(town.luna, town.lobby, "mass new", to=audience(town), text=text, **options)


async def confirmed(town: AlbumScenario, text: str, **options: str) -> AlbumView:
    shown = await preview(town, text, **options)
    await town.press(shown, "Send")
    return shown


async def mass_limits(town: AlbumScenario) -> AlbumView:
    """What holds unless somebody chooses."""
    return await limits(town)


async def mass_limits_set(town: AlbumScenario) -> AlbumView:
    """It is chosen."""
    return await limits(town, typed_above="3", hold="900", hold_above="3", second_above="off")


async def mass_limits_wrong(town: AlbumScenario) -> AlbumView:
    """Something that is no number."""
    return await limits(town, typed_above="many")


async def mass_above(town: AlbumScenario) -> AlbumView:
    """A message to more than the limit."""
    return await preview(town, TEXT)


async def mass_count_form(town: AlbumScenario) -> AlbumView:
    """The window in which the number is typed."""
    shown = await preview(town, TEXT)
    _, shot = await town.form(shown, _send(shown))
    return shot


def _send(shown: AlbumView) -> str:
    return next(one for one in shown.words.splitlines() if one.startswith("Send"))


async def _counted(town: AlbumScenario, text: str, count: str) -> AlbumView:
    shown = await preview(town, text)
    opened, _ = await town.form(shown, _send(shown))
    before = shown.there.text
    answer = await town.luna.submit(opened, {"count": count})
    await answer.done()
    await town.until(lambda: shown.there.text != before or None, "the preview changes")
    return shown


async def mass_count_wrong(town: AlbumScenario) -> AlbumView:
    """Another number is typed."""
    return await _counted(town, TEXT, "80")


async def mass_held(town: AlbumScenario) -> AlbumView:
    """It waits, and can be cancelled."""
    return await town.says(await _counted(town, TEXT, _number(town)), "is sent at")


def _number(town: AlbumScenario) -> str:
    (found,) = [one for one in town.stage.fanvue.world.lists.values() if one.name == AUDIENCE]
    return str(len(found.members))


async def mass_held_line(town: AlbumScenario) -> AlbumView:
    """What everybody reads of it in the alerts channel."""
    return await town.post(town.alerts, "is sent at", town.theo)


async def mass_held_cancelled(town: AlbumScenario) -> AlbumView:
    """Theo cancels it there; what is told."""
    line = await mass_held_line(town)
    return await town.click(line, "Cancel")


async def mass_held_over(town: AlbumScenario) -> AlbumView:
    """What Luna's own message says then."""
    shown = await mass_held(town)
    await town.click(shown, "Cancel")
    return await town.says(shown, "not sent")


async def mass_second_preview(town: AlbumScenario) -> AlbumView:
    """A message that a second person has to confirm."""
    await limits(town, typed_above="off", hold="off", second_above="3")
    return await preview(town, TEXT, price="6.50", media=town.stage.media[1])


async def mass_second_asked(town: AlbumScenario) -> AlbumView:
    """What Luna sees once she has confirmed it."""
    shown = await mass_second_preview(town)
    await town.press(shown, "Ask for a second confirmation")
    return await town.says(shown, "waiting for a second person")


async def mass_second_line(town: AlbumScenario) -> AlbumView:
    """How somebody else is asked."""
    return await town.post(town.alerts, "asks a second person", town.theo)


async def _look(town: AlbumScenario, who: DiscordPerson) -> AlbumView:
    return await town.click(await mass_second_line(town), "Review it", who)


async def mass_second_look(town: AlbumScenario) -> AlbumView:
    """What Theo sees, who may confirm it."""
    return await _look(town, town.theo)


async def mass_second_own(town: AlbumScenario) -> AlbumView:
    """What Luna sees there, who may not."""
    return await _look(town, town.luna)


async def mass_second_approved(town: AlbumScenario) -> AlbumView:
    """Theo confirms it."""
    shown = await mass_second_look(town)
    await town.press(shown, "Send")
    return await town.says(shown, "See the result in the alerts channel")


async def mass_second_sent(town: AlbumScenario) -> AlbumView:
    """What the alerts channel says then."""
    return await town.post(town.alerts, "confirmed by", town.theo)


async def mass_second_refused(town: AlbumScenario) -> AlbumView:
    """Theo refuses another one; what he reads."""
    before = (await mass_second_line(town)).there.id
    await mass_second_asked(town)
    line = await town.until(lambda: _asked_after(town, before), "another line that asks")
    shown = await town.click(line, "Review it")
    await town.click(shown, "Refuse")
    return await town.says(shown, "refused it")


def _asked_after(town: AlbumScenario, before: int) -> AlbumView | None:
    said = [one for one in town.theo.read(town.alerts) if "asks a second person" in one.text]
    return AlbumView(town.theo, town.alerts, said[-1]) if said[-1].id != before else None


async def mass_second_refused_line(town: AlbumScenario) -> AlbumView:
    """What the alerts channel says of that."""
    return await town.post(town.alerts, "refused it", town.luna)


async def mass_second_taken_back(town: AlbumScenario) -> AlbumView:
    """Luna takes one back."""
    shown = await mass_second_asked(town)
    await town.click(shown, "Take back")
    return await town.says(shown, "took it back")


VIEWS = (
    mass_limits,
    mass_limits_set,
    mass_limits_wrong,
    mass_above,
    mass_count_form,
    mass_count_wrong,
    mass_held,
    mass_held_line,
    mass_held_cancelled,
    mass_held_over,
    mass_second_preview,
    mass_second_asked,
    mass_second_line,
    mass_second_look,
    mass_second_own,
    mass_second_approved,
    mass_second_sent,
    mass_second_refused,
    mass_second_refused_line,
    mass_second_taken_back,
)
