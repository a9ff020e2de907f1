"""`quizapp forget`: make cards new again."""

from quizapp.cli.each import each_card
from quizapp.collection import Collection

_TEXT = "Make cards new again; or, of a card that is gone, let its history go. The log keeps what happened."

command = each_card("forget", _TEXT, "forgotten", Collection.forget)
