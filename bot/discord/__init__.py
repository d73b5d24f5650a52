"""The adapter to Discord, and the kit of answers, questions and buttons."""
