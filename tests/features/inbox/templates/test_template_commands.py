"""Templates: written by leads, found by whoever may reply, filled in for one fan."""

import json
from datetime import UTC, datetime

import pytest

from bot.engine.input_windows import LIFE
from bot.features.inbox.templates.service import MOST
from bot.model.ports import MessageToFan
from bot.relay.field_values import days_of
from bot.relay.message_template import TemplateRefused, TypedTemplate
from bot.text.rejected_input import RejectedInput
from storage.database import Transaction
from storage.engine import audit_log
from storage.inbox import fans, messages, templates
from storage.inbox.templates import ANYWHERE
from storage.records import Cents, CommandId, CreatorId, DiscordId, DraftId, Fan, MediaId, TemplateId
from tests.features.inbox.templates.templates_scenario import ITEM, LENA, ZOE, TemplatesScenario
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD, MAYA, whole

HELLO = TypedTemplate("Good evening", "good evening {fan_name|love}")


async def test_a_template_is_written_found_and_filled_in_for_the_fan(shelf: TemplatesScenario) -> None:
    said = await shelf.write(HELLO)

    assert whole(said).startswith("Saved: Good evening")
    assert await shelf.names("EVEN") == ["Good evening"]
    assert await shelf.names("good evening even") == ["Good evening"]
    assert await shelf.names("morning") == []
    assert (await shelf.fill("good  EVENING")).text == f"good evening {EMMA.display_name}"
    lines = await shelf.room.database.read(lambda tx: audit_log.recent(tx, CREATOR, 9))
    assert [(line.action, line.actor) for line in lines if line.action.startswith("template")] == [
        ("template.add", LENA)
    ]


async def test_a_fan_without_a_name_to_read_is_called_by_the_fallback(shelf: TemplatesScenario) -> None:
    await shelf.write(HELLO)
    nameless = Fan(CREATOR, EMMA.id, "🌙", "✨", "subscriber", 0)
    await shelf.room.database.write(lambda tx: fans.learn(tx, nameless))

    assert (await shelf.fill("Good evening")).text == "good evening love"


async def test_media_and_price_are_kept_and_shown(shelf: TemplatesScenario) -> None:
    await shelf.write(TypedTemplate("Video", "for you", Cents(1250), (ITEM,), ITEM))

    assert await shelf.names() == ["Video · 1 item · $12.50"]
    assert await shelf.fill("video") == MessageToFan("for you", (MediaId(ITEM),), Cents(1250), MediaId(ITEM))
    assert "📎 1 item from the vault, with a free preview" in await shelf.show("video")


REFUSED = {
    "no name": (TypedTemplate(" ", "x"), "needs a name"),
    "a long name": (TypedTemplate("n" * 51, "x"), "at most 50"),
    "nothing in it": (TypedTemplate("a"), "There is nothing to send yet"),
    "a long text": (TypedTemplate("a", "x" * 4001), "at most 4,000"),
    "too many media": (TypedTemplate("a", None, None, (ITEM,) * 26), "at most 25"),
    "too cheap": (TypedTemplate("a", "x", Cents(299), (ITEM,)), "below Fanvue's lowest price"),
    "a price for nothing": (TypedTemplate("a", "x", Cents(300)), "needs media to buy"),
    "not a media id": (TypedTemplate("a", "x", None, ("cat",)), "“cat” isn't an item of the vault"),
    "an unknown variable": (TypedTemplate("a", "hi {fan}"), "is not a variable"),
}


@pytest.mark.parametrize(("typed", "because"), REFUSED.values(), ids=REFUSED)
async def test_what_would_not_work_later_is_refused_now_and_not_lost(
    shelf: TemplatesScenario, typed: TypedTemplate, because: str
) -> None:
    said = whole(await shelf.write(typed))

    assert because in said
    assert "Not saved" in said
    assert (typed.text or "")[:2000].replace("{", "").replace("}", "") in said.replace("{", "").replace(
        "}", ""
    )
    assert await shelf.names() == []


async def test_a_window_counts_once_for_whoever_opened_it(shelf: TemplatesScenario) -> None:
    lead = await shelf.lead()
    opened = await shelf.keeping.begin(lead, shared=False)
    await shelf.keeping.save(lead, opened.ref, HELLO)

    late = await shelf.keeping.begin(lead, shared=False)

    again = whole(await shelf.save(opened.ref, TypedTemplate("Other", "x")))
    unknown = whole(await shelf.save(DraftId("nothing"), TypedTemplate("Other", "x")))
    shelf.room.clock.at += LIFE
    over = whole(await shelf.save(late.ref, TypedTemplate("Other", "my words")))

    assert "already saved" in again
    assert "no longer in use" in unknown
    assert "open for more than a day" in over
    assert "my words" in over
    assert await shelf.names() == ["Good evening"]


