"""Mass messages that programs write and a member takes over as a draft of theirs."""
