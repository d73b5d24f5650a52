"""The page's server: who is let in, what each one sees, what a click does."""

import re

import pytest

from bot.sandbox.discord.model import StandInAttachment
from bot.sandbox.page.server import STATIC
from tests.sandbox.page.conftest import DemoPageScenario

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_it_answers_only_under_its_own_name(house: DemoPageScenario) -> None:
    for host in ("evil.example", "127.0.0.1", "localhost:1"):
        status, _, _ = await house.get(Host=host)
        assert status == 421
    port = house.url.rstrip("/").rpartition(":")[2]

    assert (await house.get(Host=f"localhost:{port}"))[0] == 200


async def test_another_site_can_press_nothing(house: DemoPageScenario) -> None:
    body = {"fan": house.fan("max_power"), "text": "not me"}

    assert (await house.post("fans/write", body, Origin="https://evil.example"))[0] == 403
    assert (await house.post("fans/write", body, Origin="null"))[0] == 403
    assert (await house.post("fans/write", body, **{"Content-Type": "text/plain"}))[0] == 415
    assert (await house.get("events", Origin="https://evil.example"))[0] == 403
    assert house.stage.fans["max_power"].chat() == []


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("", 200),
        ("app.js", 200),
        ("style.css", 200),
        ("nothing", 404),
        ("..%2Fserver.py", 404),
        ("picture/1", 404),
        ("picture/one", 404),
        ("picture/%C2%B2", 404),
    ],
)
async def test_every_answer_has_the_strict_policy(house: DemoPageScenario, path: str, wanted: int) -> None:
    status, _, headers = await house.get(path)

    assert status == wanted
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


async def test_only_pictures_videos_and_sounds_are_given_out_of_what_hangs_at_messages(
    house: DemoPageScenario,
) -> None:
    files = house.stage.discord.world.attachments
    kinds = ("image/png", "text/html", "image/svg+xml", "video/mp4", "audio/ogg")
    for number, kind in enumerate(kinds, 41):
        files[number] = StandInAttachment(number, "file", b"<script>", kind)

    answers = [await house.get(f"picture/{number}") for number in range(41, 46)]

    assert [status for status, _, _ in answers] == [200, 404, 404, 200, 200]
    assert answers[0][2]["Content-Type"] == "image/png"


async def test_nothing_comes_from_outside_and_no_text_becomes_markup() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in STATIC.iterdir()}
    markup = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc"
    )
    outside = re.compile(r"https?://(?!www\.w3\.org/)")
    inline = re.compile(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=|javascript:")

    assert [name for name, text in texts.items() if markup.search(text)] == []
    assert [name for name, text in texts.items() if outside.search(text)] == []
    assert inline.search(texts["index.html"]) is None


async def test_a_member_sees_the_channels_that_her_roles_open(house: DemoPageScenario) -> None:
    forum = house.forum()
    views = {who: await house.sees(bool, **{"as": who, "channel": forum}) for who in (house.luna, house.nina)}

    names = {who: {one["name"] for one in view["team"]["channels"]} for who, view in views.items()}
    assert names[house.nina] == {"lobby"}
    assert names[house.luna] > {"lobby", "luna-fans", "luna-alerts"}
    assert views[house.nina]["channel"] is None
    assert views[house.luna]["channel"]["id"] == forum


async def test_a_private_answer_is_seen_by_the_one_who_asked(house: DemoPageScenario) -> None:
    lobby = str(house.stage.lobby.id)
    ask = {"as": house.mara, "channel": lobby, "command": "account show", "options": {}}

    status, _ = await house.post("team/slash", ask)
    seen = await house.sees(
        lambda view: _texts(view, "no Fanvue account"), **{"as": house.mara, "channel": lobby}
    )
    others = await house.sees(bool, **{"as": house.luna, "channel": lobby})

    assert status == 200
    assert [one["used"] for one in seen["channel"]["messages"]] == ["Mara used /account show"]
    assert seen["channel"]["messages"][0]["ephemeral"]
    assert not _texts(others, "You have no Fanvue account")


async def test_what_her_client_does_not_offer_is_refused_in_words(house: DemoPageScenario) -> None:
    lobby = str(house.stage.lobby.id)
    view = await house.sees(bool, **{"as": house.mara, "channel": lobby})
    setup = {"as": house.mara, "channel": lobby, "command": "setup", "options": {}}

    assert "setup" not in {one["name"] for one in view["channel"]["commands"]}
    assert await house.post("team/slash", setup) == (409, {"error": "setup is not offered to this person"})
    elsewhere = {"as": house.nina, "channel": house.forum(), "text": "let me in"}
    assert (await house.post("team/say", elsewhere))[0] == 409


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("team/say", []),
        ("team/say", {"as": "1", "channel": "1", "text": "?"}),
        ("team/nothing", {"as": "1"}),
        ("fans/write", {"fan": "nobody", "text": "?"}),
        ("bridge/explode", {}),
        ("trouble/none", {"on": True}),
        ("story/rewind", {}),
    ],
)
async def test_nonsense_is_called_nonsense(house: DemoPageScenario, path: str, body: object) -> None:
    status, answer = await house.post(path, body)

    assert status == 400
    assert answer["error"].startswith("Not understood")


