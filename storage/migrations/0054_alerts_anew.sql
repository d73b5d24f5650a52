-- Of an effect that shows a message of alerts anew the kind says what it does; what waits goes on under it.
UPDATE outbox SET kind = 'alert.anew' WHERE kind = 'gone.told';
