"""Views of what a mass message warns of, of its test on one fan, and of a stop."""

from datetime import UTC, datetime, timedelta

from tests.proofs.album.album_scenario import AlbumScenario, AlbumView
from tests.proofs.album.safety_views import TEXT, confirmed, limits, preview


async def quiet_hours(town: AlbumScenario) -> AlbumView:
    """No hours are quiet unless somebody chooses."""
    await limits(town, second_above="off")
    return await limits(town, quiet="off")


async def quiet_hours_set(town: AlbumScenario) -> AlbumView:
    """They are chosen."""
    now = datetime.now(UTC)
    return await limits(town, quiet=f"{now - timedelta(hours=2):%H}:00-{now + timedelta(hours=6):%H}:00")


async def quiet_hours_wrong(town: AlbumScenario) -> AlbumView:
    """Something that is no time."""
    return await limits(town, quiet="at night")


async def quiet_hours_hit(town: AlbumScenario) -> AlbumView:
    """A message in them."""
    return await preview(town, "Are you still awake?")


async def quiet_hours_other(town: AlbumScenario) -> AlbumView:
    """Its end is chosen."""
    shown = await quiet_hours_hit(town)
    label = next(one for one in shown.words.splitlines() if one.startswith("At "))
    return await town.click(shown, label)


async def overlap_same(town: AlbumScenario) -> AlbumView:
    """The same message to the same list once more."""
    await limits(town, quiet="off")
    await town.says(await confirmed(town, "Good morning to all of you"), "Mass message sent")
    return await preview(town, "Good morning to all of you")


async def overlap_other(town: AlbumScenario) -> AlbumView:
    """The same message to another list."""
    text = "Good morning to all of you"
    return await town.slash(town.luna, town.lobby, "mass new", to="subscribers", text=text)


async def _draft(town: AlbumScenario) -> AlbumView:
    shown = await town.slash(town.luna, town.lobby, "mass new")
    return await town.click(shown, "Start over") if "Start over" in shown.words else shown


async def one_fan_form(town: AlbumScenario) -> AlbumView:
    """The window in which somebody is chosen."""
    shown = await _draft(town)
    opened, _ = await town.form(shown, "Write")
    before = shown.there.text
    shown = await town.seen(await town.luna.submit(opened, {"text": TEXT}), before)
    _, shot = await town.form(shown, "Test to one fan")
    return shot


async def _asked(town: AlbumScenario, fan: str) -> AlbumView:
    shown = await town.slash(town.luna, town.lobby, "mass new")
    shown = await town.click(shown, "Go on")
    opened, _ = await town.form(shown, "Test to one fan")
    before = shown.there.text
    return await town.seen(await town.luna.submit(opened, {"fan": fan}), before)


async def one_fan_nobody(town: AlbumScenario) -> AlbumView:
    """Somebody who has no thread."""
    return await _asked(town, "who.is.this")


async def one_fan_asked(town: AlbumScenario) -> AlbumView:
    """A last look before it leaves."""
    return await _asked(town, "sam_k")


async def one_fan_sent(town: AlbumScenario) -> AlbumView:
    """It is on its way."""
    return await town.click(await one_fan_asked(town), "Send to this one fan")


# ── who is left out ──


async def _going_on(town: AlbumScenario) -> AlbumView:
    return await town.click(await town.slash(town.luna, town.lobby, "mass new"), "Go on")


async def leave_out(town: AlbumScenario) -> AlbumView:
    """Whom a draft can leave out."""
    await limits(town, cap="2 in 7 days")
    await town.choose(await _going_on(town), "Who gets it", "Subscribers")
    return await town.click(await _going_on(town), "Leave out")


async def leave_out_chosen(town: AlbumScenario) -> AlbumView:
    """Both are chosen."""
    both = "Fans in conversation", "Fans over the cap"
    shown = await town.click(await _going_on(town), "Leave out")
    return await town.choose(shown, "Who is left out", *both)


async def leave_out_preview(town: AlbumScenario) -> AlbumView:
    """How many that is, as of when."""
    return await town.click(await _going_on(town), "Preview")


async def leave_out_warned(town: AlbumScenario) -> AlbumView:
    """Over the cap, typed at once: a button leaves them out."""
    return await preview(town, "One more, for those who are still awake")


async def leave_out_pressed(town: AlbumScenario) -> AlbumView:
    """It was pressed."""
    shown = await town.click(await leave_out_warned(town), "Leave them out")
    await limits(town, cap="off")
    return shown


# ── the emergency stop of a creator ──


async def stop_creator(town: AlbumScenario) -> AlbumView:
    """One waits for its time, and Luna stops everything."""
    await limits(town, hold="60", hold_above="3")
    await town.says(await confirmed(town, "Wait for it"), "is sent at")
    return await town.slash(town.luna, town.lobby, "pause creator")


async def stop_mass(town: AlbumScenario) -> AlbumView:
    """Another mass message is begun all the same."""
    return await preview(town, "Is anybody there?")


async def stop_off(town: AlbumScenario) -> AlbumView:
    """It ends; what waited is asked about."""
    return await town.slash(town.luna, town.lobby, "pause off")


async def stop_discarded(town: AlbumScenario) -> AlbumView:
    """What waited does not go out."""
    shown = await stop_off(town)
    await town.press(shown, "Discard")
    await town.says(shown, "iscarded")
    await limits(town, hold="off")
    return shown


VIEWS = (
    quiet_hours,
    quiet_hours_set,
    quiet_hours_wrong,
    quiet_hours_hit,
    quiet_hours_other,
    overlap_same,
    overlap_other,
    one_fan_form,
    one_fan_nobody,
    one_fan_asked,
    one_fan_sent,
    leave_out,
    leave_out_chosen,
    leave_out_preview,
    leave_out_warned,
    leave_out_pressed,
    stop_creator,
    stop_mass,
    stop_off,
    stop_discarded,
)
