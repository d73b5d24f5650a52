-- When a message was deleted on Fanvue: it waits for no answer. NULL: it was not, as far as is known.
ALTER TABLE messages ADD COLUMN deleted_at BIGINT;
