"""Stand-ins for Discord and Fanvue: real sockets, state and rules."""
