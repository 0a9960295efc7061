"""What an SMS costs, counted by the stranger from GSM 03.38."""

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")


def one_segment(text: str) -> bool:
    """Tell whether a text goes out as a single message in the 7-bit alphabet."""
    septets = sum(1 if character in BASIC else 2 if character in EXTENDED else 1000 for character in text)
    return 0 < septets <= 160
