"""What people may press of the credit of sales, by hand."""

from bot.access.policy import Action

CONFIRMING = {"credit.yes": Action.CREDIT_REASSIGN}
