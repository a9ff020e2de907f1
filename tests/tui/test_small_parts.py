"""Parts of the screens that need no screen: the stopwatch, the plot, links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.tui.links import link_of
from quizapp.tui.plot import Canvas
from quizapp.tui.stopwatch import Stopwatch


class Seconds:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_a_stopwatch_stands_still_until_every_reason_is_over():
    clock = Seconds()
    watch = Stopwatch(clock)
    clock.now += 3
    watch.pause("covered")
    clock.now += 10
    watch.pause("elsewhere")
    watch.resume("covered")
    clock.now += 10
    watch.resume("elsewhere")
    clock.now += 4

    assert watch.seconds == 7


def test_a_stopwatch_begins_at_nought_again_and_is_not_confused_by_reasons_told_twice():
    clock = Seconds()
    watch = Stopwatch(clock)
    clock.now += 3
    watch.start()
    watch.resume("never paused")
    clock.now += 2
    watch.pause("covered")
    watch.pause("covered")
    clock.now += 5
    watch.resume("covered")

    assert watch.seconds == 2


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(-1, 2)), min_size=2, max_size=8),
    st.integers(1, 60),
    st.integers(1, 12),
)
def test_a_drawing_stays_within_its_canvas(points, width, height):
    canvas = Canvas(width, height)
    canvas.draw(points)
    canvas.mark(*points[0], "●")
    rows = list(canvas.rows())

    assert [len(row) for row in rows] == [width] * height
    assert any("●" in row for row in rows)


def test_a_falling_line_goes_from_the_top_left_to_the_bottom_right():
    canvas = Canvas(4, 2)
    canvas.draw([(0, 1), (1, 0)])
    top, bottom = canvas.rows()

    assert top[0] != " "
    assert top[-1] == " "
    assert bottom[0] == " "
    assert bottom[-1] != " "


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("https://example.org", "https://example.org"),
        ("MIT 18.06, lecture 18 (https://example.org/a?b=c#d).", "https://example.org/a?b=c#d"),
        ("https://example.org/wiki/Rank_(linear_algebra)", "https://example.org/wiki/Rank_(linear_algebra)"),
        ("HTTP://EXAMPLE.ORG/x, and more", "HTTP://EXAMPLE.ORG/x"),
        ("a book", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://", ""),
        ("https://example.org/\x1b]8;;", "https://example.org/"),
        ("--help https://example.org/'$(x)'", "https://example.org/"),
    ],
)
def test_only_web_addresses_are_links(source, link):
    assert link_of(source) == link
