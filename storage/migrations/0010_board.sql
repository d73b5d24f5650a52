-- Which message of a creator's alerts channel says who waits, and a digest of what it says.
CREATE TABLE waiting_boards (
    creator_uuid TEXT PRIMARY KEY,
    channel_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    shows TEXT NOT NULL
);
CREATE INDEX waiting_boards_message ON waiting_boards (message_id);
