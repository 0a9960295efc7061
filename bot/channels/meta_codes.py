"""Meta's error codes, light enough for the web process to import.

Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes.
"""

from typing import Final

# Too fast: for the app, the account, the number, or to one citizen; 131048 when many call our messages spam.
THROTTLED: Final = frozenset((4, 80007, 130429, 131048, 131056))
# Meta's own trouble, for now; 1 can also be a wrong request, which then waits until somebody looks.
TROUBLED: Final = frozenset((1, 2, 131000, 131016, 131057, 133004))
# What the operator puts right: token, permissions, the number, the account, its bill.
OPERATORS: Final = frozenset((0, 3, 10, 33, 190, 368, 130497, 131005, 131031, 131037, 131042, 131045, 133010)) | {
    *range(200, 300)
}
# The citizen wants no messages of ours, or WhatsApp knows nobody at that number (any more).
GONE: Final = frozenset((131026, 131050))
# More than a day has passed since the citizen's last message; or a template is not there, does not fit, was
# withdrawn, or is one too many of its kind for this citizen.
CLOSED: Final = frozenset((131047, 131049, 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018))
