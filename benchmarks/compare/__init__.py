"""The bridge beside the least that could do its work, and beside a bot as one writes it in an evening."""
