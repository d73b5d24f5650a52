-- Copies of mass messages that were seen in chats: each fan's has an id of its own, and that is what they buy.
CREATE TABLE credit_copies (
    creator_uuid TEXT NOT NULL,
    item TEXT NOT NULL,               -- Fanvue's id of the copy
    mass TEXT,                        -- of the mass message; NULL: several may be it, or none was found
    at BIGINT NOT NULL,               -- when the copy was sent
    PRIMARY KEY (creator_uuid, item)
);
CREATE INDEX credit_copies_at ON credit_copies (creator_uuid, at);
