"""A guess at the language of a first message, for another one to be offered once; the citizen's choice counts."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from conversations.tongues import Tongues

LETTERS: Final = 20
"""A text with fewer letters is not guessed at."""

FAR: Final = 200
"""Characters of a text that are looked at."""

SURE: Final = 0.95
"""How likely Indonesian or English must be by the letters alone."""

LIKELY: Final = 0.5
"""How likely it must be where its words say so too."""

PROFILES: Final = ("id", "en")
"""The languages that langdetect tells apart."""

LINK: Final = re.compile(r"(?:https?://|www\.)\S+")


def hint(text: str, tongues: Tongues) -> str | None:
    """Return the code of the language a first message is probably in; None where that is not clear.

    Never for answers to questions: these are too short, and they are understood in every language.
    """
    said = LINK.sub(" ", text[:FAR]).casefold()
    if sum(letter.isascii() and letter.isalpha() for letter in said) < LETTERS:
        return None
    told = tongues.told(said)
    return _detected(said, told) if told in {None, "en"} else told


def _detected(text: str, told: str | None) -> str | None:
    """Tell Indonesian and English apart by their letters; `told` is what the words say."""
    detector = _factory().create()
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:  # digits, emoji and other scripts have no letters that langdetect knows
        return None
    least = LIKELY if found and found[0].lang == told else SURE
    return str(found[0].lang) if found and found[0].prob >= least else None


@cache
def _factory() -> DetectorFactory:
    """Return langdetect with two of its profiles, which takes 4 ms; all of them take 2 s and 66 MB."""
    factory = DetectorFactory()
    factory.set_seed(0)  # it draws letters at random
    factory.load_json_profile([(Path(PROFILES_DIRECTORY) / code).read_text(encoding="utf-8") for code in PROFILES])
    return factory
