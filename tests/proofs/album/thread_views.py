"""Views of a fan's thread: lines, replies in each state, questions, notes."""

from bot.sandbox.fanvue.records import MediaId
from bot.sandbox.fanvue.vault import ServedFile
from tests.proofs.album.album_scenario import AlbumScenario, AlbumView

LATE = 1_000.0  # seconds: as good as never


async def setup_answer(town: AlbumScenario) -> AlbumView:
    """An owner has made a creator's channels."""
    team = town.stage.team.id
    return await town.slash(town.luna, town.lobby, "setup", team=team, **{"creator-name": "Luna"})


async def link_question(town: AlbumScenario) -> AlbumView:
    """The page of a link, offered."""
    return await town.slash(town.luna, town.lobby, "link")


async def link_done(town: AlbumScenario) -> AlbumView:
    """The account is connected; Tom and the creator have written to each other before that."""
    fanvue, tom = town.stage.fanvue, town.stage.fans["chef_tom"]
    fanvue.faults.webhooks.off = True
    await tom.write("what do you eat on a day off?")
    fanvue.world.write_as_creator(tom, "Pasta, always. With far too much garlic.")
    fanvue.world.write_as_creator(tom, "And this is me eating it", [MediaId(town.stage.media[0])], 900)
    await tom.buy(tom.inbox()[-1].uuid)
    fanvue.faults.webhooks.off = False
    await town.play.link()
    return await town.post(town.lobby, "is connected", town.luna)


async def grant_preview(town: AlbumScenario) -> AlbumView:
    """A manager is made, after a question."""
    return await town.slash(town.luna, town.lobby, "team grant", to=town.theo.user.id, role="manager")


async def grant_done(town: AlbumScenario) -> AlbumView:
    """Theo is a manager; Tess learns."""
    asked = await grant_preview(town)
    done = await town.click(asked, "Yes, do it")
    tess = await town.slash(town.luna, town.lobby, "team grant", to=town.tess.user.id, role="trainee")
    await town.click(tess, "Yes, do it")
    return done


async def board_empty(town: AlbumScenario) -> AlbumView:
    """Nobody waits."""
    return await town.slash(town.mara, town.alerts, "inbox waiting")


async def first_contact(town: AlbumScenario) -> AlbumView:
    """A fan with a past on Fanvue writes for the first time here."""
    await town.writes("chef_tom", "made the pasta you mentioned")
    return await town.line("chef_tom", "From before the bridge")


async def fan_line(town: AlbumScenario) -> AlbumView:
    """A fan's message with pictures."""
    await town.writes("sam_k", "hey Luna! finally off work 😅 do you have more of the beach set?", media=2)
    return await town.line("sam_k", "finally off work")


async def photos_shown(town: AlbumScenario) -> AlbumView:
    """What Show gives of two photos."""
    return await town.click(await town.line("sam_k", "2 media items"), "Show")


async def recordings_shown(town: AlbumScenario) -> AlbumView:
    """What Show gives of a photo, a video, a voice note, and a video that is too large for Discord."""
    fanvue, sam = town.stage.fanvue, town.stage.fans["sam_k"]
    fanvue.faults.webhooks.off = True
    sent = await sam.write("listen 🙈", 1)
    for kind in ("video", "audio", "video"):
        sent.media.append(fanvue.world.add_media(sam.bond.fan, kind).uuid)
    fanvue.world.served[sent.media[-1]] = ServedFile(bytes(11 << 20), "video/mp4")
    fanvue.faults.webhooks.off = False
    return await town.click(await town.line("sam_k", "4 media items"), "Show")


async def fan_card(town: AlbumScenario) -> AlbumView:
    """The card of a fan who tips and has notes."""
    await town.stage.fans["sam_k"].tip(2500)
    await town.post(town.alerts, "A tip")
    thread = (await town.line("sam_k", "finally off work")).where
    for words in (
        "Has a dog called Rex, works nights as a nurse",
        "Birthday on 3 May. Hates being called Samuel",
    ):
        await town.slash(town.mara, thread, "fan note add", text=words)
    await town.slash(town.mara, thread, "fan tag add", tag="vip")
    return await town.card("sam_k", "🏷️")


async def card_more(town: AlbumScenario) -> AlbumView:
    """What More on a card shows."""
    return await town.click(await town.card("sam_k", "Chats with"), "More")


async def card_more_lead(town: AlbumScenario) -> AlbumView:
    """The same, for the owner."""
    return await town.click(await town.card("sam_k", "Chats with"), "More", town.luna)


async def note_added(town: AlbumScenario) -> AlbumView:
    """A note is written."""
    thread = (await town.card("sam_k", "Chats with")).where
    return await town.slash(town.mara, thread, "fan note add", text="Plays the bass in a band")


async def note_form(town: AlbumScenario) -> AlbumView:
    """The window of a note, from the card."""
    listed = await town.slash(town.mara, (await town.card("sam_k", "Chats with")).where, "fan note list")
    _, shot = await town.form(listed, "Write a note")
    return shot


