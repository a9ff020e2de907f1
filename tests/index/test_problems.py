"""What is wrong beside decks and history: settings that are for nothing."""

from quizapp.collection import Collection
from quizapp.index.problems import settings_problems

NOW = "2026-11-22T08:00"


def test_tables_of_the_settings_for_no_deck_are_named_with_the_one_meant(make_collection, at):
    text = "[study]\n[decks.pytroch]\nnew_per_day = 1\n[decks.ml]\nnew_per_day = 1\n[decks.'ml/pytorch']\n[decks.basics]\n[decks.zzz]\n"
    root = make_collection({"ml/pytorch.yaml": "", "ml/basics.yaml": "", "pytorch.yaml": ""}, text)
    with Collection.open(root, now=at(NOW)) as collection:
        found = settings_problems(collection._works.index.db, collection.settings)

    assert [(p.line, p.severity, p.message) for p in found] == [
        (2, "warning", 'there is no deck and no folder "pytroch"; did you mean "pytorch"?'),
        (7, "warning", 'there is no deck and no folder "basics"; did you mean "ml/basics"?'),
        (8, "warning", 'there is no deck and no folder "zzz"; `quizapp due` lists the decks'),
    ]
