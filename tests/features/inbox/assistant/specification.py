"""Who may let an assistant help, and where it does, by hand."""

ACTIONS = "assistant        owner"
THREADS_ONLY = {"assistant.read", "assistant.kept", "assistant.draft", "assistant.answer"}
