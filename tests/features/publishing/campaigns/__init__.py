"""The board of mass messages: shown, changed, cancelled, taken back."""
