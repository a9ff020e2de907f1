"""What `quizapp due --json` does, done by Anki: open the collection and print the counts of all decks."""

import sys

from anki.collection import Collection
from anki.decks import DeckTreeNode


def main() -> None:
    """Print a line a deck: its name, new, learning, review and all its cards."""
    collection = Collection(sys.argv[1])
    lines: list[str] = []
    _tell(collection.sched.deck_due_tree(), "", lines)
    print("\n".join(lines))


def _tell(node: DeckTreeNode, parent: str, lines: list[str]) -> None:
    for child in node.children:
        name = f"{parent}::{child.name}" if parent else child.name
        counts = (child.new_count, child.learn_count, child.review_count, child.total_including_children)
        lines.append("\t".join([name, *map(str, counts)]))
        _tell(child, name, lines)


if __name__ == "__main__":
    main()
