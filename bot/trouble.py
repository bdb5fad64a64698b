"""What stops the bot from starting, in words for whoever starts it."""


class CannotRun(Exception):
    """What Usher was given does not work (a token, a port); the message says what to do."""