async def test_nobody_acts_as_the_bot(house: DemoPageScenario) -> None:
    bot = next(str(number) for number, one in house.stage.guild.members.items() if one.user.bot)

    assert (await house.post("team/say", {"as": bot, "channel": "1", "text": "?"}))[0] == 400


async def test_a_fan_writes_is_answered_and_buys(house: DemoPageScenario) -> None:
    fan = house.fan("alexis_r")

    await house.post("fans/write", {"fan": fan, "text": "is it **still** there?"})
    thread = await _thread(house, "@alexis_r", "still")
    view = await house.sees(lambda seen: _texts(seen, "still"), **{"as": house.mara, "channel": thread})
    options = {"text": "it is", "price": "4.99", "media": view["vault"][0]["id"]}
    reply = {"as": house.mara, "channel": thread, "command": "reply", "options": options}
    assert (await house.post("team/slash", reply))[0] == 200
    offered = await house.sees(_offer, fan=fan)
    await house.post("fans/buy", {"fan": fan, "message": _offer(offered)[0]["id"]})

    await house.sees(lambda seen: _texts(seen, "💰 Paid"), **{"as": house.mara, "channel": thread})


@pytest.mark.parametrize(
    ("deed", "body", "words"),
    [
        ("write", {"text": "  "}, "nothing to send"),
        ("write", {"text": "x" * 5001}, "5,000 characters"),
        ("tip", {"cents": 5}, "between $1.00"),
        ("tip", {"cents": 1.5}, "between $1.00"),
        ("buy", {"message": "none"}, "no such message"),
        ("subscribe", {}, "subscribed already"),
    ],
)
async def test_a_fans_app_says_why_not(
    house: DemoPageScenario, deed: str, body: dict[str, object], words: str
) -> None:
    status, answer = await house.post(f"fans/{deed}", {"fan": house.fan("dee.dee"), **body})

    assert status == 409
    assert words in answer["error"]


async def test_a_form_is_opened_and_sent_by_the_same_person(house: DemoPageScenario) -> None:
    await house.post("fans/write", {"fan": house.fan("chef_tom"), "text": "pasta?"})
    thread = await _thread(house, "@chef_tom", "pasta")
    view = await house.sees(lambda seen: _texts(seen, "pasta"), **{"as": house.mara, "channel": thread})
    click = {
        "as": house.mara,
        "channel": thread,
        "message": view["channel"]["messages"][-1]["id"],
        "which": "Reply",
    }

    _, form = await house.post("team/click", click)
    filled = {"form": form["form"], "fields": {"text": "always"}}
    stranger, _ = await house.post("team/submit", {"as": house.nina, **filled})
    status, _ = await house.post("team/submit", {"as": house.mara, **filled})

    assert form["modal"]["title"] == "Reply to this fan"
    assert (stranger, status) == (409, 200)
    await house.sees(
        lambda seen: any(one["text"] == "always" for one in seen["phone"]["messages"]),
        fan=house.fan("chef_tom"),
    )