async def test_a_template_is_changed_and_removed(shelf: TemplatesScenario) -> None:
    await shelf.write(HELLO)
    lead = await shelf.lead()

    opened = await shelf.keeping.change(lead, "good evening")
    await shelf.keeping.save(lead, opened.ref, TypedTemplate("Good night", "sleep well"))
    names = await shelf.names()
    removed = whole(await shelf.keeping.remove(lead, "good night"))

    assert (opened.name, opened.message) == (HELLO.name, MessageToFan(HELLO.text))
    assert names == ["Good night"]
    assert "sleep well" in removed
    assert await shelf.names() == []
    with pytest.raises(TemplateRefused, match="no such template"):
        await shelf.fill("good night")


async def test_names_are_taken_once_in_each_place_and_a_creators_own_comes_first(
    shelf: TemplatesScenario,
) -> None:
    await shelf.write(HELLO)

    twice = whole(await shelf.write(TypedTemplate("good  evening", "x")))
    shared = whole(await shelf.write(TypedTemplate("Good evening", "from all"), shared=True))

    assert "already" in twice
    assert shared.startswith("Saved")
    assert sorted(await shelf.names()) == ["Good evening", "Good evening · all creators"]
    assert (await shelf.fill("Good evening")).text == f"good evening {EMMA.display_name}"


async def test_a_shared_one_has_no_media_and_needs_who_leads_every_team(shelf: TemplatesScenario) -> None:
    with_media = whole(await shelf.write(TypedTemplate("Video", "x", None, (ITEM,)), shared=True))
    await shelf.write(TypedTemplate("Hi", "hi"), shared=True)
    await shelf.another_creator()

    with pytest.raises(
        TemplateRefused,
        match=("Only someone who leads all of this server's creators can write a shared template"),
    ):
        await shelf.write(TypedTemplate("Hi again", "hi"), shared=True)
    with pytest.raises(
        TemplateRefused,
        match=("Only someone who leads all of this server's creators can write a shared template"),
    ):
        await shelf.keeping.change(await shelf.lead(), "Hi")
    with pytest.raises(
        TemplateRefused,
        match=("Only someone who leads all of this server's creators can write a shared template"),
    ):
        await shelf.keeping.remove(await shelf.lead(), "Hi")

    assert "Media belong to one creator's vault, so a template with media can't be shared" in with_media
    assert await shelf.names() == ["Hi · all creators"]


async def test_who_no_longer_leads_saves_nothing(shelf: TemplatesScenario) -> None:
    lead = await shelf.lead()
    opened = await shelf.keeping.begin(lead, shared=False)
    await shelf.room.engage(LENA, "chatter")

    said = await shelf.keeping.save(lead, opened.ref, HELLO)

    assert isinstance(said, RejectedInput)
    assert "You may no longer write templates for this creator" in whole(said.post)
    assert await shelf.names() == []


async def test_two_changes_in_one_millisecond_do_not_pass_for_one(shelf: TemplatesScenario) -> None:
    await shelf.write(HELLO)
    lead = await shelf.lead()
    one, other = [await shelf.keeping.change(lead, "good evening") for _ in range(2)]

    await shelf.save(one.ref, TypedTemplate("Good evening", "first"))
    said = whole(await shelf.save(other.ref, TypedTemplate("Good night", "second")))

    assert f"<@{LENA}> changed this template" in said
    assert "second" in said
    assert "first" in said
    assert await shelf.names() == ["Good evening"]


async def test_another_creators_template_is_not_there(shelf: TemplatesScenario) -> None:
    theirs = templates.StoredTemplate(TemplateId("zoes"), ANYWHERE, ZOE, "Zoe's", "zoe's", b"", LENA, 0)
    another = DiscordId(GUILD + 1)
    elsewhere = templates.StoredTemplate(
        TemplateId("far"), another, CreatorId(""), "Far", "far", b"", LENA, 0
    )

    async def put(tx: Transaction) -> None:
        await templates.put(tx, theirs)
        await templates.put(tx, elsewhere)

    await shelf.room.database.write(put)

    assert await shelf.names() == []
    for wanted in ("zoes", "Zoe's", "far"):
        with pytest.raises(TemplateRefused, match="no such template"):
            await shelf.fill(wanted)


