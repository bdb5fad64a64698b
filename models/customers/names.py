"""When two spellings are one name."""

import unicodedata


def fold(name: str) -> str:
    """The form under which two spellings of one customer's name are the same."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
