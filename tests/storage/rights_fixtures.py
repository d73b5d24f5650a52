"""A signer for tests of storage, and one row of each kind of right."""

from dataclasses import replace

from bot.features.operations.keys.signer import RightsSigner
from bot.features.people.accounts.keyring import Keyring, MasterKey
from storage.database import Transaction
from storage.inbox import forum_setups, forums
from storage.people import (
    agent_grants,
    api_keys,
    assistant_consents,
    consents,
    creators,
    draft_rules,
    grants,
    page_sessions,
)
from storage.people.agent_grants import AgentGrantRecord
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope
from storage.people.assistant_consents import AssistantConsent
from storage.people.draft_rules import DraftRule
from storage.people.page_sessions import PageSessionRecord
from storage.records import DiscordId, Link, LinkId, LinkState
from tests.storage.record_fixtures import CREATOR, GUILD, forum

OWNER, MEMBER, TEAM = DiscordId(30), DiscordId(31), DiscordId(32)
FORUM = DiscordId(20)
RING = Keyring([MasterKey("111", b"r" * 32)])


class CountingSigner(RightsSigner):
    """Writes down whose rows were refused."""

    def __init__(self, ring: Keyring = RING) -> None:
        self.tables: list[str] = []
        super().__init__(ring, count=self.tables.append)


async def fill(tx: Transaction, number: int = 1) -> None:
    """A known creator is linked and on a server, with a forum and a team. `number`: in what has an id."""
    link = Link(
        LinkId(f"link-{number}"), CREATOR, OWNER, GUILD, 1, LinkState.ACTIVE, "openid read:chat", "luna"
    )
    await creators.add_link(tx, link, now=1)
    await consents.give(tx, CREATOR, GUILD, "owner", by=OWNER, now=2)
    await consents.give(tx, CREATOR, GUILD, "server", by=MEMBER, now=2)
    await forums.add(tx, forum(int(FORUM), creator=CREATOR), 3)
    await forum_setups.note(tx, FORUM, by=OWNER, team=TEAM, now=3)
    for kind, subject in (("member", MEMBER), ("role", TEAM)):
        given = grants.GrantRecord(
            f"{kind}-{number}", CREATOR, GUILD, kind, subject, "chatter", "price", "", None, OWNER, 4
        )
        await grants.put(tx, given)
    key = ApiKeyRecord(f"key-{number}", CREATOR, "n8n", "0" * 64, "chatter", made_at=5, expires_at=6)
    await api_keys.add(tx, replace(key, scope=ApiKeyScope.DRAFTS))
    secrets = ("1" * 64, "https://bridge.example/api/v1/mcp", "2" * 64, "3" * 64, "4" * 64)
    await agent_grants.add(tx, AgentGrantRecord(key.id, CREATOR, *secrets, 7))
    await draft_rules.put(tx, DraftRule(CREATOR, "reply", 20, 0, 0, 5, OWNER), now=8)
    session = PageSessionRecord(f"session-{number}", MEMBER, GUILD, "offered", f"{number}" * 64, None, 9**15)
    await page_sessions.offer(tx, session, now=9)
    await assistant_consents.put(
        tx, CREATOR, AssistantConsent("https://model.example", frozenset({"draft"}), OWNER), now=10
    )
