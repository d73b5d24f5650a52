"""The mode private, whole program: Show shows media, and to whom not."""

from collections.abc import AsyncIterator, Iterator
from io import BytesIO

import pytest
import pytest_asyncio
from PIL import Image

from bot.discord.asking import NOT_HERE
from bot.features.publishing.media.message_texts import NOT_HERE as NOT_IN_THIS_CHANNEL
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.channels import modify, set_overwrite
from bot.sandbox.discord.model import StandInAttachment, StandInChannel
from bot.sandbox.discord.permissions import READ_HISTORY, VIEW_CHANNEL
from bot.sandbox.fanvue.people import StandInFan
from bot.text.media_words import media_label
from tests.proofs.faults.channel_fixtures import the_forum
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = "only for your eyes"
NO_COPY = "No copy is kept. This answer closes <t:"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def private_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A house whose owner has chosen the mode private."""
    async with housed(tmp_path_factory.mktemp("pictures")) as made:
        stage = made.stage
        asked = await stage.owner.slash(stage.guild, stage.lobby, "settings privacy mode", mode="private")
        await asked.done(PATIENCE)
        answer = await stage.owner.click(asked.message, "Yes, do it")
        await answer.until(lambda now: "From now on" in now.text, PATIENCE)
        yield made
        assert stage.discord.contract_errors == []
        assert stage.fanvue.contract_errors == []


@pytest.fixture
def house(private_house: LiveBridge) -> Iterator[LiveBridge]:
    """The same for every test, with nothing out of order."""
    yield private_house
    private_house.stage.fanvue.faults.clear()
    private_house.stage.fanvue.switches.media_url_seconds = 300.0
    modify(
        private_house.stage.discord.world,
        the_forum(private_house),
        private_house.stage.owner.user.id,
        {"nsfw": True},
    )


async def sent(
    house: LiveBridge, text: str | None, media: int = 2, kind: str = "image"
) -> tuple[StandInFan, StandInChannel]:
    """A fan's message with so many files, once its line says that it has them."""
    fan = house.fan("Nino")
    await fan.write(text, media, kind)
    return fan, await house.shows(fan, media_label(media, kind))


def files(answer: InteractionAnswer) -> list[StandInAttachment]:
    """What hangs at an answer."""
    assert answer.ephemeral
    assert answer.message is not None
    return list(answer.message.attachments)


def asked_for(house: LiveBridge) -> int:
    """How often Fanvue was asked for addresses of a message's media, or for such a file."""
    ledger = house.stage.fanvue.ledger
    addresses = [one for one in ledger.of("request") if str(one["path"]).endswith("/media")]
    return len(ledger.of("file")) + len(addresses)


async def test_pictures_are_shown_covered_to_this_member_alone_and_kept_nowhere(house: LiveBridge) -> None:
    _fan, thread = await sent(house, SECRET)
    before = asked_for(house)

    answer = await house.click(thread, "Show")

    assert before == 0  # nobody had asked to see them
    assert [file.filename for file in files(answer)] == ["SPOILER_photo-1.jpg", "SPOILER_photo-2.jpg"]
    assert {Image.open(BytesIO(file.content)).format for file in files(answer)} == {"JPEG"}
    assert SECRET in answer.text
    assert NO_COPY in answer.text
    everywhere = [m for ms in house.stage.discord.world.messages.values() for m in ms.values()]
    assert {m.ephemeral for m in everywhere if m.attachments} == {True}
    on_disk = [path.read_bytes() for path in house.folder.rglob("*") if path.is_file()]
    assert [blob for blob in on_disk for file in files(answer) if file.content in blob] == []
    assert house.rows("SELECT * FROM audit WHERE action = 'hidden.show' AND outcome = 'done'") != []


async def test_a_message_of_pictures_alone_can_be_opened_too(house: LiveBridge) -> None:
    _fan, thread = await sent(house, None, 1)

    answer = await house.click(thread, "Show")

    assert len(files(answer)) == 1
    assert "1 photo" in answer.text


async def test_of_many_pictures_ten_are_shown_and_next_shows_the_others_in_the_same_answer(
    house: LiveBridge,
) -> None:
    _fan, thread = await sent(house, SECRET, 12)

    answer = await house.click(thread, "Show")
    first = files(answer)
    turned = await house.stage.members["mara"].click(answer.message, "Next")
    await turned.until(lambda now: "11 to 12 of 12" in now.text, PATIENCE)

    assert len(first) == 10
    assert [file.filename for file in files(turned)] == ["SPOILER_photo-11.jpg", "SPOILER_photo-12.jpg"]
    assert labels(turned.message) == ["Close"]  # type: ignore[arg-type]
    assert turned.message is answer.message
    assert not stored(house, first)


async def test_a_reply_shows_what_went_with_it_and_that_it_was_bought(house: LiveBridge) -> None:
    fan = house.fan("Nino")
    await fan.write("hello")
    thread = await house.shows(fan, "its text is kept off")
    await house.reply(thread, text=SECRET, media=house.stage.media[0], price="9.00")
    await house.shows(fan, "✓ Sent")
    await fan.buy(fan.inbox()[-1].uuid)
    await house.shows(fan, "💰 Paid")

    answer = await house.click(thread, "Show")

    assert len(files(answer)) == 1
    assert all(words in answer.text for words in (SECRET, "💰 Paid", "1 item from the vault for $9.00"))


