"""`quizapp suspend`: leave cards out."""

from quizapp.cli.each import each_card
from quizapp.collection import Collection

command = each_card("suspend", "Leave cards out until they are resumed.", "suspended", Collection.suspend)
