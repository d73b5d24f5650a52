"""Views of a creator's office: the team's figures, money, privacy, pauses, timers."""

from tests.album.town import Shot, Town


async def team_figures(town: Town) -> Shot:
    """How the team does."""
    return await town.slash(town.luna, town.lobby, "team figures")


async def team_show(town: Town) -> Shot:
    """Who is in the team."""
    return await town.slash(town.luna, town.lobby, "team show")


async def team_explain(town: Town) -> Shot:
    """What somebody may do, and why."""
    return await town.slash(town.luna, town.lobby, "team explain", member=town.mara.user.id)


async def team_doctor(town: Town) -> Shot:
    """What does not fit together."""
    return await town.slash(town.luna, town.lobby, "team doctor")


async def mass_preview(town: Town) -> Shot:
    """A mass message, before it leaves."""
    text = "For all of you: the first picture of the new set 🧡"
    item = town.stage.media[0]
    return await town.slash(
        town.luna, town.lobby, "mass", to="subscribers", text=text, price="4.50", media=item
    )


async def mass_sent(town: Town) -> Shot:
    """It was sent."""
    shown = await mass_preview(town)
    await town.press(shown, "Send to")
    return await town.says(shown, "Mass message sent")


async def post_preview(town: Town) -> Shot:
    """A post, before it is published."""
    return await town.slash(
        town.luna,
        town.lobby,
        "post",
        text="The long version of tonight, for those who could not be here",
        price="9.99",
        when="tomorrow 18:00",
        media=" ".join(town.stage.media[:2]),
    )


async def post_done(town: Town) -> Shot:
    """It is scheduled."""
    shown = await post_preview(town)
    await town.press(shown, "Schedule it")
    return await town.says(shown, "Post scheduled")


async def media(town: Town) -> Shot:
    """The vault."""
    return await town.slash(town.mara, town.lobby, "media")


async def media_shelf(town: Town) -> Shot:
    """The vault, looked through by a word."""
    return await town.slash(town.mara, town.lobby, "media", search="beach")


async def earnings(town: Town) -> Shot:
    """What came in."""
    return await town.slash(town.luna, town.lobby, "earnings", period="7")


async def earnings_lead(town: Town) -> Shot:
    """The same, in ranges."""
    return await town.slash(town.theo, town.lobby, "earnings", period="7")


async def earnings_typed(town: Town) -> Shot:
    """Days that were typed, compared with those before."""
    return await town.slash(town.luna, town.lobby, "earnings", period="last 30 days")


async def earnings_hours(town: Town) -> Shot:
    """When most comes in."""
    return await town.slash(town.luna, town.lobby, "earnings", period="last 30 days", show="hours")


async def earnings_all(town: Town) -> Shot:
    """All creators whose figures she sees."""
    return await town.slash(town.luna, town.lobby, "earnings", period="this month", creator="all")


async def earnings_refused(town: Town) -> Shot:
    """A date that can be two days."""
    return await town.slash(town.luna, town.lobby, "earnings", period="01/02")


async def fans_top(town: Town) -> Shot:
    """Who gave most."""
    return await town.slash(town.luna, town.lobby, "fans top")


async def subscribers(town: Town) -> Shot:
    """How many there are."""
    return await town.slash(town.luna, town.lobby, "subscribers")


async def digest_set(town: Town) -> Shot:
    """Figures every morning."""
    where = town.alerts.id
    return await town.slash(town.luna, town.lobby, "digest set", channel=where, hour=9, zone="Europe/Berlin")


async def digest_show(town: Town) -> Shot:
    """When they come."""
    return await town.slash(town.luna, town.lobby, "digest show")


async def help_all(town: Town) -> Shot:
    """Every command that a chatter has."""
    return await town.slash(town.mara, town.lobby, "help")


async def help_in_thread(town: Town) -> Shot:
    """The same in a fan's thread."""
    return await town.slash(town.mara, (await town.line("kai.surf", "waves")).where, "help")


async def help_one(town: Town) -> Shot:
    """One command."""
    return await town.slash(town.mara, town.lobby, "help", command="snooze")


async def help_owner(town: Town) -> Shot:
    """Every command that an owner has."""
    return await town.slash(town.luna, town.lobby, "help")


async def status(town: Town) -> Shot:
    """How the bridge is."""
    return await town.slash(town.luna, town.lobby, "status")


async def account(town: Town) -> Shot:
    """Which account is connected."""
    return await town.slash(town.luna, town.lobby, "account")


async def privacy_show(town: Town) -> Shot:
    """What holds about texts."""
    return await town.slash(town.luna, town.lobby, "privacy show")


async def privacy_mode(town: Town) -> Shot:
    """Texts are to be covered from now on."""
    return await town.slash(town.luna, town.lobby, "privacy mode", mode="covered")


