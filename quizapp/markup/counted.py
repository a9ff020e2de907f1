"""How many of something there are, in words."""


def counted(number: int, what: str) -> str:
    """The number with its noun: "1 card", "1,200 cards"."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
