"""Views of the work with fans: lists, templates, the guard, leads."""

from bot.sandbox.discord.model import walk
from tests.earlier_windows import with_ids
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView


async def board(town: AlbumScenario) -> AlbumView:
    """Who waits, in the alerts channel."""
    await town.writes("kai.surf", "the waves were insane today")
    thread = await town.writes("the_real_sam", "hello! another Sam here 👋")
    await town.post(town.alerts, "Who waits")
    return await town.says(await town.post(town.alerts, "Who waits"), f"/{thread.id}")


async def inbox(town: AlbumScenario) -> AlbumView:
    """A member's own list."""
    return await town.click(await town.post(town.alerts, "Who waits"), "My inbox")


async def _list(town: AlbumScenario, name: str) -> AlbumView:
    shown = await inbox(town)
    lists = next(one for one in walk(shown.there.components) if one.get("placeholder"))
    label = next(one["label"] for one in lists["options"] if one["label"].startswith(name))
    return await town.choose(shown, "Show another list", label)


async def inbox_mine(town: AlbumScenario) -> AlbumView:
    """Who is a member's own."""
    return await _list(town, "Mine")


async def inbox_vip(town: AlbumScenario) -> AlbumView:
    """Who is a VIP."""
    return await _list(town, "VIP")


async def inbox_snoozed(town: AlbumScenario) -> AlbumView:
    """Who was put off."""
    return await _list(town, "Snoozed")


async def inbox_snoozing(town: AlbumScenario) -> AlbumView:
    """Several fans are put off at once."""
    return await town.click(await inbox(town), "Snooze…")


async def template_form(town: AlbumScenario) -> AlbumView:
    """The window of a template."""
    return await town.slash(town.theo, town.lobby, "template add")


async def template_saved(town: AlbumScenario) -> AlbumView:
    """A template is written."""
    shown = None
    for name, words, more in (
        ("good morning", "Good morning {fan_name|love}! Did you sleep well?", {}),
        (
            "long version",
            "The long version, only for you 🧡",
            {"price": "9.99", "media": town.stage.media[2]},
        ),
        ("thank you", "Thank you so much, that made my {weekday}!", {}),
    ):
        answer = await town.theo.slash(town.stage.guild, town.lobby, "template add")
        await answer.opened(20)
        shown = await town.submit(town.theo, with_ids(answer), name=name, text=words, **more)
    assert shown is not None
    return shown


async def template_list(town: AlbumScenario) -> AlbumView:
    """The names of all."""
    return await town.slash(town.mara, town.lobby, "template list")


async def template_show(town: AlbumScenario) -> AlbumView:
    """One with its price."""
    return await town.slash(town.theo, town.lobby, "template show", template="long version")


async def template_pick(town: AlbumScenario) -> AlbumView:
    """Which one to answer with."""
    return await town.seen(await town.mara.menu((await town.line("kai.surf", "waves")).there, "Templates"))


async def template_in_window(town: AlbumScenario) -> AlbumView:
    """The reply window with a template in it."""
    thread = (await town.line("kai.surf", "waves")).where
    return await town.slash(town.mara, thread, "template use", template="good morning")


async def guard_show(town: AlbumScenario) -> AlbumView:
    """What the guard looks for."""
    return await town.slash(town.theo, town.lobby, "settings guard show")


async def guard_set(town: AlbumScenario) -> AlbumView:
    """A level is changed."""
    return await town.slash(town.theo, town.lobby, "settings guard set", pack="presence", level="hold")


async def guard_test(town: AlbumScenario) -> AlbumView:
    """A text is tried."""
    return await town.slash(
        town.theo, town.lobby, "settings guard test", text="Add me on WhatsApp, it is really me"
    )


async def guard_block(town: AlbumScenario) -> AlbumView:
    """A reply that does not leave."""
    thread = (await town.line("kai.surf", "waves")).where
    return await town.slash(town.mara, thread, "reply", text="Pretend that you are 15 years old")


async def guard_warn(town: AlbumScenario) -> AlbumView:
    """A reply that its author is asked about."""
    thread = (await town.line("kai.surf", "waves")).where
    return await town.slash(town.mara, thread, "reply", text="Let's meet up in person next week!")


async def guard_hold(town: AlbumScenario) -> AlbumView:
    """A reply that waits for a lead."""
    thread = (await town.line("kai.surf", "waves")).where
    return await town.slash(town.mara, thread, "reply", text="Add me on WhatsApp, +44 7700 900123")


async def trainee_taken(town: AlbumScenario) -> AlbumView:
    """What a trainee reads when they wrote."""
    thread = (await town.line("the_real_sam", "another Sam")).where
    return await town.slash(town.tess, thread, "reply", text="No mixing up, I promise 😄")


async def held_line(town: AlbumScenario) -> AlbumView:
    """What the thread says of it."""
    return await town.line("the_real_sam", "is waiting for a lead")


async def held_opened(town: AlbumScenario) -> AlbumView:
    """What its writer sees again."""
    return await town.click(await town.line("the_real_sam", "is waiting for a lead", town.tess), "Open")


async def review_waiting(town: AlbumScenario) -> AlbumView:
    """What waits for a lead."""
    return await town.slash(town.theo, town.lobby, "inbox review")


async def scheduled_with_lead(town: AlbumScenario) -> AlbumView:
    """What a trainee reads when they scheduled."""
    thread = (await town.line("the_real_sam", "another Sam")).where
    return await town.slash(town.tess, thread, "reply", text="Good night 😴", when="in 3 hours")


async def review_scheduled(town: AlbumScenario) -> AlbumView:
    """What a lead sees of it."""
    return await town.click(await town.line("the_real_sam", "It is scheduled for", town.theo), "Open")


async def routing_lists(town: AlbumScenario) -> AlbumView:
    """Who is offered a fan first, one rule by a list on Fanvue."""
    fans = list(town.stage.fans.values())[:2]
    town.stage.fanvue.world.add_list(town.stage.creator, "Front row", fans)
    theo = town.theo.user.id
    await town.slash(
        town.stage.owner, town.lobby, "inbox routing", when="list", value="Front row", offer_to=theo
    )
    return await town.slash(town.stage.owner, town.lobby, "inbox routing", when="vip", offer_to=theo)


async def review_return_form(town: AlbumScenario) -> AlbumView:
    """The window for a reason."""
    _, shot = await town.form(await review_waiting(town), "Return")
    return shot


async def review_approved(town: AlbumScenario) -> AlbumView:
    """A lead has approved."""
    return await town.click(await review_waiting(town), "Approve")


async def review_sent(town: AlbumScenario) -> AlbumView:
    """What the team has sent."""
    return await town.slash(town.theo, town.lobby, "team sent")


async def review_blocked(town: AlbumScenario) -> AlbumView:
    """What was stopped."""
    return await town.slash(town.theo, town.lobby, "team blocked")


VIEWS = (
    board,
    inbox,
    inbox_mine,
    inbox_vip,
    inbox_snoozed,
    inbox_snoozing,
    template_form,
    template_saved,
    template_list,
    template_show,
    template_pick,
    template_in_window,
    guard_show,
    guard_set,
    guard_test,
    guard_block,
    guard_warn,
    guard_hold,
    trainee_taken,
    held_line,
    held_opened,
    scheduled_with_lead,
    review_scheduled,
    routing_lists,
    review_waiting,
    review_return_form,
    review_approved,
    review_sent,
    review_blocked,
)
