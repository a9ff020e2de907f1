"""`quizapp resume`: take cards in again."""

from quizapp.cli.each import each_card
from quizapp.collection import Collection

command = each_card("resume", "Take suspended or buried cards in again.", "resumed", Collection.resume)
