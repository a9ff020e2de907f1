"""One scheduler for all decks that share their settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.errors import SettingsError

if TYPE_CHECKING:
    from datetime import timedelta

    from quizapp.memory.scheduler import Scheduler
    from quizapp.settings import Fsrs, Settings


class Schedulers:
    """The scheduler of each deck, made when first asked for."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._made: dict[Fsrs, Scheduler] = {}
        self._decks: dict[str, Scheduler] = {}

    @property
    def day_starts(self) -> timedelta:
        """When a study day begins, after midnight."""
        return self._settings.study.day_starts

    @property
    def differ(self) -> bool:
        """Whether decks may have different schedulers."""
        return any(self._settings.fsrs_of(deck) != self._settings.fsrs for deck in self._settings.decks)

    @property
    def key(self) -> str:
        """What every memory depends on, beside the log: the settings that shape it, as text."""
        shape = (self._settings.study.day_starts, self._settings.fsrs)
        decks = [(deck, self._settings.fsrs_of(deck)) for deck in sorted(self._settings.decks)]
        return repr((shape, decks))

    def of(self, deck: str) -> Scheduler:
        """The scheduler that holds for a deck. SettingsError when its parameters are out of bounds."""
        if deck not in self._decks:
            fsrs = self._settings.fsrs_of(deck)
            if fsrs not in self._made:
                from quizapp.memory.scheduler import Scheduler  # noqa: PLC0415  loads fsrs

                try:
                    self._made[fsrs] = Scheduler(fsrs, self.day_starts)
                except ValueError as error:
                    raise SettingsError(f"{self._settings.file}: {error}") from error
            self._decks[deck] = self._made[fsrs]
        return self._decks[deck]
