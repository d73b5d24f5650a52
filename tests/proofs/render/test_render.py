"""What strangers write only stands there whole; a judge that can find a fault."""

import random
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discord.message_bodies import message_of
from bot.model.ports import Post
from bot.text.template_variables import BadTemplateText, fill_typed, value_of
from tests.proofs.render import stranger_texts
from tests.proofs.render.channel_stand_in import RenderChannelStandIn
from tests.proofs.render.render_run import render, written
from tests.proofs.render.surfaces import NAMES, TEXTS, RenderedText, Surface
from tests.proofs.render.text_judge import RenderScore, judge

pytestmark = pytest.mark.render

TARGETS = RenderChannelStandIn().targets
PIECES = (
    *stranger_texts.LIVE,
    *stranger_texts.STYLED,
    *stranger_texts.SIGNS,
    *stranger_texts.HIDDEN,
    *stranger_texts.WORDS,
)
ANY_TEXT = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40).map("".join)


def judged(text: str, surface: Surface, seed: int = 1) -> RenderScore:
    """What is wrong with one text at one place."""
    score = RenderScore()
    shown, harmless = (surface(one, random.Random(seed)) for one in (text, "Emma"))  # noqa: S311 - repeatable
    judge(text, shown, harmless, RenderChannelStandIn().post, score)
    return score


def test_three_thousand_texts_of_strangers_only_stand_there_whole() -> None:
    score = render(written(20_261_125, 3_000), 20_261_125)

    assert score.examples == []
    assert score.good
    assert score.texts == 3_000
    assert score.messages >= 3_000


@settings(deadline=None)
@given(ANY_TEXT, st.sampled_from((*TEXTS, *NAMES)), st.integers(0, 99))
def test_no_text_at_any_place_does_anything(text: str, surface: Surface, seed: int) -> None:
    assert judged(text, surface, seed).examples == []


@pytest.mark.parametrize(
    "text", [text * 800 for text in ("@everyone ", "\u0301", "[a](https://b.example)", "\U0001f469\u200d")]
)
@pytest.mark.parametrize("surface", [*dict.fromkeys((*TEXTS, *NAMES))])
def test_however_long_it_is_discord_takes_it(text: str, surface: Surface) -> None:
    assert judged(text, surface).examples == []


FIELDS = (
    "{",
    "}",
    "{{",
    "}}",
    "|",
    "fan_name",
    "{fan_name}",
    "{fan_name|love}",
    "{first_name}",
    "{ handle }",
)
TYPED = st.lists(st.one_of(st.sampled_from((*FIELDS, *PIECES)), st.text(max_size=4)), max_size=12).map(
    "".join
)
RAW = re.compile(r"\{\s*[^\W\d]\w*\s*(?:\|[^{}]*)?\}")


@settings(deadline=None)
@given(TYPED, st.one_of(TYPED, st.none()))
def test_no_field_that_somebody_typed_reaches_a_fan_whatever_the_fan_is_called(
    text: str, name: str | None
) -> None:
    values = {"fan_name": value_of(name), "handle": value_of(name), "creator": "Luna"}
    try:
        read = fill_typed(text, values)
    except BadTemplateText:
        return  # and nothing is sent

    assert RAW.search(read) is None
    assert fill_typed(read, values) == read


# ── the judge ──


def naive(body: str) -> Surface:
    """A bridge that hands on what it is given."""

    def surface(text: str, _rng: random.Random) -> RenderedText:
        return RenderedText([Post(body=(body.format(text),), small="✓ Sent", accent=1)], theirs=True)

    return surface


def live(text: str) -> Iterator[str]:
    """What the judge says of a text that nobody made safe."""
    return iter(judged(text, naive("{}")).counts)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<@1>", "mentions"),
        ("@everyone", "mentions"),
        ("</reply:1>", "mentions"),
        ("[a](https://b.example)", "masked_links"),
        ("https://b.example", "links"),
        ("discord.gg/abc", "unfolded"),
        ("-# ✓ Paid", "lost"),
        ("### From the bridge", "lost"),
        ("**bold**", "forged"),
        ("x" * 5_000, "refused"),
        ("\ud800", "refused"),
    ],
)
def test_the_judge_finds_what_is_live_lost_forged_or_too_long(text: str, what: str) -> None:
    assert what in live(text)


def test_the_judge_finds_words_of_the_bridges_among_the_fans() -> None:
    assert judged("hi", naive("{}\n🔒 1 photo")).counts == {"lost": 1}


def test_on_the_wall_everybody_can_be_called() -> None:
    wall = RenderChannelStandIn()
    body = {"content": f"@everyone <@&{TARGETS.role}> https://b.example"}

    reading = RenderChannelStandIn().post({**body, "content": f"@everyone {body['content']}"})
    ringing = wall.post({"content": f"@everyone <@{wall.targets.user}> <@&{wall.targets.role}>"})

    assert reading.unfolds == ("https://b.example",)
    assert ringing.pinged
    assert ringing.pings.everyone
    assert ringing.pings.users == [wall.targets.user]
    assert ringing.pings.roles == [wall.targets.role]
    assert wall.rung == 1


def test_the_bridge_allows_no_mention_even_where_a_text_is_live() -> None:
    wall = RenderChannelStandIn()

    reading = wall.post(message_of(Post(body=(f"@everyone <@{wall.targets.user}>",), accent=1)))

    assert not reading.pinged
    assert wall.rung == 0
    assert len(reading.mentions) == 2