async def test_with_the_bridge_stopped_nothing_appears_until_it_is_back(house: DemoPageScenario) -> None:
    fan = house.fan("kai.surf")
    await house.post("fans/write", {"fan": fan, "text": "first wave"})
    thread = await _thread(house, "@kai.surf", "first wave")
    who = {"as": house.luna, "channel": thread}

    await house.post("bridge/stop", {})
    await house.post("fans/write", {"fan": fan, "text": "second wave"})
    stopped = await house.sees(lambda seen: _told(seen, "nobody took it"), **who)
    _, clicked = await house.post("team/slash", {**who, "command": "account show", "options": {}})
    await house.post("bridge/start", {})
    back = await house.sees(lambda seen: _texts(seen, "second wave"), **who)

    assert stopped["bridge"] == {"state": "stopped"}
    assert not _texts(stopped, "second wave")
    assert clicked == {"state": "failed"}
    assert len(_texts(back, "second wave")) == 1


async def test_faults_are_switched_on_seen_and_cleared(house: DemoPageScenario) -> None:
    await house.post("trouble/webhooks_off", {"on": True})
    await house.post("trouble/answer_lost", {"on": True})
    on = await house.sees(bool)
    await house.post("fans/write", {"fan": house.fan("j_doe"), "text": "nobody tells you"})
    dropped = await house.sees(lambda seen: _told(seen, "webhooks are off"))
    await _thread(house, "@j_doe", "nobody tells you")  # the bridge has looked by itself
    await house.post("trouble/clear", {})
    off = await house.sees(bool)

    assert {one["name"] for one in on["trouble"] if one["on"]} == {"webhooks_off", "answer_lost"}
    assert dropped["received"]
    assert [one for one in off["trouble"] if one["on"]] == []


@pytest.mark.parametrize("ends", ["down", "clear"])
async def test_the_first_reply_while_fanvue_is_down_waits_as_the_switch_promises(
    house: DemoPageScenario, ends: str
) -> None:
    fan, words = house.fan("night.owl"), f"until {ends}"
    await house.post("fans/write", {"fan": fan, "text": words})
    thread = await _thread(house, "@night.owl", words)
    who = {"as": house.mara, "channel": thread}

    await house.post("trouble/down", {"on": True})
    await house.post("team/slash", {**who, "command": "reply", "options": {"text": f"{words} it waits"}})
    waiting = await house.sees(lambda seen: _texts(seen, "Queued. ") or _texts(seen, "Not sure"), **who)
    on = await house.sees(bool)
    await house.post(f"trouble/{ends}", {"on": False})
    sent = await house.sees(lambda seen: not _texts(seen, "Queued. "), **who)
    off = await house.sees(bool)

    assert not _texts(waiting, "Not sure")
    assert not _texts(sent, "Not sure")
    assert [one["name"] for one in on["trouble"] if one["on"]] == ["down"]
    assert [one for one in off["trouble"] if one["on"]] == []
    inbox = house.stage.fans["night.owl"].inbox()
    assert [message.text for message in inbox].count(f"{words} it waits") == 1


async def _thread(house: DemoPageScenario, handle: str, words: str) -> str:
    """The fan's thread, once its newest line has these words."""

    def found(view: dict[str, object]) -> list[str]:
        team = view.get("team")
        threads = team["threads"] if isinstance(team, dict) else []
        return [one["id"] for one in threads if handle in one["name"] and words in one["preview"]]

    return found(await house.sees(found))[0]


def _texts(view: dict[str, object], words: str) -> list[str]:
    """The open channel's messages that say this."""
    channel = view.get("channel")
    messages = channel["messages"] if isinstance(channel, dict) else []
    return [one["id"] for one in messages if words in f"{one['content']} {one['components']}"]


def _offer(view: dict[str, object]) -> list[dict[str, str]]:
    phone = view.get("phone")
    return [one for one in phone["messages"] if one["price"]] if isinstance(phone, dict) else []


def _told(view: dict[str, object], words: str) -> bool:
    lines = view.get("received")
    return isinstance(lines, list) and any(words in line["text"] for line in lines)
