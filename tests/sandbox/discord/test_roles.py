"""Roles: made, given, changed, deleted, and only by those who stand above them."""

from bot.sandbox.discord.permissions import ADMINISTRATOR, MANAGE_ROLES
from tests.sandbox.discord.conftest import FurnishedDiscord, PlainDiscordApi


async def test_a_role_is_made_given_changed_taken_and_deleted(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    guild, victor = f"/guilds/{still.guild.id}", still.ids["victor"]
    made = (await api("POST", f"{guild}/roles", {"name": "Helper", "mentionable": True}))[1]
    held = f"{guild}/members/{victor}/roles/{made['id']}"

    assert (await api("PUT", held))[0] == 204
    assert (await api("GET", f"{guild}/members/{victor}"))[1]["roles"] == [made["id"]]
    changed = (await api("PATCH", f"{guild}/roles/{made['id']}", {"name": "Helpers", "color": 255}))[1]
    assert (changed["name"], changed["color"], changed["mentionable"]) == ("Helpers", 255, True)
    assert (await api("DELETE", held))[0] == 204
    whole = await api("PATCH", f"{guild}/members/{victor}", {"roles": [made["id"]]})
    assert whole[1]["roles"] == [made["id"]]
    assert (await api("DELETE", f"{guild}/roles/{made['id']}"))[0] == 204
    assert still.guild.members[victor].roles == []


async def test_nobody_gives_what_they_lack_or_touches_a_role_at_their_own_height(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    guild = f"/guilds/{still.guild.id}"
    own = next(role for role in still.guild.roles.values() if role.managed_by)
    above = still.server.world.add_role(still.guild, "Boss")
    refused = [
        await api("POST", f"{guild}/roles", {"permissions": str(ADMINISTRATOR)}),
        await api("PATCH", f"{guild}/roles/{own.id}", {"name": "Mine"}),
        await api("PUT", f"{guild}/members/{still.ids['maya']}/roles/{above.id}"),
        await api("DELETE", f"{guild}/roles/{above.id}"),
    ]
    own.permissions &= ~MANAGE_ROLES
    refused.append(await api("POST", f"{guild}/roles", {"name": "Helper"}))

    assert [answer["code"] for _, answer in refused] == [50013] * 5