async def privacy_retention(town: Town) -> Shot:
    """How long texts are kept."""
    return await town.slash(town.luna, town.lobby, "privacy retention", texts=90)


async def privacy_forget(town: Town) -> Shot:
    """A fan is to be forgotten."""
    return await town.slash(town.luna, (await town.line("alexis_r", "haircut")).where, "privacy forget")


async def privacy_export(town: Town) -> Shot:
    """A file with everything."""
    return await town.slash(town.luna, town.lobby, "privacy export")


async def privacy_erase(town: Town) -> Shot:
    """Everything is to go."""
    return await town.slash(town.luna, town.lobby, "privacy erase")


async def audit(town: Town) -> Shot:
    """Who did what."""
    return await town.slash(town.luna, town.lobby, "audit")


async def price_limits(town: Town) -> Shot:
    """What a role may ask."""
    return await town.slash(town.theo, town.lobby, "price limits", role="chatter", floor="5", ceiling="50")


async def price_show(town: Town) -> Shot:
    """What holds."""
    return await town.slash(town.mara, town.lobby, "price show")


async def pause_member(town: Town) -> Shot:
    """Somebody is paused."""
    return await town.slash(town.luna, town.lobby, "pause member", member=town.tess.user.id)


async def pause_show(town: Town) -> Shot:
    """What went out today."""
    return await town.slash(town.luna, town.lobby, "pause show")


async def pause_off(town: Town) -> Shot:
    """It ends."""
    return await town.slash(town.luna, town.lobby, "pause off")


async def timers_show(town: Town) -> Shot:
    """When somebody is pinged: nobody."""
    return await town.slash(town.theo, town.lobby, "inbox timers")


async def timers_set(town: Town) -> Shot:
    """When somebody is pinged."""
    return await town.slash(town.theo, town.lobby, "inbox timers", first=1, second=20)


async def ping(town: Town) -> Shot:
    """Somebody has waited too long."""
    return await town.until(
        lambda: next(iter(_pings(town)), None), "a ping in the alerts channel", within=150
    )


def _pings(town: Town) -> list[Shot]:
    said = town.mara.read(town.alerts)
    found = [one for one in said if "<@" in one.text and "wait" in one.text and "Who waits" not in one.text]
    return [Shot(town.mara, town.alerts, one) for one in found]


async def promise_due(town: Town) -> Shot:
    """Something promised is due."""
    return await town.post(town.alerts, "A promise is due", within=120)


async def hold_set(town: Town) -> Shot:
    """Some seconds to cancel."""
    return await town.slash(town.theo, town.lobby, "inbox hold", seconds=20)


async def hold_reply(town: Town) -> Shot:
    """A reply that can still be cancelled."""
    thread = (await town.line("the_real_sam", "another Sam")).where
    shown = await town.slash(town.mara, thread, "reply", text="You are on the list!")
    await town.slash(town.theo, town.lobby, "inbox hold", seconds=0)
    return shown


async def typing_on(town: Town) -> Shot:
    """What is typed goes to fans."""
    return await town.slash(town.luna, town.lobby, "inbox typing", state="on")


async def typed_question(town: Town) -> Shot:
    """A member's first typed message."""
    thread = await town.writes("bluebird", "hi there, happy to be here")
    await town.mara.say(thread, "Welcome back! How was your week?")
    return await town.line("bluebird", "goes to the fan. Send this")


async def team_remove(town: Town) -> Shot:
    """Somebody leaves."""
    return await town.slash(town.luna, town.lobby, "team remove", member=town.tess.user.id)


async def team_leave(town: Town) -> Shot:
    """The creator is to leave the server."""
    return await town.slash(town.luna, town.lobby, "team leave")


async def unlink(town: Town) -> Shot:
    """The account is to be disconnected."""
    return await town.slash(town.luna, town.lobby, "unlink")


VIEWS = (
    team_figures,
    team_show,
    team_explain,
    team_doctor,
    mass_preview,
    mass_sent,
    post_preview,
    post_done,
    media,
    media_shelf,
    earnings,
    earnings_lead,
    earnings_typed,
    earnings_hours,
    earnings_all,
    earnings_refused,
    fans_top,
    subscribers,
    digest_set,
    digest_show,
    help_all,
    help_in_thread,
    help_one,
    help_owner,
    status,
    account,
    privacy_show,
    privacy_mode,
    privacy_retention,
    privacy_forget,
    privacy_export,
    privacy_erase,
    audit,
    price_limits,
    price_show,
    pause_member,
    pause_show,
    pause_off,
    timers_show,
    timers_set,
    ping,
    promise_due,
    hold_set,
    hold_reply,
    typing_on,
    typed_question,
    team_remove,
    team_leave,
    unlink,
)
