"""The first setup: seven questions, each answer tried at once and kept in `.env`."""
