"""However many webhooks come at once, what is held of them in memory is bounded."""

from bot.web import webhooks
from tests.web.test_webhooks import EVENT, opened


async def test_too_many_at_once_are_asked_to_come_again_and_places_are_given_back() -> None:
    async with opened() as door:
        assert await door.post(EVENT, "no signature") == 401
        door.webhooks._under_way += webhooks._AT_ONCE

        turned_away = await door.post(EVENT, door.signature(EVENT))
        door.webhooks._under_way -= webhooks._AT_ONCE

        assert turned_away == 503
        assert door.kept == []
        assert await door.post(EVENT, door.signature(EVENT)) == 200
        assert door.webhooks._under_way == 0
