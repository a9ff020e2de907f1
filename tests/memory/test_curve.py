"""The forgetting curve: what stability means, and that recall and interval undo each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.memory.curve import curve

DECAYS = st.floats(0.1, 0.8)
STABILITIES = st.floats(0.001, 36500)


@given(DECAYS, STABILITIES)
def test_recall_is_certain_at_once_and_90_percent_after_the_stability(decay, stability):
    assert curve(decay).recall(0, stability) == 1
    assert curve(decay).recall(stability, stability) == pytest.approx(0.9)


@given(DECAYS, STABILITIES, st.floats(0.7, 0.99))
def test_after_the_interval_recall_has_fallen_to_the_retention(decay, stability, retention):
    days = curve(decay).interval(stability, retention)

    assert curve(decay).recall(days, stability) == pytest.approx(retention)
