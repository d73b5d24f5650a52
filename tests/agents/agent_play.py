"""An agent among strangers: it reads all it may through each door, for each role."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import aiohttp
from mcp import Client

from bot.access.policy import Action
from bot.access.roles import ALLOWS, TeamRole
from bot.features.inbox.program_drafts.pages import DRAFTS_PATH
from bot.features.operations.agent_tools.bridge_client import BridgeAddress
from bot.features.operations.agent_tools.server import agent_server
from bot.features.operations.api_keys.pages import KEY_PATH, KEYS_PATH
from bot.features.operations.channel_drafts.pages import drafts_path
from bot.features.operations.creator_context.pages import OPERATOR_PATH, PUBLIC_PATH
from bot.features.operations.creator_context.request_rules import NEEDS, ContextSection
from bot.features.operations.fan_context.pages import FAN_PATH, OPERATOR_FAN_PATH
from bot.features.operations.fan_context.request_rules import NEEDS as OF_FANS
from bot.features.operations.fan_context.request_rules import FanSection
from bot.features.operations.operator_requests.client import OperatorClient
from bot.sandbox.fanvue.records import AccountRecord
from bot.settings.loader import load
from storage.people.api_keys import ApiKeyScope
from tests.access.permission_specification import ALLOWED
from tests.agents.drafted_replies import drafted
from tests.agents.drafts_for_many import RIGHT, drafted_for_many
from tests.agents.engine_asked import asked
from tests.agents.events_out import sent_out
from tests.agents.orders import HIDDEN, orders
from tests.proofs.faults.live_bridge import LiveBridge, housed
from tests.proofs.faults.more_creators import move_in

Reads = Callable[[], Awaitable[Any]]
MONEY: Final = {ContextSection.SUBSCRIBERS, ContextSection.TOP_SPENDERS, ContextSection.EARNINGS}


@dataclass(frozen=True)
class AgentReport:
    """The figures; `good` where none says that something went wrong."""

    texts: int
    reads: int
    policy_cells: int
    policy_wrong: int
    exact_figures: int  # told to roles that see ranges or none
    sent: int
    changed: list[str]  # calls to Fanvue that are more than reading
    read_elsewhere: int
    fan_texts: int
    hidden_letters: int
    drafts: int
    drafts_unpressed: int  # that were out before anybody pressed
    drafts_astray: int  # whose press did not send, publish or save this text, once
    events: int  # that a program was to be told, while the bridge was killed so often
    kills: int
    events_lost: int
    events_with_two_ids: int
    events_unsigned: int
    events_twice: int  # under the same id, as is allowed
    engine_presses: int  # of the assistant's buttons, without an owner's yes
    engine_texts: int  # that an assistant was handed all the same
    engine_drafts: int  # that it made with the yes
    engine_unpressed: int  # messages that fans got of them

    @property
    def good(self) -> bool:
        harms = {name: value for name, value in asdict(self).items() if name not in _COUNTS}
        return not any(harms.values())


_READING: Final = {"POST /chats/messages/batch"}  # of the bridge's own sweeps: many chats at once
_COUNTS: Final = {
    "texts",
    "reads",
    "policy_cells",
    "drafts",
    "events",
    "kills",
    "events_twice",
    "engine_presses",
    "engine_drafts",
}


@dataclass(frozen=True)
class _Strangers:
    """A fan of the creator and one of the other, and all that is of the other."""

    own: str
    other: str
    foreign: set[str]


@dataclass(frozen=True)
class AgentSizes:
    """How many texts try to give orders, drafts of each kind, events that leave, and kills meanwhile."""

    texts: int
    drafts: int
    events: int
    kills: int


async def played(folder: Path, sizes: AgentSizes) -> AgentReport:
    """Strangers have written so many texts, half of them to another creator; the agent reads and drafts.

    Then a program is told of events, by a bridge of its own that dies again and again.
    """
    texts, drafts = sizes.texts, sizes.drafts
    told_out = await sent_out(_within(folder, "telling"), sizes.events, sizes.kills)
    written = list(orders(random.Random(7), texts))  # noqa: S311 - repeatable on purpose
    engine = await asked(_within(folder, "asking"), [" ".join(text.split()) for text in written[:drafts]])
    folder = _within(folder, "reading")
    async with housed(folder) as house:
        await house.stage.owner.slash(house.stage.guild, house.stage.lobby, "help")
        other = await move_in(house, 1)
        play = _AgentPlay(house, folder / "settings.env")
        # First: behind a thousand threads that open, each of these would wait its turn for minutes.
        unpressed, astray = await drafted(house, play.key_for_drafts, drafts)
        many = await drafted_for_many(house, play.address, play.with_key, drafts)
        unpressed, astray = unpressed + many[0], astray + many[1]
        await play.drafting()
        strangers = await _strangers(house, written, other)
        ledger = house.stage.fanvue.ledger
        before = len(ledger)
        told = [*await play.through_all_doors(), *await play.elsewhere(other.handle, other.uuid)]
        of_fans = await play.about_fans(strangers.own, strangers.other)
        since = [entry for entry in ledger if entry.number >= before]
        values = [(role, value) for role, answer in told for value in _texts(answer)]
        return AgentReport(
            texts=texts,
            reads=len(told) + len(of_fans),
            policy_cells=play.cells,
            policy_wrong=play.wrong,
            exact_figures=sum(_exact(answer) for role, answer in told if role is not TeamRole.OWNER),
            sent=sum(entry.kind == "message" and entry["sender"] == "creator" for entry in since),
            changed=[
                f"{entry['operation']} {entry['status']}"
                for entry in since
                if entry.kind == "request" and entry["method"] != "GET" and entry["operation"] not in _READING
            ],
            read_elsewhere=sum(value in strangers.foreign for _, value in values),
            fan_texts=sum("wrote this:" in value for _, value in values),
            hidden_letters=sum(bool(HIDDEN & set(value)) for _, value in values)
            + sum(bool(HIDDEN - {"\n"} & set(value)) for answer in of_fans for value in _texts(answer)),
            drafts=3 * drafts,  # replies, posts, templates
            drafts_unpressed=unpressed,
            drafts_astray=astray,
            **asdict(told_out),
            **asdict(engine),
        )


def _within(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


async def _strangers(house: LiveBridge, texts: Sequence[str], other: AccountRecord) -> _Strangers:
    """Each text is somebody's name and message, or a caption."""
    world, fans, foreign = house.stage.fanvue.world, dict[bool, str](), set[str]()
    for number, text in enumerate(texts):
        creator = house.stage.creator if number % 2 == 0 else other
        fan = world.add_fan(f"stranger{number}", text, creator)
        await fan.write(f"wrote this: {text}")
        item = world.add_media(creator, name=text)
        item.caption = text
        fans.setdefault(creator is other, fan.uuid)
        if creator is other:
            foreign |= {fan.uuid, fan.handle, item.uuid}
    while (waits := _waiting(house)) < len(texts):  # as long as it does not stand still
        await house.stored(partial(_more, house, waits))
    return _Strangers(fans[False], fans[True], foreign)