async def test_the_newest_used_comes_first_and_pages_have_25(shelf: TemplatesScenario) -> None:
    for number in range(30):
        await shelf.write(TypedTemplate(f"n{number:02d}", "x"))
    permit = await shelf.lead()
    ((_, first),) = await shelf.finding.like(permit, "n07")
    shelf.room.clock.at += 1000

    await shelf.filling.used(CommandId("c1"), TemplateId(first), CREATOR)

    assert (await shelf.names())[0] == "n07"
    page, last = [whole(await shelf.finding.listed(permit, number)) for number in (1, 2)]
    assert "Page 1 of 2" in page
    assert (page.count("**n"), last.count("**n")) == (25, 5)


async def test_there_are_so_many_and_no_more(shelf: TemplatesScenario) -> None:
    async def put(tx: Transaction) -> None:
        for number in range(MOST):
            name = f"t{number}"
            await templates.put(
                tx, templates.StoredTemplate(TemplateId(name), ANYWHERE, CREATOR, name, name, b"", LENA, 0)
            )

    await shelf.room.database.write(put)

    said = whole(await shelf.write(HELLO))

    assert f"There are {MOST} templates here" in said


def test_the_month_is_the_creators() -> None:
    new_year = int(datetime(2026, 12, 31, 23, 30, tzinfo=UTC).timestamp() * 1000)

    assert days_of(new_year, "UTC") == {"month": "December", "weekday": "Thursday"}
    assert days_of(new_year, "Europe/Berlin") == {"month": "January", "weekday": "Friday"}


async def test_show_says_how_often_it_was_sent_and_bought_to_whoever_sees_figures(
    shelf: TemplatesScenario,
) -> None:
    await shelf.write(TypedTemplate("Video", "for you", Cents(1250), (ITEM,)))
    ((_, video),) = await shelf.finding.like(await shelf.lead(), "video")
    before = await shelf.show("video")
    sends = []
    for _ in range(2):
        sends.append(await shelf.room.reply("for you", price=1250, media=(ITEM,)))
        await shelf.room.turn()
        cause = CommandId((await shelf.room.effect(sends[-1])).cause)
        await shelf.filling.used(cause, TemplateId(video), CREATOR)
    await shelf.room.reply("not from a template", price=1250, media=(ITEM,))
    await shelf.room.turn()

    async def buy(tx: Transaction) -> None:
        sent = await messages.of_effect(tx, sends[0])
        assert sent is not None
        await messages.bought(tx, CREATOR, sent.message, 5)

    await shelf.room.database.write(buy)
    owner = await shelf.finding.show(await shelf.permit(MAYA), "video")

    assert "Not sent yet." in before
    assert "Sent 2 times." in await shelf.show("video")
    assert "Sent 2 times, 1 of 2 with a price bought (50 %)." in whole(owner)


async def test_they_are_handed_over_as_a_file_with_all_that_they_have(shelf: TemplatesScenario) -> None:
    await shelf.write(TypedTemplate("Video", "für {fan_name|love}", Cents(1250), (ITEM,), ITEM))
    await shelf.write(TypedTemplate("Hi", "hi"), shared=True)

    handed = await shelf.handing.export(await shelf.lead())

    video = {"name": "Video", "text": "für {fan_name|love}", "price": 1250, "media": [ITEM], "preview": ITEM}
    hi: dict[str, object] = {"name": "Hi", "text": "hi", "price": None, "media": [], "preview": None}
    rows = sorted(json.loads(handed.content), key=lambda row: row["shared"])
    assert (handed.number, handed.unread) == (2, 0)
    assert rows == [{**video, "shared": False}, {**hi, "shared": True}]
    lines = await shelf.room.database.read(lambda tx: audit_log.recent(tx, CREATOR, 9))
    assert [line.actor for line in lines if line.action == "template.export"] == [LENA]


async def test_a_damaged_one_is_told_can_be_removed_and_keeps_no_other_from_being_used(
    shelf: TemplatesScenario,
) -> None:
    await shelf.write(HELLO)
    await shelf.room.database.write(lambda tx: tx.execute("UPDATE templates SET body_ct = :b", b=b"\x01no"))
    await shelf.write(TypedTemplate("Hi", "hi"))
    lead = await shelf.lead()

    names = await shelf.names()
    listed = whole(await shelf.finding.listed(lead, 1))
    handed = await shelf.handing.export(lead)
    removed = whole(await shelf.keeping.remove(lead, "good evening"))

    assert sorted(names) == ["Good evening · damaged", "Hi"]
    assert "Good evening** · damaged" in listed
    assert [row["name"] for row in json.loads(handed.content)] == ["Hi"]
    assert (handed.number, handed.unread) == (1, 1)
    assert "We can't read its text" in removed
    assert await shelf.names() == ["Hi"]
