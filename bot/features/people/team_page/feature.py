"""Builds the sign-in to the page beside Discord."""

import os
from typing import Final

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.people.accounts.clients import sign_in_of
from bot.features.people.team_page.session_service import PageSessionService
from bot.features.people.team_page.sign_in_service import PageSignInService

_RANDOM: Final = os.urandom


def build(ctx: FeatureContext) -> Feature:
    """The pages themselves are served by `bot.web.team`, which asks the features that know."""
    signing = PageSignInService(
        ctx, discord=sign_in_of(ctx.settings, ctx.session), random=_RANDOM, public_url=ctx.settings.public_url
    )
    sessions = PageSessionService(ctx)
    return Feature(name="team page", services=(signing,), parts=(sessions,))
