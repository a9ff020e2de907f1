"""What can go wrong, in words for people.

    QuizappError
    ├── CollectionError      the folder can't be used as a collection
    │   └── SettingsError    quizapp.toml can't be used
    ├── HistoryError         the log can't be written
    ├── UnknownDeckError     no deck has this name
    ├── UnknownCardError     no card has this id
    ├── EditError            a deck can't be changed as asked; nothing was changed
    └── RequestError         a request that makes no sense (a query, a relink, a limit)

Every message is one sentence that a learner can act on, with the place where there is one. Front ends
print it to stderr and leave with exit code 2. What is wrong *inside* decks and history is not an
exception but a `Problem`: it is reported, and the rest goes on working.
"""


class QuizappError(Exception):
    """The root: anything a learner can cause and mend."""


class CollectionError(QuizappError):
    """The folder can't be used as a collection."""


class SettingsError(CollectionError):
    """quizapp.toml (or the user's config) can't be used."""


class HistoryError(QuizappError):
    """The log can't be written; what was asked for did not happen."""


class UnknownDeckError(QuizappError):
    """No deck has this name."""


class UnknownCardError(QuizappError):
    """No card has this id."""


class EditError(QuizappError):
    """A deck can't be changed as asked; nothing was changed."""


class RequestError(QuizappError):
    """A request that makes no sense."""