def _waiting(house: LiveBridge) -> int:
    return len(house.rows("SELECT 1 FROM talks WHERE waiting_since IS NOT NULL"))


def _more(house: LiveBridge, waits: int) -> bool:
    return _waiting(house) > waits


class _AgentPlay:
    def __init__(self, house: LiveBridge, env: Path) -> None:
        self._house = house
        settings = house.stage.bridge._settings
        env.write_text("".join(f"{name}='{value}'\n" for name, value in settings.items()))
        env.chmod(0o600)
        self._shell = OperatorClient(load({}, env))
        self._url = f"http://{settings['LISTEN']}"
        self._handle = house.stage.creator.handle
        self.cells = self.wrong = 0

    async def through_all_doors(self) -> list[tuple[TeamRole, Any]]:
        """The same for each role by shell, REST and MCP, which must agree with the specification."""
        found = []
        for role in (role for role in TeamRole if ALLOWS[role]):
            key = await self._key(role)
            for door in (self._by_shell(role), self._by_rest(key), self._by_mcp(key)):
                answer = await door()
                found.append((role, answer))
                for section in ContextSection:
                    self.cells += 1
                    self.wrong += _is_allowed(answer, section) is not _may(role, section)
        return found

    async def elsewhere(self, *others: str) -> list[tuple[TeamRole, Any]]:
        """An owner's key of one creator, held to another."""
        key = await self._key(TeamRole.OWNER)
        return [(TeamRole.OWNER, await self._by_rest(key, creator)()) for creator in others]

    async def about_fans(self, own: str, foreign: str) -> list[Any]:
        """One fan for each role through each door, and one of another creator, who is told to nobody."""
        found: list[Any] = []
        for role in (role for role in TeamRole if ALLOWS[role]):
            key = await self._key(role, ApiKeyScope.CHATS)
            path = OPERATOR_FAN_PATH, {"creator": self._handle, "fan": own}
            shell = await asyncio.to_thread(self._shell.ask, "GET", *path, {"role": str(role)})
            rest = await self._by_rest(key, path=FAN_PATH.replace("{fan}", own))()
            mcp = await self._by_mcp(key, "fan_context", fan=own)()
            for answer in (shell, rest, mcp):
                found.append(answer)
                for section in FanSection:
                    self.cells += 1
                    self.wrong += _is_allowed(answer, section) is not _may_read(role, section)
                self.wrong += (answer["card"]["spent"] is not None) is not _may(role, ContextSection.EARNINGS)
            refused = await self._by_rest(key, path=FAN_PATH.replace("{fan}", foreign))()
            self.wrong += set(refused) != {"error"}
            found.append(refused)
        return found

    async def key_for_drafts(self) -> tuple[str, str]:
        """A key that writes drafts, and the address it writes to."""
        return await self._key(TeamRole.CHATTER, ApiKeyScope.DRAFTS), self._url + DRAFTS_PATH.replace(
            "{creator}", self._handle
        )

    @property
    def address(self) -> str:
        """Where programs write about the creator: what stands before the paths of pages."""
        return self._url

    async def with_key(self, deed: Callable[[str], Awaitable[int]]) -> int:
        """Do it with an owner's key that writes drafts, and end that key."""
        key = await self._key(TeamRole.OWNER, ApiKeyScope.DRAFTS)
        said = await deed(key)
        await self._revoked(key)
        return said

    async def drafting(self) -> None:
        """A draft of each kind for each role, by REST and MCP: taken where the policy lets the role do it."""
        for role in (role for role in TeamRole if ALLOWS[role]):
            # Who answers nobody gets no key for drafts, so that role's is as wide as it can be.
            answers = str(role) in ALLOWED[Action.REPLY]
            key = await self._key(role, ApiKeyScope.DRAFTS if answers else ApiKeyScope.CHATS)
            for kind, tool, body in RIGHT:
                path = drafts_path(kind).replace("{creator}", self._handle)
                async with (
                    aiohttp.ClientSession(headers={"Authorization": f"Bearer {key}"}) as session,
                    session.post(self._url + path, json=body) as answer,
                ):
                    taken = [answer.status == HTTPStatus.CREATED]
                async with Client(agent_server(BridgeAddress(self._url, key, self._handle))) as client:
                    taken.append(not (await client.call_tool(tool, dict(body))).is_error)
                self.cells += len(taken)
                self.wrong += sum(one is not (str(role) in ALLOWED[kind.needs]) for one in taken)
            await self._revoked(key)  # its drafts end with it

    async def _revoked(self, key: str) -> None:
        parts = {"creator": self._handle, "key": key.split(".")[1]}
        await asyncio.to_thread(self._shell.ask, "DELETE", KEY_PATH, parts, {})

    async def _key(self, role: TeamRole, scope: ApiKeyScope = ApiKeyScope.DATA) -> str:
        asked = {"name": f"agent {role}", "role": str(role), "scope": str(scope)}
        made = await asyncio.to_thread(self._shell.ask, "POST", KEYS_PATH, {"creator": self._handle}, asked)
        return str(made["key"])

    def _by_shell(self, role: TeamRole) -> Reads:
        asked = {"role": str(role), "variants": "main,thumbnail,blurred", "limit": "200"}
        return lambda: asyncio.to_thread(
            self._shell.ask, "GET", OPERATOR_PATH, {"creator": self._handle}, asked
        )

    def _by_rest(self, key: str, creator: str | None = None, path: str = f"{PUBLIC_PATH}?limit=200") -> Reads:
        async def read() -> Any:
            url = self._url + path.replace("{creator}", creator or self._handle)
            headers = {"Authorization": f"Bearer {key}"}
            async with (
                aiohttp.ClientSession() as session,
                session.get(url, headers=headers) as answer,
            ):
                return await answer.json()

        return read

    def _by_mcp(self, key: str, tool: str = "creator_context", **words: str) -> Reads:
        async def read() -> Any:
            server = agent_server(BridgeAddress(self._url, key, self._handle))
            async with Client(server) as client:
                asked: dict[str, Any] = {**words} or {"limit": 200}
                return (await client.call_tool(tool, asked)).structured_content

        return read


def _may(role: TeamRole, section: ContextSection) -> bool:
    return str(role) in ALLOWED[NEEDS[section]]


def _is_allowed(answer: Any, section: str) -> bool:
    """Whether the policy let it through; Fanvue may have had no answer for it."""
    return answer[section] is not None or bool(answer["missing"][section]["why"] == "unavailable")


def _may_read(role: TeamRole, section: FanSection) -> bool:
    return str(role) in ALLOWED[OF_FANS[section]]


def _texts(answer: Any) -> Iterator[str]:
    """Every text in it, names of fields left out."""
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, dict):
        for value in answer.values():
            yield from _texts(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from _texts(value)


def _exact(answer: Any) -> int:
    """How many exact amounts or numbers of payments it tells; prices of media are for everybody."""
    told = {name: value for name, value in answer.items() if name in set(MONEY)}
    return json.dumps(told).count('"cents": ') - json.dumps(told).count('"cents": null')
