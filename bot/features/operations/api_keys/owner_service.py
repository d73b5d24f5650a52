"""/settings keys: an owner makes, sees and revokes the keys of programs."""

from collections.abc import Mapping, Sequence

from bot.access.permits import Permit
from bot.features.operations.api_keys import texts
from bot.features.operations.api_keys.key_rules import ApiKeyNotUnderstood, wished
from bot.features.operations.api_keys.service import ApiKeyService, NoSuchApiKey
from bot.features.operations.settings.model import creator_of
from bot.model.language import tr
from bot.model.ports import Post

_OFFERED = 25


class OwnerKeyService:
    """Whether somebody may was asked before."""

    def __init__(self, keys: ApiKeyService, *, url: str) -> None:
        """`url`: where programs reach the bridge."""
        self._keys = keys
        self._url = url

    async def new(self, permit: Permit, asked: Mapping[str, str]) -> Post | str:
        """The new key, shown this once; or why there is none. `asked`: as `wished` has it."""
        creator, by = creator_of(permit), permit.actor.user
        try:
            key, text = await self._keys.make(creator, wished(asked), by=by)
        except ApiKeyNotUnderstood as refused:
            return str(refused)
        return texts.made(key, text, handle=_handle(permit), url=self._url)

    async def show(self, permit: Permit) -> Post:
        """All valid ones."""
        creator = creator_of(permit)
        found, webhooks = await self._keys.valid(creator), await self._keys.webhooks(creator)
        agents = await self._keys.of_agents(creator)
        return texts.listed(found, webhooks, agents=agents, handle=_handle(permit))

    async def revoke(self, permit: Permit, key: str) -> str:
        """It opens nothing from now on."""
        try:
            return texts.revoked(await self._keys.end(creator_of(permit), key, by=permit.actor.user))
        except NoSuchApiKey:
            return tr(texts.NO_KEY)

    async def offered(self, permit: Permit, typed: str) -> Sequence[tuple[str, str]]:
        """Those that may be meant: words and id."""
        found = await self._keys.valid(creator_of(permit))
        wanted = typed.casefold().strip()
        return [(texts.choice(one), one.id) for one in found if wanted in one.name.casefold()][:_OFFERED]


def _handle(permit: Permit) -> str:
    return permit.link.handle if permit.link is not None else ""
