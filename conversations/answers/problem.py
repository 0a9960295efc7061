"""What a reader says when it cannot take an answer."""

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """Why an answer cannot be taken; `name` is the key of a retry text in the locale file.

    Names in use: `empty`, `short`, `long`, `vague`, `future`, `unknown`.
    """

    name: str
