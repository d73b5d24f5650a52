"""Mass messages once they were made: followed, changed, cancelled, taken back."""
