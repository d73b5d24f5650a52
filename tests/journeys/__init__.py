"""The whole program between both stand-ins, over real sockets."""