@pytest.mark.parametrize(
    ("kind", "words", "name"),
    [
        ("audio", "1 voice note 0:03", "SPOILER_voice-1.wav"),
        ("video", "1 video 0:02", "SPOILER_video-1.webm"),
    ],
)
async def test_a_video_and_a_voice_note_can_be_played(
    house: LiveBridge, kind: str, words: str, name: str
) -> None:
    _fan, thread = await sent(house, SECRET, 1, kind)

    answer = await house.click(thread, "Show")

    assert [file.filename for file in files(answer)] == [name]
    assert words in answer.text


async def test_an_address_that_is_over_before_it_is_read_leaves_the_words(house: LiveBridge) -> None:
    _fan, thread = await sent(house, SECRET)
    house.stage.fanvue.switches.media_url_seconds = 0.0

    answer = await house.click(thread, "Show")

    assert files(answer) == []
    assert SECRET in answer.text
    assert "Number 1 and 2: Not available: the address that Fanvue gave for it was" in answer.text
    assert NO_COPY not in answer.text


async def test_media_that_left_the_message_are_said_to_be_gone(house: LiveBridge) -> None:
    fan, thread = await sent(house, SECRET)
    fan.bond.messages[-1].media.clear()

    answer = await house.click(thread, "Show")

    assert files(answer) == []
    assert SECRET in answer.text
    assert "Fanvue no longer has the media of this message." in answer.text


async def test_a_message_that_the_fan_took_back_in_between_is_said_to_be_gone(house: LiveBridge) -> None:
    fan, thread = await sent(house, SECRET)
    house.stage.fanvue.faults.webhooks.off = True
    await fan.take_back(fan.bond.messages[-1].uuid)

    answer = await house.click(thread, "Show")
    house.stage.fanvue.faults.webhooks.off = False

    assert files(answer) == []
    assert "No media: Fanvue no longer has this message" in answer.text


async def test_next_on_an_answer_of_before_a_crash_says_that_it_is_closed(house: LiveBridge) -> None:
    _fan, thread = await sent(house, SECRET, 11)
    answer = await house.click(thread, "Show")
    shown = files(answer)
    await house.restart()

    turned = await house.stage.members["mara"].click(answer.message, "Next")
    await turned.until(lambda now: "This answer is closed" in now.text, PATIENCE)

    assert files(turned) == []
    assert not stored(house, shown)


async def test_a_channel_that_is_not_age_restricted_gets_the_text_and_no_picture_is_asked_for(
    house: LiveBridge,
) -> None:
    _fan, thread = await sent(house, SECRET)
    before = asked_for(house)
    stage = house.stage
    modify(stage.discord.world, the_forum(house), stage.owner.user.id, {"nsfw": False})

    answer = await house.click(thread, "Show")

    assert files(answer) == []
    assert SECRET in answer.text
    assert NOT_IN_THIS_CHANNEL in answer.text
    assert asked_for(house) == before


async def test_while_fanvue_is_down_the_text_is_shown_and_what_is_missing_is_said(house: LiveBridge) -> None:
    _fan, thread = await sent(house, SECRET)
    house.stage.fanvue.faults.down = True

    answer = await house.click(thread, "Show")

    assert files(answer) == []
    assert SECRET in answer.text
    assert "No media: We can't reach Fanvue right now. Nothing is lost; please try again" in answer.text


async def test_close_takes_the_answer_and_its_files_away_at_once(house: LiveBridge) -> None:
    _fan, thread = await sent(house, SECRET)
    answer = await house.click(thread, "Show")
    shown = files(answer)

    there = stored(house, shown)
    await house.stage.members["mara"].click(answer.message, "Close")
    await answer.until(lambda now: now.state == "deleted", PATIENCE)

    assert there
    assert not stored(house, shown)


async def test_a_member_who_lost_the_right_after_the_line_was_posted_is_shown_nothing(
    house: LiveBridge,
) -> None:
    _fan, thread = await sent(house, SECRET)
    before, shown = asked_for(house), looks(house)
    stage = house.stage
    mara = stage.guild.members[stage.members["mara"].user.id]
    sees = {"type": 1, "allow": str(VIEW_CHANNEL | READ_HISTORY), "deny": "0"}  # as an administrator might
    set_overwrite(stage.discord.world, the_forum(house), stage.owner.user.id, mara.user.id, sees)
    kept, mara.roles = mara.roles, []
    line = next(m for m in reversed(house.messages(thread)) if "Show" in labels(m))

    answer = await stage.members["mara"].click(line, "Show")
    await answer.done(PATIENCE)
    mara.roles = kept

    assert (answer.ephemeral, answer.text) == (True, NOT_HERE)
    assert files(answer) == []
    assert (asked_for(house), looks(house)) == (before, shown)


def stored(house: LiveBridge, shown: list[StandInAttachment]) -> bool:
    """Whether Discord's store still gives out one of these files."""
    return any(file.id in house.stage.discord.world.attachments for file in shown)


def looks(house: LiveBridge) -> int:
    """How often somebody was shown a line that is kept back, as the audit has it."""
    return len(house.rows("SELECT * FROM audit WHERE action = 'hidden.show' AND outcome = 'done'"))
