"""Builds rules by which drafts of programs leave without a press."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.operations.draft_rules import setting_rows
from bot.features.operations.draft_rules.model import DRAFT_RULE_SENDERS
from bot.features.operations.draft_rules.runner import DraftRuleRunner
from bot.features.operations.draft_rules.setting import DraftRuleSetting
from bot.features.operations.draft_rules.turns import DraftRuleTurns


def build_rules(ctx: FeatureContext) -> Feature:
    """Before settings, which show them, and before drafts, which ask whether they leave."""
    setting = DraftRuleSetting(ctx)
    turns = DraftRuleTurns(ctx)
    return Feature(name="draft rules", services=(setting,), parts=(turns,), brings=setting_rows.ROWS)


def build(ctx: FeatureContext) -> Feature:
    """After every kind of draft that a rule can send."""
    runner = DraftRuleRunner(
        database=ctx.database,
        turns=ctx.get(DraftRuleTurns),
        senders=ctx.brought(DRAFT_RULE_SENDERS, "sending by rules"),
        trail=ctx.effects.trail,
    )
    return Feature(name="sending by rules", tasks=(runner.task(divisor=ctx.divisor),))
