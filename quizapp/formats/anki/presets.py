"""Settings as a preset of Anki's: what a deck's cards are scheduled by."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from quizapp.settings import Fsrs, Settings, Study, lineage

_LONG_AGO = 1_000_000_000_000  # ms (2001)
_RANGE = 1 << 38
_ONLY_TAG = 1  # what is done with leeches
_AS_GATHERED = 1  # else Anki sorts new cards by their templates, and steps by the numbers of their deletions
_GATHERED = {"deck": 0, "random": 3}
_REVIEWED = {"due": 0, "recall": 7, "random": 8}


@dataclass(frozen=True)
class Preset:
    """The settings of one or several decks; `owner` is the deck that sets them, "" for the collection's own."""

    owner: str
    study: Study
    fsrs: Fsrs
    parameters: tuple[float, ...]
    new_per_day: int
    reviews_per_day: int

    @property
    def decay(self) -> float:
        """The decay of the forgetting curve, positive."""
        return self.parameters[-1]

    @property
    def name(self) -> str:
        """What Anki calls it."""
        return f"quizapp {self.owner}".rstrip()

    @cached_property
    def id(self) -> int:
        """Its id, made of its name."""
        return _LONG_AGO + int.from_bytes(sha256(self.name.encode()).digest()[:8]) % _RANGE

    @property
    def json(self) -> dict[str, Any]:
        """The preset as Anki's older collections have it, steps in minutes."""
        return {
            "id": self.id,
            "mod": 0,
            "name": self.name,
            "usn": -1,
            "maxTaken": 60,
            "autoplay": True,
            "timer": 0,
            "replayq": True,
            "dyn": False,
            "new": self._new,
            "rev": self._reviews,
            "lapse": self._lapses,
            "buryInterdayLearning": self.study.bury_siblings,
            "newMix": int(not self.study.mix),
            "newSortOrder": _AS_GATHERED,
            "newGatherPriority": _GATHERED[self.study.new_order],
            "reviewOrder": _REVIEWED[self.study.order],
            "desiredRetention": self.fsrs.retention,
            "fsrsParams6": list(self.parameters),
        }

    @property
    def _new(self) -> dict[str, Any]:
        return {
            "bury": self.study.bury_siblings,
            "delays": [step / 60 for step in self.fsrs.learning_steps],
            "initialFactor": 2500,
            "ints": [1, 4, 0],
            "order": 1,
            "perDay": self.new_per_day,
        }

    @property
    def _reviews(self) -> dict[str, Any]:
        return {
            "bury": self.study.bury_siblings,
            "ease4": 1.3,
            "hardFactor": 1.2,
            "ivlFct": 1,
            "maxIvl": self.fsrs.maximum_interval,
            "perDay": self.reviews_per_day,
        }

    @property
    def _lapses(self) -> dict[str, Any]:
        return {
            "delays": [step / 60 for step in self.fsrs.relearning_steps],
            "leechAction": _ONLY_TAG,
            "leechFails": self.study.leech_lapses,
            "minInt": 1,
            "mult": 0,
        }


def preset(settings: Settings, deck: str) -> Preset:
    """The preset of a deck: that of the nearest deck above it, or itself, that sets anything."""
    from fsrs.scheduler import DEFAULT_PARAMETERS  # noqa: PLC0415  29 ms, for exports with their schedule

    owner = next((name for name in reversed(lineage(deck)) if settings.decks.get(name)), "")
    fsrs = settings.fsrs_of(deck)
    limits = {"new_per_day": settings.study.new_per_day, "reviews_per_day": settings.study.reviews_per_day}
    for name in lineage(deck):
        own = settings.decks.get(name, {})
        limits |= {key: min(limits[key], own[key]) for key in limits if key in own}
    return Preset(
        owner,
        settings.study,
        fsrs,
        tuple(fsrs.parameters or DEFAULT_PARAMETERS),
        limits["new_per_day"],
        limits["reviews_per_day"],
    )
