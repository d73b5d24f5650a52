"""Builds the page beside Discord out of what the features know."""

import asyncio
import os
from dataclasses import dataclass

from bot.app.context import AppContext
from bot.app.relay import asked_anew
from bot.discord.age_restriction import AgeRestriction
from bot.discord.membership import GuildMembership
from bot.engine.denials import DenialRecorder
from bot.features.contract import BuiltFeatures
from bot.features.discord_ports import DiscordPorts
from bot.features.http_pages import HttpPage
from bot.features.inbox.board.service import BoardService
from bot.features.money.ledger.feature import LedgerFeature
from bot.features.money.reports.service import EarningsReportService
from bot.features.operations.creator_context.plan_sections import PlanSectionReader
from bot.features.people.home.service import HomeService
from bot.features.people.languages.service import LanguageService
from bot.features.people.team_page.session_service import PageSessionService
from bot.features.people.team_page.sign_in_service import PageSignInService
from bot.features.publishing.mass_messages.feature import MassMessagesFeature
from bot.features.publishing.page_plans.service import PagePlanService
from bot.features.publishing.picker.shelf_reader import PickerShelfReader
from bot.features.publishing.picker.vault_pictures import VaultPictures
from bot.web.team.calendar_view import CalendarView
from bot.web.team.door import DoorParts, TeamPageDoor
from bot.web.team.earnings_view import EarningsView
from bot.web.team.members import PatientMembers
from bot.web.team.page_pictures import PagePictures
from bot.web.team.pages import TeamPages
from bot.web.team.plan_view import PLANS, PlanView
from bot.web.team.sign_in import TeamSignInPages
from bot.web.team.vault_view import vault_view
from bot.web.team.views import PageView
from bot.web.team.waiting_view import waiting_view


@dataclass(frozen=True)
class TeamPageSite:
    """The pages before the sign-in, and those behind it."""

    signing: TeamSignInPages
    pages: TeamPages

    def entries(self) -> tuple[HttpPage, ...]:
        """All of them."""
        return (*self.signing.entries(), *self.pages.entries())


def team_page_of(core: AppContext, features: BuiltFeatures, ports: DiscordPorts) -> TeamPageSite:
    """Any process that listens for the outside serves them."""
    settings, sessions = core.settings, features.get(PageSessionService)
    door = TeamPageDoor(
        DoorParts(
            sessions=sessions,
            members=PatientMembers(GuildMembership(ports.direct), asyncio.sleep),
            language=features.get(LanguageService).of_member,
            unserved=core.serving.refuses,
            clock=core.clock,
            proxies=settings.trusted_proxies,
        ),
        public_url=settings.public_url,
        sign_in_url=settings.discord_authorize_url,
    )
    denials = DenialRecorder(database=core.database, trail=core.effects.trail, clock=core.clock)
    pages = TeamPages(
        door,
        database=core.database,
        views=views_of(features, _pictures(core, features, ports)),
        parts=features.get(HomeService).parts,
        denied=denials.note,
        clock=core.clock,
    )
    signing = TeamSignInPages(features.get(PageSignInService), sessions, door, os.urandom)
    return TeamPageSite(signing, pages)


def _pictures(core: AppContext, features: BuiltFeatures, ports: DiscordPorts) -> PagePictures:
    """Of media nothing else is asked than whether the forum is for adults, whatever texts may do."""
    lasts = asked_anew(core.together.roles, core.settings.discord_shards) / core.divisor
    gate = AgeRestriction(ports.bot, lasts=lasts)
    return PagePictures(
        features.get(VaultPictures),
        restricted=gate.restricted,
        database=core.database,
        pause=asyncio.sleep,
    )


def views_of(features: BuiltFeatures, pictures: PagePictures) -> tuple[PageView, ...]:
    """The pages about a creator, in the order of the navigation."""
    planning, lists = features.get(PagePlanService), features.get(MassMessagesFeature).lists
    return (
        waiting_view(features.get(BoardService), features.get(HomeService).parts),
        EarningsView(features.get(EarningsReportService), features.get(LedgerFeature).books).view(),
        CalendarView(features.get(PlanSectionReader), planning, asyncio.sleep).view(),
        *(PlanView(what, planning, lists, pictures, os.urandom).view() for what in PLANS),
        vault_view(features.get(PickerShelfReader), pictures),
    )
