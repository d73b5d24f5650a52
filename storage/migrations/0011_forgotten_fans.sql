-- Fans who were forgotten, under names that say nothing without the creator's sealed key. What the sweeps must
-- still know of them (subscribers, chat_marks) stands under the same names.
CREATE TABLE forgotten_fans (
    creator_uuid TEXT NOT NULL,
    name TEXT NOT NULL,
    at BIGINT NOT NULL,               -- when they were forgotten last
    PRIMARY KEY (creator_uuid, name)
);
