-- The message that a command's private answer stands in. NULL: the interaction's own; empty: none yet, because
-- the interaction's own is a line of the thread, which stays as it is.
ALTER TABLE commands ADD COLUMN answer_message TEXT;
