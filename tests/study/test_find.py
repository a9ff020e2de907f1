"""Finding by deck and tag: names are names, whatever signs and letters they have."""

import unicodedata

import pytest

NFD = unicodedata.normalize("NFD", "über")


@pytest.fixture
def found(opened, at):
    """The ids of the cards that a query finds, sorted."""
    decks = {
        "Über.yaml": "cards: [{q: One?, a: one, id: one, tags: [Ärger]}]",
        "a_b.yaml": "cards: [{q: Two?, a: two, id: two}]",
        "axb/c.yaml": "cards: [{q: Three?, a: three, id: three, tags: [100%]}]",
    }
    collection = opened(decks)
    return lambda query: sorted(card.id for card in collection.find(query, at("2026-11-22T08:00")))


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("deck:%", []),
        ("deck:_", []),
        ("deck:a_b", ["two"]),
        ("deck:A_B/", ["two"]),
        ("deck:axb", ["three"]),
        ("deck:c", ["three"]),
        ("deck:ax", []),
        ("deck:über", ["one"]),
        (f"deck:{NFD}", ["one"]),
        ("deck:ÜBER", ["one"]),
        ("tag:ärger", ["one"]),
        ("tag:ÄRGER", ["one"]),
        ("tag:100%", ["three"]),
        ("tag:%", []),
    ],
)
def test_decks_and_tags_are_found_by_their_names(found, query, ids):
    assert found(query) == ids


def test_more_cards_may_be_asked_for_than_can_be_counted(opened, make_deck, at):
    collection = opened({"a.yaml": make_deck("one", "two")})

    assert len(collection.find("", at("2026-11-22T08:00"), limit=10**30)) == 2


def test_a_decks_name_may_be_typed_in_any_form_of_unicode(opened, make_deck, at):
    collection = opened({"über/x.yaml": make_deck("one")})

    assert collection.counts([f"{NFD}/x"], at("2026-11-22T08:00")).new == 1
