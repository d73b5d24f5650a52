"""The Discord that the relay is tested on refuses what Discord refuses."""

import pytest

from bot.model.errors import DeliveryRefused
from bot.model.ports import Button, Post
from tests.relay.clock_fixtures import SettableClock
from tests.relay.far_side_stand_ins import ChannelStandIn, DiscordChannels
from tests.relay.relay_scenario import ALERTS

REF = "A" * 22
FITS = Post(title="A tip", body=("from Emma",), buttons=(Button("alert.why", REF, "Why?"),))


def _named(*references: str) -> Post:
    return Post(body=("x",), buttons=(Button("alert.why", REF, "Why?", also=references),))


def _buttons(number: int) -> Post:
    return Post(
        body=("x",), buttons=tuple(Button("chat.open", f"{which:022}", "x") for which in range(number))
    )


TOO_MUCH = {
    "a custom_id of more than 100 characters": _named(*(letter * 22 for letter in "BCDE")),
    "a custom_id without a reference": Post(body=("x",), buttons=(Button("alert.why", "", "Why?"),)),
    "two buttons of one custom_id": Post(body=("x",), buttons=(Button("alert.why", REF, "Why?"),) * 2),
    "a label of more than 80 characters": Post(body=("x",), buttons=(Button("alert.why", REF, "x" * 81),)),
    "a button without a label": Post(body=("x",), buttons=(Button("alert.why", REF, ""),)),
    "more than 40 parts": _buttons(40),
    "more than 4,000 characters": Post(body=("x" * 2_000, "x" * 2_001)),
    "nothing at all": Post(body=()),
}


@pytest.fixture
def town() -> DiscordChannels:
    made = DiscordChannels(SettableClock())
    made.channels[ALERTS] = ChannelStandIn()
    made.forums.add(ALERTS)
    return made


@pytest.mark.parametrize("post", TOO_MUCH.values(), ids=TOO_MUCH)
async def test_what_discord_does_not_take_is_refused_and_does_not_stand_there(
    town: DiscordChannels, post: Post
) -> None:
    there = await town.post(ALERTS, FITS, nonce="1")

    with pytest.raises(DeliveryRefused):
        await town.post(ALERTS, post, nonce="2")
    with pytest.raises(DeliveryRefused):
        await town.edit(ALERTS, there, post)
    with pytest.raises(DeliveryRefused):
        await town.open_thread(ALERTS, name="x", card=post, tags=())
    with pytest.raises(DeliveryRefused):
        await town.answer("token", post)

    assert (town.channels[ALERTS].posts, town.answers) == ({there: FITS}, {})


@pytest.mark.parametrize(
    "post",
    [_named("B" * 22, "C" * 22), _buttons(25), Post(body=("x" * 4_000,))],
    ids=["three references", "25 buttons", "4,000 characters"],
)
async def test_what_just_fits_is_taken(town: DiscordChannels, post: Post) -> None:
    there = await town.post(ALERTS, post, nonce="1")

    assert town.channels[ALERTS].posts == {there: post}
