"""The check of the locale files: whatever the file is, there is an answer."""

from hypothesis import given, settings
from hypothesis import strategies as st
from made_locale import whole

from conversations.checking import Finding, check

BASE = whole()


def test_a_file_without_its_head_is_told_what_to_write() -> None:
    """The code is the file's name."""
    source = BASE.partition("[words]")[2]
    assert check({"id.toml": BASE, "en.toml": f"[words]{source}"}, lang="en") == (
        Finding(
            "en.toml",
            1,
            "error",
            "head",
            'There is no section [locale]; write [locale], then code = "en" and name = the language\'s name.',
        ),
    )


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_file_breaks_the_check(data: st.DataObject) -> None:
    """Whatever piece is cut out or written over, the check answers with findings that have a line of the file."""
    start = data.draw(st.integers(0, len(BASE)))
    end = data.draw(st.integers(start, min(start + 40, len(BASE))))
    piece = data.draw(st.text(st.sampled_from("\"'[]{}=.,#\\\n ax1\u2013"), max_size=6))
    source = BASE[:start] + piece + BASE[end:]
    lines = source.count("\n") + 1
    assert [finding for finding in check({"id.toml": source}) if not 1 <= finding.line <= lines] == []
