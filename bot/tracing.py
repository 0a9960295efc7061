"""Where an error came from, without its words, which may be a citizen's."""

import traceback


def where(error: BaseException) -> str:
    """Return file and line that raised an error."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
