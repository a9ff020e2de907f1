"""Search for words with Anki, and tell how long each search took: the numbers of the cards, in any order."""

import sys
from statistics import median
from time import perf_counter

from anki.collection import Collection
from grading import tell

_TIMES = 5


def search(path: str, words: list[str]) -> list[float]:
    """The median of seconds of a search for each word, in a collection that is open and warm."""
    collection = Collection(path)
    found = []
    for word in words:
        times = []
        for _ in range(_TIMES):
            started = perf_counter()
            collection.find_cards(word)
            times.append(perf_counter() - started)
        found.append(median(times))
    collection.close()
    return found


if __name__ == "__main__":
    tell(search=search(sys.argv[1], sys.argv[2:]))
