"""What LAPOR! does not take is told from complaints about public services."""

import pytest
from shipped import INDONESIAN, rows

from conversations.reading.elsewhere import elsewhere
from conversations.reading.phrases import Phrases

PHRASES = INDONESIAN.phrases("elsewhere")
SMALL = Phrases({"court": ["vonis"], "crime": ["dicuri"], "except": ["polisi"]})


@pytest.mark.parametrize(("topic", "story"), rows("elsewhere.txt"))
def test_a_topic_of_someone_else_is_known(topic: str, story: str) -> None:
    """Send court cases, corruption, crimes and laws elsewhere, and complaints about services nowhere."""
    assert elsewhere(story, PHRASES) == (None if topic == "none" else topic)


@pytest.mark.parametrize(
    ("story", "topic"),
    [
        ("motor dicuri, vonis ringan", "crime"),
        ("vonis ringan, motor dicuri", "court"),
        ("motor dicuri. polisi diam", None),
        ("", None),
    ],
)
def test_the_topic_named_first_counts_unless_it_is_about_a_service(story: str, topic: str | None) -> None:
    assert elsewhere(story, SMALL) == topic
