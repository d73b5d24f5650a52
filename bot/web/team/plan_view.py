"""Planning a post or a mass message: the form, and what comes of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel

from bot.access.policy import Action
from bot.features.publishing.mass_messages.audience import SMART, FanList, shown_plain
from bot.features.publishing.mass_messages.feature import AudienceListSuggestions
from bot.features.publishing.page_plans.service import (
    PagePlanDenied,
    PagePlanRefused,
    PagePlanService,
    PlanForm,
)
from bot.features.publishing.posts.plan_rules import AUDIENCES
from bot.features.publishing.program_mass_drafts.model import MassDraftBody
from bot.features.publishing.program_post_drafts.model import PostDraftBody
from bot.model.draft_source import DraftKind
from bot.model.errors import DeliveryFailed
from bot.model.language import msgid, tr
from bot.web.team.fan_list_boxes import OfferedList
from bot.web.team.page_pictures import PagePictures
from bot.web.team.picture_tiles import chosen_frames
from bot.web.team.plan_fields import MOST_ITEMS, PlanRead, PlanTyped, read, typed_in
from bot.web.team.plan_form import PlanSheet, drawn
from bot.web.team.views import FormAnswer, PageView, SentForm, ViewDenied, ViewRequest, ViewUnavailable
from storage.records import MediaId

CALENDAR: Final = "calendar"
_NO_LISTS = msgid("We can't reach Fanvue for its lists right now. Your text is here; try again in a minute.")
_OTHER_SESSION = msgid(
    "Not planned: you signed in again since you opened this form. Check it and press again."
)


@dataclass(frozen=True)
class PlanKind:
    """What can be planned here. `lists`: it goes to lists of fans."""

    key: str
    name: str
    chosen: str  # the button below ticked items of the vault
    kind: DraftKind
    needs: Action
    body: Callable[[PlanTyped, PlanRead], BaseModel]
    lists: bool = False

    @property
    def address(self) -> str:
        """Below the creator's pages."""
        return f"{CALENDAR}/{self.key}"


def _post(typed: PlanTyped, meant: PlanRead) -> BaseModel:
    audience = typed.audience if typed.audience in AUDIENCES else next(iter(AUDIENCES))
    return PostDraftBody.model_validate(
        {
            "text": typed.text,
            "price_cents": meant.price,
            "media": list(typed.items),
            "audience": audience,
            "at": meant.at,
        }
    )


def _mass(typed: PlanTyped, meant: PlanRead) -> BaseModel:
    return MassDraftBody.model_validate(
        {
            "text": typed.text,
            "price_cents": meant.price,
            "media": list(typed.items),
            "to": list(typed.to.values()),
            "except": list(typed.without.values()),
            "at": meant.at,
        }
    )


_POST_WITH, _MASS_WITH = msgid("Plan a post with these"), msgid("Plan a mass message with these")
POST = PlanKind("post", msgid("Plan a post"), _POST_WITH, DraftKind.POST, Action.POST, _post)
MASS = PlanKind(
    "mass", msgid("Plan a mass message"), _MASS_WITH, DraftKind.MASS_MESSAGE, Action.MASS, _mass, lists=True
)
PLANS: Final = (POST, MASS)


class PlanView:
    """One kind's form. It decides nothing: a draft waits on Discord for a person's press."""

    def __init__(
        self,
        what: PlanKind,
        planning: PagePlanService,
        lists: AudienceListSuggestions,
        pictures: PagePictures,
        random: Callable[[int], bytes],
    ) -> None:
        """`random`: of which forms have their ids."""
        self._random = random
        self._what = what
        self._planning = planning
        self._lists = lists
        self._pictures = pictures

    def view(self) -> PageView:
        what = self._what
        return PageView(
            what.address, what.name, what.needs, self._read, send=self._send, under=CALENDAR, images=True
        )

    async def _read(self, asked: ViewRequest) -> str:
        try:
            lists = await self._offered(asked)
        except DeliveryFailed as failed:
            raise ViewUnavailable(tr("We can't reach Fanvue right now. Try again in a minute.")) from failed
        typed = typed_in(asked.query)
        frames = await self._frames(asked, typed)
        return drawn(asked, PlanSheet(typed, self._id(), {}, lists, frames=frames))

    async def _send(self, asked: ViewRequest, sent: SentForm) -> FormAnswer:
        typed = typed_in(sent.fields)
        if not sent.own or not typed.form:
            return await self._again(asked, typed, {}, tr(_OTHER_SESSION), status=400)
        meant = read(typed, asked.now, asked.zone, lists=self._what.lists)
        if meant.wrong:
            return await self._again(asked, typed, meant.wrong)
        form = PlanForm(typed.form, {name: said for name, said in sent.fields.items() if name != "csrf"})
        try:
            ref = await self._planning.plan(
                asked.permit.actor, self._what.kind, asked.creator, form, self._what.body(typed, meant)
            )
        except PagePlanDenied as denied:
            raise ViewDenied from denied
        except PagePlanRefused as refused:
            return await self._again(asked, typed, {}, str(refused), status=409, anew=refused.again)
        return FormAnswer(where=f"/page/{asked.creator}/{CALENDAR}?planned={ref}")

    async def _again(
        self,
        asked: ViewRequest,
        typed: PlanTyped,
        wrong: Mapping[str, str],
        problem: str = "",
        *,
        status: int = 422,
        anew: bool = False,
    ) -> FormAnswer:
        """The form as it was filled in. `anew`: what is pressed next is another form."""
        try:
            lists = await self._offered(asked)
        except DeliveryFailed:
            lists = []  # those that are ticked stay
            problem = problem or tr(_NO_LISTS)
        form = self._id() if anew or not typed.form else typed.form
        sheet = PlanSheet(typed, form, wrong, lists, problem, await self._frames(asked, typed))
        return FormAnswer(html=drawn(asked, sheet), status=status)

    async def _frames(self, asked: ViewRequest, typed: PlanTyped) -> Mapping[str, str]:
        """Pictures of what was chosen, for whom the vault would show them."""
        media = [MediaId(key) for key in typed.items][:MOST_ITEMS]
        if not media or Action.MEDIA not in asked.permits:
            return {}
        known = await self._pictures.rows(asked, media)
        return chosen_frames(asked, media, known, shown=await self._pictures.shown(asked))

    def _id(self) -> str:
        return self._random(16).hex()

    async def _offered(self, asked: ViewRequest) -> Sequence[OfferedList] | None:
        """None where no fans are chosen. Raises one of the errors of delivery."""
        if not self._what.lists:
            return None
        known = await self._lists.known(asked.creator)
        names = [one.name.strip().casefold() for one in known]
        return [
            OfferedList(one.id, _value(one, names), one.name, shown_plain(one), own=one.kind == SMART)
            for one in known
        ]


def _value(one: FanList, names: Sequence[str]) -> str:
    """What a draft calls it: its name, unless that is no clear one."""
    name = one.name.strip()
    clear = name and "," not in name and names.count(name.casefold()) == 1
    return name if clear else one.id