async def note_list(town: AlbumScenario) -> AlbumView:
    """All notes of a fan."""
    return await town.slash(town.mara, (await town.card("sam_k", "Chats with")).where, "fan note list")


async def tag_added(town: AlbumScenario) -> AlbumView:
    """A fan is marked."""
    return await town.slash(
        town.mara, (await town.card("sam_k", "Chats with")).where, "fan tag add", tag="regular"
    )


async def find(town: AlbumScenario) -> AlbumView:
    """Fans found by a word of a note."""
    return await town.slash(town.mara, town.lobby, "fan find", text="dog")


async def reply_form(town: AlbumScenario) -> AlbumView:
    """The reply window."""
    _, shot = await town.form(await town.line("sam_k", "finally off work"), "Reply")
    return shot


async def reply_taken(town: AlbumScenario) -> AlbumView:
    """What an author reads when the reply is on its way."""
    thread = (await town.card("sam_k", "Chats with")).where
    return await town.slash(town.mara, thread, "reply", text="Hey Sam! So glad you made it home 🧡")


async def reply_sent(town: AlbumScenario) -> AlbumView:
    """A reply that Fanvue has."""
    return await town.says(await town.line("sam_k", "So glad you made it"), "✓ Sent")


async def reply_seen(town: AlbumScenario) -> AlbumView:
    """A reply that the fan has read."""
    await town.stage.fans["sam_k"].read()
    return await town.says(await town.line("sam_k", "So glad you made it"), "👁 Seen")


async def reply_paid(town: AlbumScenario) -> AlbumView:
    """A reply that the fan has bought."""
    thread = (await town.card("sam_k", "Chats with")).where
    item = town.stage.media[0]
    await town.slash(
        town.mara, thread, "reply", text="The long version, just for you", price="9.99", media=item
    )
    line = await town.says(await town.line("sam_k", "The long version"), "✓ Sent")
    offer = next(one for one in town.stage.fans["sam_k"].inbox() if one.price)
    await town.stage.fans["sam_k"].buy(offer.uuid)
    return await town.says(line, "💰 Paid")


async def reply_queued(town: AlbumScenario) -> AlbumView:
    """Fanvue cannot be reached."""
    thread = (await town.card("sam_k", "Chats with")).where
    await town.cut()
    await town.slash(town.mara, thread, "reply", text="Sleep well when you get there")
    return await town.says(await town.line("sam_k", "Sleep well"), "Queued.")


async def reply_failed(town: AlbumScenario) -> AlbumView:
    """The fan has blocked the creator."""
    thread = await town.writes("dee.dee", "bye then")
    town.stage.fans["dee.dee"].block()
    await town.slash(town.mara, thread, "reply", text="Wait, talk to me!")
    return await town.says(await town.line("dee.dee", "Wait, talk"), "Not sent")


async def reply_not_sure(town: AlbumScenario) -> AlbumView:
    """The answer was lost."""
    thread = await town.writes("max_power", "YO, any live stream this week?")
    town.stage.fanvue.faults.add("execute_late", "POST", r"/message$", seconds=LATE)
    await town.slash(town.mara, thread, "reply", text="Thursday, nine o'clock")
    return await town.says(await town.line("max_power", "Thursday, nine"), "Not sure yet")


async def reply_not_there(town: AlbumScenario) -> AlbumView:
    """It was looked for and is not there: a person is asked."""
    return await town.says(await town.line("max_power", "Thursday, nine"), "find it in the chat", 60)


async def problems(town: AlbumScenario) -> AlbumView:
    """What waits for a person's word."""
    return await town.slash(town.luna, town.lobby, "inbox problems")


async def board_problems(town: AlbumScenario) -> AlbumView:
    """The same in the alerts channel."""
    return await town.post(town.alerts, "your attention")


async def stale_draft(town: AlbumScenario) -> AlbumView:
    """The fan wrote while somebody typed."""
    shot = await town.line("sam_k", "finally off work")
    opened, _ = await town.form(shot, "Reply")
    await town.writes("sam_k", "oh and by the way, it is my birthday tomorrow!")
    return await town.submit(town.mara, opened, text="Want to see more of it?")


async def claim_conflict(town: AlbumScenario) -> AlbumView:
    """A colleague is answering already."""
    await town.writes("marco92", "Ciao bella! what does the *special* one cost?")
    line = await town.line("marco92", "Ciao bella")
    await town.form(line, "Reply")
    return await town.click(await town.line("marco92", "Ciao bella", town.theo), "Reply")


async def claim(town: AlbumScenario) -> AlbumView:
    """A fan is claimed, and may be put off."""
    thread = await town.writes("night.owl", "can't sleep again")
    return await town.slash(town.mara, thread, "fan claim")


async def handover(town: AlbumScenario) -> AlbumView:
    """A fan is given to a colleague."""
    thread = (await town.line("night.owl", "can't sleep")).where
    return await town.slash(town.mara, thread, "fan handover", member=town.theo.user.id)


async def handover_line(town: AlbumScenario) -> AlbumView:
    """What the thread says of it."""
    return await town.line("night.owl", "handed this fan to")


