"""Known weaknesses of the locked dependencies: `make audit`.

Exit status 0 when none is known, or when for want of a network none could be looked up, which is said; else 1.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

BIN = Path(sys.executable).parent
EXPORT = ("export", "--quiet", "--frozen", "--all-extras", "--all-groups", "--no-emit-project", "--output-file")
AUDIT = ("--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off", "--requirement")
AWAY = re.compile(r"\b(ConnectionError|ProxyError|SSLError|ConnectTimeout|ReadTimeout|NameResolutionError)\b")
NOT_LOOKED_UP = "the data of known weaknesses cannot be reached from here"

Told: TypeAlias = tuple[int, tuple[str, ...]]
"""An exit status and the lines to print."""


def audit(lock: Path) -> Told:
    """Ask PyPI about every dependency that a lock file names, by version."""
    with tempfile.TemporaryDirectory() as folder:
        names = str(Path(folder, "requirements.txt"))
        subprocess.run([BIN / "uv", *EXPORT, names], cwd=lock.parent, check=True)
        done = subprocess.run([BIN / "pip-audit", *AUDIT, names], capture_output=True, text=True, check=False)
    return judged(done.stdout, done.stderr)


def judged(output: str, errors: str) -> Told:
    """Return what pip-audit's JSON means; without any, what its last words mean."""
    if not output.strip():
        last = errors.strip().splitlines()[-1:] or ["it said nothing"]
        return (0, (f"Nothing was looked up: {NOT_LOOKED_UP}.",)) if AWAY.search(errors) else (1, tuple(last))
    found: list[dict[str, Any]] = json.loads(output)["dependencies"]
    skipped = [each["name"] for each in found if "skip_reason" in each]
    weak = tuple(line for each in found for line in _weaknesses(each))
    if len(skipped) == len(found):
        return 0, (f"Nothing was looked up, for {len(found)} of {len(found)} packages {NOT_LOOKED_UP}.",)
    looked = f"{len(found) - len(skipped)} packages looked up, {len(weak)} weaknesses known."
    return int(bool(weak)), (*weak, *_left_out(skipped), looked)


def _weaknesses(package: dict[str, Any]) -> Iterator[str]:
    for each in package.get("vulns", ()):
        mended = ", ".join(each["fix_versions"]) or "no version yet"
        yield f"{package['name']} {package['version']}: {each['id']}, mended in {mended}"


def _left_out(names: list[str]) -> Iterator[str]:
    if names:
        yield f"Not looked up: {', '.join(names)}."


if __name__ == "__main__":
    status, lines = audit(Path(__file__).parent.parent / "uv.lock")
    print("\n".join(lines))
    sys.exit(status)
