"""The whole examination: every check by itself, side by side, under its heading."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.engine.instance_lock import path_of_lock
from bot.engine.readiness_probes import LEAST, LITTLE
from bot.fanvue.inspection import StoredTokens, speak, tell_answers, why_no_consent
from bot.fanvue.oauth import challenge_of
from bot.fanvue.transport import open_http
from bot.features.operations.doctor import (
    backup_checks,
    database_checks,
    discord_checks,
    fanvue_checks,
    link_checks,
    machine_checks,
    reach_checks,
    webhook_checks,
)
from bot.features.operations.doctor.check_runner import SECONDS, bounded
from bot.features.operations.doctor.clock_checks import ClockComparison
from bot.features.operations.doctor.counter_checks import counters
from bot.features.operations.doctor.findings import DoctorFinding, FindingGroup, bad, ok, unknown, warn
from bot.features.operations.doctor.link_checks import LinkRules
from bot.features.operations.doctor.outgoing_checks import outgoing
from bot.features.operations.doctor.report import SETTINGS
from bot.features.operations.doctor.snapshot import DoctorSnapshot, LinkSnapshot
from bot.features.operations.keys.ring import keyring_of
from bot.features.people.accounts import browser_secrets
from bot.features.people.accounts.clients import allowed_places, fanvue_of, oauth_of
from bot.model.ports import Clock
from bot.settings.loader import SettingsError
from bot.settings.model import Settings
from bot.settings.value_rules import WEBHOOK_PATH
from storage.engine.connect import site_of
from storage.engine.site import Site
from storage.errors import StorageError
from storage.records import LinkKind, Millis

Check = Callable[[], Awaitable[Sequence[DoctorFinding]]]

_FANVUE, _DISCORD = "Fanvue", "Discord"


@dataclass(frozen=True)
class DoctorContext:
    """The examined parts, and the tools."""

    settings: Settings
    env_file: Path
    environ: Mapping[str, str]
    version: str  # of this program
    clock: Clock
    random: browser_secrets.Random
    free: machine_checks.Free = machine_checks.free_space


def wrong_settings(error: SettingsError) -> Sequence[FindingGroup]:
    """All that can be said without settings: which are wrong, in the words of `run`."""
    return [FindingGroup(SETTINGS, [bad(wrong.name, wrong.reason, wrong.where) for wrong in error.problems])]


async def examine(premises: DoctorContext) -> Sequence[FindingGroup]:
    """Look at everything. Never raises for what it finds."""
    settings = premises.settings
    try:
        site = site_of(settings.database_url)
    except StorageError as error:
        return [FindingGroup("Database", [bad("database", str(error), "Then ask again.")])]
    memory, about = await bounded(
        "database",
        partial(asyncio.to_thread, database_checks.opened, site, keyring_of(settings)),
        lambda told: (None, [told]),
    )
    clocks = ClockComparison()
    seen = await reach_checks.running(
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
    clock = FindingGroup("Clock", clocks.findings(_DISCORD, _FANVUE))
    now, found = premises.clock.now(), [group for some in groups for group in some]
    return [*found, clock, _people(memory, now), *webhook_checks.programs(memory, now)]


def _aside(look: Callable[..., Sequence[DoctorFinding]], *at: object) -> Check:
    """A look that waits for files, so that it must not hold up the others."""
    return partial(asyncio.to_thread, look, *at)


async def _group(
    title: str, checks: Mapping[str, Check], first: Sequence[DoctorFinding] = ()
) -> FindingGroup:
    """The findings of all checks, each with the name that it has if it does not come to its end."""
    found = await asyncio.gather(
        *(bounded(name, check, lambda told: [told]) for name, check in checks.items())
    )
    return FindingGroup(title, [*first, *(one for some in found for one in some)])


async def _machine(premises: DoctorContext, site: Site) -> Sequence[FindingGroup]:
    settings = premises.settings
    path = site.file or settings.state_folder() / "identify.json"
    checks: dict[str, Check] = {
        "program": _aside(machine_checks.program, premises.version),
        "disk": _aside(machine_checks.disk, path, premises.free, LEAST if site.file else LITTLE),
        "files": _aside(machine_checks.files, path, premises.env_file, settings.encryption_keys_file),
    }
    return [
        await _group(
            "This machine", checks, [_settings(settings, site), *machine_checks.near(premises.environ)]
        )
    ]


def _settings(settings: Settings, site: Site) -> DoctorFinding:
    """That they are complete is known here: they were read."""
    if settings.discord_shards > 1 and site.file is not None:
        said = (
            f"DISCORD_SHARDS={settings.discord_shards} takes as many processes, and a SQLite file is for one"
        )
        do = "Set DISCORD_SHARDS=1, or DATABASE_URL to a PostgreSQL database (docs/scaling.md)."
        return bad("settings", said, do)
    return ok("settings", "complete, and they fit together")


async def _database(
    premises: DoctorContext, site: Site, memory: DoctorSnapshot | None, about: Sequence[DoctorFinding]
) -> Sequence[FindingGroup]:
    checks: dict[str, Check] = {"damage": _aside(database_checks.whole, site)}
    if memory is not None:
        checks["servers"] = _aside(database_checks.bot, memory, premises.settings.discord_application_id)
        checks["origin"] = _aside(database_checks.origin, memory, site)
        checks["keys"] = _aside(database_checks.keys, keyring_of(premises.settings), memory, site)
        checks["rights"] = _aside(database_checks.rights, memory)
        checks["offered"] = _aside(database_checks.offered, memory)
        now = premises.clock.now()
        checks["backup"] = _aside(backup_checks.backups, premises.settings, memory.begun, now)
    return [await _group("Database", checks, about)]


async def _discord(
    premises: DoctorContext, memory: DoctorSnapshot | None, clocks: ClockComparison
) -> Sequence[FindingGroup]:
    check = partial(
        discord_checks.discord,
        premises.settings,
        None if memory is None else memory.forums_of(premises.settings.discord_application_id),
        clock=premises.clock,
        answered=clocks.noting(_DISCORD),
    )
    return await bounded(
        "Discord", check, lambda told: [FindingGroup(_DISCORD, [told])], seconds=2 * SECONDS + 1
    )  # signing in and the servers have their own bounds


async def _fanvue(
    premises: DoctorContext, memory: DoctorSnapshot | None, clocks: ClockComparison
) -> Sequence[FindingGroup]:
    """Fanvue itself, then every linked creator."""
    settings, now = premises.settings, premises.clock.now()
    async with open_http(total=SECONDS - 1, private=allowed_places(settings)) as http:
        tell_answers(http, premises.clock, clocks.noting(_FANVUE))
        tokens = {} if memory is None else link_checks.good_tokens(keyring_of(settings), memory, now)
        fanvue = fanvue_of(settings, http, StoredTokens(tokens), premises.clock)
        begins = oauth_of(settings, http).authorize_url(
            state=browser_secrets.new_secret(premises.random),
            challenge=challenge_of(browser_secrets.new_secret(premises.random)),
            scopes=settings.fanvue_scopes,
        )
        checks: dict[str, Check] = {
            "API": partial(fanvue_checks.api, partial(speak, fanvue), settings.fanvue_api_version),
            "addresses": partial(fanvue_checks.addresses, fanvue.asks, settings),
            "app": partial(fanvue_checks.app, partial(why_no_consent, http, begins)),
            "known": _aside(fanvue_checks.known, settings, memory, now),
        }
        linked = [
            _link(one, settings, partial(link_checks.sign_in, one, fanvue, tokens, now), now)
            for one in (memory.links if memory is not None else ())
        ]
        return await asyncio.gather(_group(_FANVUE, checks), *linked)


async def _link(one: LinkSnapshot, settings: Settings, sign_in: Check, now: int) -> FindingGroup:
    rules = LinkRules(
        scopes=settings.fanvue_scopes,
        automatic=settings.fanvue_subscribe == "auto",
        hook_url=settings.public_url + WEBHOOK_PATH,
    )

    async def rest() -> Sequence[DoctorFinding]:
        return [
            link_checks.forum(one),
            link_checks.chats(one),
            *link_checks.scopes(one, rules),
            *link_checks.events(one, rules, now),
        ]

    async def members() -> Sequence[DoctorFinding]:
        return list(link_checks.scopes(one, rules))

    async def stewards() -> Sequence[DoctorFinding]:
        return [link_checks.forum(one), link_checks.chats(one), link_checks.swept()]

    match one.link.kind:
        case LinkKind.MEMBER:
            return await _group(f"Member @{one.link.handle}", {"Fanvue sign-in": sign_in, "link": members})
        case LinkKind.STEWARD:
            return await _group(f"Creator @{one.link.handle}", {"link": stewards})
        case _:
            return await _group(f"Creator @{one.link.handle}", {"Fanvue sign-in": sign_in, "link": rest})


async def _addresses(settings: Settings, seen: reach_checks.ObservedBridge) -> Sequence[FindingGroup]:
    checks: dict[str, Check] = {
        "LISTEN": partial(reach_checks.local, seen, settings),
        "PUBLIC_URL": partial(reach_checks.public, seen, settings),
        "counters": partial(counters, settings),
        **outgoing(settings),
    }
    first = [*reach_checks.process(seen, settings), *reach_checks.callbacks(settings)]
    return [await _group("Addresses", checks, first)]


def _people(memory: DoctorSnapshot | None, now: Millis) -> FindingGroup:
    """Linked creators, and waiting problems."""
    if memory is None:
        do = "Fix the line “database” first."
        return FindingGroup("People", [unknown("creators", "the database could not be read", do)])
    found = [ok("creators", f"{len(memory.links)} linked")]
    if not memory.links:
        found = [warn("creators", "nobody is linked", "Run /setup, then /link, in Discord.")]
    if memory.link_failed is not None:
        found.append(link_checks.failed(*memory.link_failed, now))
    if memory.waiting:
        said = f"waiting for a person to decide: {memory.waiting}"
        return FindingGroup("People", [*found, warn("waiting", said, "See /inbox problems in Discord.")])
    return FindingGroup("People", [*found, ok("waiting", "nothing needs your attention")])
