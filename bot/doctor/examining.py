"""The whole examination: every check by itself, side by side, under its heading."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.accounts import secrets
from bot.doctor import database, discord_side, fanvue_side, links, machine, reaching
from bot.doctor.bounded import SECONDS, bounded
from bot.doctor.clocks import Clocks
from bot.doctor.findings import Finding, Group, bad, ok, unknown, warn
from bot.doctor.links import LinkRules
from bot.doctor.memory import Memory, Remembered
from bot.doctor.signatures import signatures
from bot.engine.instance_lock import path_of_lock
from bot.engine.readiness_probes import LEAST, LITTLE
from bot.fanvue.inspection import StoredTokens, speak, tell_answers, why_no_consent
from bot.fanvue.oauth import challenge_of
from bot.fanvue.transport import open_http
from bot.features.people.accounts.clients import allowed_places, fanvue_of, oauth_of
from bot.keys.ring import keyring_of
from bot.model.ports import Clock
from bot.settings.loader import SettingsError, settings_named
from bot.settings.model import Settings
from bot.settings.problem_texts import misspelt
from bot.settings.value_rules import WEBHOOK_PATH
from storage.engine.connect import site_of
from storage.engine.site import Site
from storage.errors import StorageError
from storage.records import LinkKind, Millis

Check = Callable[[], Awaitable[Sequence[Finding]]]

_FANVUE, _DISCORD = "Fanvue", "Discord"


@dataclass(frozen=True)
class Premises:
    """What is examined, and with what."""

    settings: Settings
    env_file: Path
    environ: Mapping[str, str]
    version: str  # of this program
    clock: Clock
    random: secrets.Random
    free: machine.Free = machine.free_space


def wrong_settings(error: SettingsError) -> Sequence[Group]:
    """All that can be said without settings: which are wrong, in the words of `run`."""
    return [Group("Settings", [bad(wrong.name, wrong.reason, wrong.where) for wrong in error.problems])]


async def examine(premises: Premises) -> Sequence[Group]:
    """Look at everything. Never raises for what it finds."""
    settings = premises.settings
    try:
        site = site_of(settings.database_url)
    except StorageError as error:
        return [Group("Database", [bad("database", str(error), "Then ask again.")])]
    memory, about = await bounded(
        "database",
        partial(asyncio.to_thread, database.opened, site, keyring_of(settings)),
        lambda told: (None, [told]),
    )
    clocks = Clocks()
    seen = await reaching.running(
        settings,
        site,
        path_of_lock(settings.discord_application_id, settings.discord_api_url, premises.environ),
    )
    groups = await asyncio.gather(
        _machine(premises, site),
        _database(premises, site, memory, about),
        _discord(premises, memory, clocks),
        _fanvue(premises, memory, clocks),
        _addresses(settings, seen),
    )
    clock = Group("Clock", clocks.findings(_DISCORD, _FANVUE))
    return [*(group for some in groups for group in some), clock, _people(memory, premises.clock.now())]


def _aside(look: Callable[..., Sequence[Finding]], *at: object) -> Check:
    """A look that waits for files, so that it must not hold up the others."""
    return partial(asyncio.to_thread, look, *at)


async def _group(title: str, checks: Mapping[str, Check], first: Sequence[Finding] = ()) -> Group:
    """The findings of all checks, each with the name that it has if it does not come to its end."""
    found = await asyncio.gather(
        *(bounded(name, check, lambda told: [told]) for name, check in checks.items())
    )
    return Group(title, [*first, *(one for some in found for one in some)])


async def _machine(premises: Premises, site: Site) -> Sequence[Group]:
    path = site.file or premises.settings.state_folder() / "identify.json"
    checks: dict[str, Check] = {
        "program": _aside(machine.program, premises.version),
        "disk": _aside(machine.disk, path, premises.free, LEAST if site.file else LITTLE),
        "files": _aside(machine.files, path, premises.env_file, premises.settings.encryption_keys_file),
    }
    return [
        await _group("This machine", checks, [_settings(premises.settings, site), *_near(premises.environ)])
    ]


def _near(environ: Mapping[str, str]) -> Sequence[Finding]:
    """Names in the environment that are nearly settings; in the file of settings a start refuses them."""
    do = "Write it right, or take it away if another program needs it."
    return [warn(near.name, near.reason, do) for near in misspelt(environ, settings_named())]


def _settings(settings: Settings, site: Site) -> Finding:
    """That they are complete is known here: they were read."""
    if settings.discord_shards > 1 and site.file is not None:
        said = (
            f"DISCORD_SHARDS={settings.discord_shards} takes as many processes, and a SQLite file is for one"
        )
        do = "Set DISCORD_SHARDS=1, or DATABASE_URL to a PostgreSQL database (docs/scaling.md)."
        return bad("settings", said, do)
    return ok("settings", "complete, and they fit together")


async def _database(
    premises: Premises, site: Site, memory: Memory | None, about: Sequence[Finding]
) -> Sequence[Group]:
    checks: dict[str, Check] = {"damage": _aside(database.whole, site)}
    if memory is not None:
        checks["servers"] = _aside(database.bot, memory, premises.settings.discord_application_id)
        checks["origin"] = _aside(database.origin, memory, site)
        checks["keys"] = _aside(database.keys, keyring_of(premises.settings), memory, site)
        checks["rights"] = _aside(database.rights, memory)
    return [await _group("Database", checks, about)]


async def _discord(premises: Premises, memory: Memory | None, clocks: Clocks) -> Sequence[Group]:
    check = partial(
        discord_side.discord,
        premises.settings,
        None if memory is None else memory.forums_of(premises.settings.discord_application_id),
        clock=premises.clock,
        answered=clocks.noting(_DISCORD),
    )
    return await bounded(
        "Discord", check, lambda told: [Group(_DISCORD, [told])], seconds=2 * SECONDS + 1
    )  # signing in and the servers have their own bounds


async def _fanvue(premises: Premises, memory: Memory | None, clocks: Clocks) -> Sequence[Group]:
    """Fanvue itself, then every linked creator."""
    settings, now = premises.settings, premises.clock.now()
    async with open_http(total=SECONDS - 1, private=allowed_places(settings)) as http:
        tell_answers(http, premises.clock, clocks.noting(_FANVUE))
        tokens = {} if memory is None else links.good_tokens(keyring_of(settings), memory, now)
        fanvue = fanvue_of(settings, http, StoredTokens(tokens), premises.clock)
        begins = oauth_of(settings, http).authorize_url(
            state=secrets.new_secret(premises.random),
            challenge=challenge_of(secrets.new_secret(premises.random)),
            scopes=settings.fanvue_scopes,
        )
        checks: dict[str, Check] = {
            "API": partial(fanvue_side.api, partial(speak, fanvue), settings.fanvue_api_version),
            "addresses": partial(fanvue_side.surfaces, fanvue.asks, settings.fanvue_api_prefix),
            "app": partial(fanvue_side.app, partial(why_no_consent, http, begins)),
        }
        linked = [
            _link(one, settings, partial(links.sign_in, one, fanvue, tokens, now), now)
            for one in (memory.links if memory is not None else ())
        ]
        return await asyncio.gather(_group(_FANVUE, checks), *linked)


async def _link(one: Remembered, settings: Settings, sign_in: Check, now: int) -> Group:
    rules = LinkRules(
        scopes=settings.fanvue_scopes,
        automatic=settings.fanvue_subscribe == "auto",
        hook_url=settings.public_url + WEBHOOK_PATH,
    )

    async def rest() -> Sequence[Finding]:
        return [links.forum(one), links.chats(one), *links.scopes(one, rules), *links.events(one, rules, now)]

    async def members() -> Sequence[Finding]:
        return list(links.scopes(one, rules))

    async def stewards() -> Sequence[Finding]:
        return [links.forum(one), links.chats(one), links.swept()]

    match one.link.kind:
        case LinkKind.MEMBER:
            return await _group(f"Member @{one.link.handle}", {"Fanvue sign-in": sign_in, "link": members})
        case LinkKind.STEWARD:
            return await _group(f"Creator @{one.link.handle}", {"link": stewards})
        case _:
            return await _group(f"Creator @{one.link.handle}", {"Fanvue sign-in": sign_in, "link": rest})


async def _addresses(settings: Settings, seen: reaching.Running) -> Sequence[Group]:
    checks: dict[str, Check] = {
        "LISTEN": partial(reaching.local, seen, settings),
        "PUBLIC_URL": partial(reaching.public, seen, settings),
        "signatures": partial(signatures, settings),
    }
    first = [*reaching.process(seen, settings), *reaching.callbacks(settings)]
    return [await _group("Addresses", checks, first)]


def _people(memory: Memory | None, now: Millis) -> Group:
    """Who is linked, and what waits for a word."""
    if memory is None:
        do = "Mend the line “database” first."
        return Group("People", [unknown("creators", "the database could not be read", do)])
    found = [ok("creators", f"{len(memory.links)} linked")]
    if not memory.links:
        found = [warn("creators", "nobody is linked", "Run /setup, then /link, in Discord.")]
    if memory.link_failed is not None:
        found.append(links.failed(*memory.link_failed, now))
    if memory.waiting:
        said = f"for a person to decide: {memory.waiting}"
        return Group("People", [*found, warn("waiting", said, "Look at /inbox problems in Discord.")])
    return Group("People", [*found, ok("waiting", "nothing waits for a person")])
