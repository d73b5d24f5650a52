-- A creator's list of chats that cannot be read for good: since when, and whether the team knows.
ALTER TABLE watermarks ADD COLUMN unread_since BIGINT;
ALTER TABLE watermarks ADD COLUMN unread_told INTEGER NOT NULL DEFAULT 0;