async def release(town: AlbumScenario) -> AlbumView:
    """A fan is let go."""
    return await town.slash(town.theo, (await town.line("night.owl", "can't sleep")).where, "fan release")


async def snooze_list(town: AlbumScenario) -> AlbumView:
    """Times to choose from."""
    return await town.slash(town.mara, (await town.line("night.owl", "can't sleep")).where, "fan snooze")


async def snooze_done(town: AlbumScenario) -> AlbumView:
    """A fan is put off."""
    thread = (await town.line("night.owl", "can't sleep")).where
    return await town.slash(town.mara, thread, "fan snooze", until="tomorrow 9:00")


async def close_done(town: AlbumScenario) -> AlbumView:
    """Nothing is to be answered."""
    thread = await town.writes("alexis_r", "love the new haircut")
    return await town.slash(town.mara, thread, "fan close")


async def reopen_done(town: AlbumScenario) -> AlbumView:
    """It is taken back."""
    return await town.slash(town.mara, (await town.line("alexis_r", "haircut")).where, "fan reopen")


async def promise_added(town: AlbumScenario) -> AlbumView:
    """Something is promised."""
    thread = (await town.card("sam_k", "Chats with")).where
    await town.slash(
        town.mara, thread, "fan promise add", what="a kiss in the next video", until="in 1 minute"
    )
    what = "the beach video, the long one"
    return await town.slash(town.mara, thread, "fan promise add", what=what, until="tomorrow 20:00")


async def promise_list(town: AlbumScenario) -> AlbumView:
    """What a fan is owed."""
    thread = (await town.card("sam_k", "Chats with")).where
    await town.slash(
        town.mara, thread, "fan promise add", what="a voice message for her birthday", until="fri 9:00"
    )
    return await town.slash(town.mara, thread, "fan promise list")


async def promises_everywhere(town: AlbumScenario) -> AlbumView:
    """What all fans are owed."""
    return await town.slash(town.mara, town.lobby, "fan promise list")


async def promise_form(town: AlbumScenario) -> AlbumView:
    """A reply is marked as a promise."""
    line = await town.line("sam_k", "So glad you made it")
    return await town.seen(await town.mara.menu(line.there, "Mark as a promise"))


async def card_of_promises(town: AlbumScenario) -> AlbumView:
    """The card says what is owed."""
    return await town.card("sam_k", "beach video")


async def fan_items(town: AlbumScenario) -> AlbumView:
    """What was sent to a fan, and bought."""
    return await town.slash(town.mara, (await town.card("sam_k", "Chats with")).where, "fan items")


async def sold_before(town: AlbumScenario) -> AlbumView:
    """The fan has this item already."""
    thread = (await town.card("sam_k", "Chats with")).where
    item = town.stage.media[0]
    return await town.slash(town.mara, thread, "reply", text="Look what I found", price="12", media=item)


async def bad_price(town: AlbumScenario) -> AlbumView:
    """A price that is none."""
    thread = (await town.card("sam_k", "Chats with")).where
    return await town.slash(town.mara, thread, "reply", text="cheap", price="2", media=town.stage.media[1])


async def chat_nickname(town: AlbumScenario) -> AlbumView:
    """The creator's side calls the fan something."""
    thread = (await town.card("sam_k", "Chats with")).where
    return await town.slash(town.mara, thread, "fan nickname", name="Sam with the dog")


async def chat_read(town: AlbumScenario) -> AlbumView:
    """A chat is marked as read on Fanvue."""
    return await town.slash(town.mara, (await town.card("sam_k", "Chats with")).where, "fan read")


async def elsewhere(town: AlbumScenario) -> AlbumView:
    """A command that belongs into a fan's thread, somewhere else."""
    return await town.slash(town.mara, town.lobby, "fan snooze", until="tomorrow")


async def stranger(town: AlbumScenario) -> AlbumView:
    """Somebody who is nobody here."""
    nina = next(one.user.id for one in town.stage.guild.members.values() if one.user.name == "nina")
    return await town.slash(town.stage.discord.person(nina), town.lobby, "inbox waiting")


VIEWS = (
    setup_answer,
    link_question,
    link_done,
    board_empty,
    grant_preview,
    grant_done,
    fan_line,
    photos_shown,
    recordings_shown,
    first_contact,
    fan_card,
    card_more,
    card_more_lead,
    note_added,
    note_form,
    note_list,
    tag_added,
    find,
    reply_form,
    reply_taken,
    reply_sent,
    reply_seen,
    reply_paid,
    reply_queued,
    reply_failed,
    reply_not_sure,
    reply_not_there,
    problems,
    board_problems,
    stale_draft,
    claim_conflict,
    claim,
    handover,
    handover_line,
    release,
    snooze_list,
    snooze_done,
    close_done,
    reopen_done,
    promise_added,
    promise_list,
    promises_everywhere,
    promise_form,
    card_of_promises,
    fan_items,
    sold_before,
    bad_price,
    chat_nickname,
    chat_read,
    elsewhere,
    stranger,
)
