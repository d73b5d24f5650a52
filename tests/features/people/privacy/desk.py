"""A desk's privacy: every question is asked, and every answer is taken."""

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.features.people.privacy.answer_service import PrivacyAnswer, PrivacyAnswerService
from bot.features.people.privacy.choice_service import PrivacyChoiceService
from bot.features.people.privacy.erasure_service import CreatorErasureService
from bot.features.people.privacy.export_service import PrivacyExportService
from bot.features.people.privacy.forget_service import ForgetFanService
from bot.features.people.privacy.show_service import WholeLine, WholeLineService
from bot.model.ports import Post
from storage.records import CommandId, DiscordId
from tests.discord.desk import Desk, DeskServices
from tests.discord.desk_answers import answering


class DeskAnswering:
    """Takes every answer, and hands over a file with `content` if there is any."""

    content = b""

    async def yes(self, yes: ActionConfirmation) -> PrivacyAnswer:
        name = "export.json" if self.content else None
        said = f"Yes to {yes.action} {yes.question(yes.action)} by {yes.by.user}."
        return PrivacyAnswer(said, name, self.content)

    async def no(self, ref: str, by: DiscordId, action: Action) -> str:
        return f"No to {action} {ref} by {by}."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""

    def begin(command: CommandId, typed: str, yes: ActionConfirmation) -> str:
        ref = yes.question(Action.ERASE)
        return f"Begun {ref} by {yes.by.user} with {typed!r} ({command})."

    return (
        answering(
            CreatorErasureService,
            ask=lambda link, by: Post(body=(f"Erase all of @{link.handle} for {by}?",)),
            stage=lambda wish: CommandId(f"erase-{wish.interaction}"),
            begin=begin,
        )
        | answering(
            ForgetFanService,
            fans=lambda link, typed: [(f"A fan of @{link.handle} like {typed!r}", "a-fan")],
            ask=lambda link, by, channel, fan: Post(
                body=(f"Forget {fan or 'the fan'} of {channel} of @{link.handle} for {by}?",)
            ),
        )
        | answering(
            PrivacyChoiceService,
            mode=lambda link, by, mode: Post(body=(f"@{link.handle} to {mode} for {by}?",)),
            keep=lambda link, by, texts, records, money: Post(
                body=(f"@{link.handle} keeps {texts}, {records}, {money} for {by}?",)
            ),
            show=lambda link: Post(body=(f"What holds for @{link.handle}.",)),
        )
        | answering(
            PrivacyExportService,
            ask=lambda link, by, fan, thread: Post(
                body=(f"Export {fan} or {thread} of @{link.handle} for {by}?",)
            ),
            fans=lambda link, typed: [(f"A fan of @{link.handle} like {typed!r}", "a-fan")],
        )
        | answering(
            WholeLineService,
            show=lambda line, channel: WholeLine(Post(body=(f"The whole of {line} in {channel}.",))),
        )
        | {PrivacyAnswerService: DeskAnswering()}
    )
