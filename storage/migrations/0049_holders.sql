-- Which of several processes is sending an effect, by its name among them; '': the one that is alone.
ALTER TABLE outbox ADD COLUMN holder TEXT NOT NULL DEFAULT '';
