"""The languages that the bridge speaks: what is translated, how, and what is not."""
