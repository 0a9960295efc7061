"""Phones on the network that Kannel's fakesmsc plays."""

import re
import subprocess
import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from tests.kannel.programs import until
from tests.kannel.sites import Site

SHORTCODE = "1708"
LONGEST = 254
"""Bytes of a line that fakesmsc takes in one piece."""

GOT = re.compile(r"Got message \d+: <(.*)>$")
MESSAGE = re.compile(rf"{SHORTCODE} (\+\d+) ([\w-]+) (.*)")


@dataclass
class Sms:
    """An SMS as the network carried it; `text` is plain in one of kind `text`, which is GSM-7, and else encoded."""

    kind: str
    text: str


class Network:
    """fakesmsc: what phones send goes to its standard input, what they get stands in its log."""

    def __init__(self, program: str, site: Site) -> None:
        self._command = (program, "-i", "0.01", "-H", "127.0.0.1", "-r", str(site.ports.phones))
        self._site = site
        self._process: subprocess.Popen[str] | None = None
        self.screens: defaultdict[str, list[Sms]] = defaultdict(list)

    def start(self) -> None:
        """Connect to Kannel, which listens already."""
        self._process = subprocess.Popen(
            self._command,
            cwd=self._site.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._site.leash.hold(self._process.pid)
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,))
        self._reader.start()

    def stop(self) -> None:
        """End it, if it has not ended with its connection to Kannel."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            pipe.close()
        self._process = None

    def send(self, line: str) -> None:
        """Hand over a line; an empty one makes fakesmsc look for what has come in."""
        assert len(line.encode()) < LONGEST, line
        assert self._process
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _read(self, lines: Iterable[str]) -> None:
        newest = Sms("", "")
        for line in lines:
            got = GOT.search(line)
            if got and (found := MESSAGE.fullmatch(got[1])):
                newest = Sms(found[2], found[3])
                self.screens[found[1]].append(newest)
            elif got:  # fakesmsc takes every line of a text for a message
                newest.text += f"\n{got[1]}"


@dataclass(frozen=True)
class Phone:
    """A citizen's phone."""

    number: str
    network: Network

    def say(self, text: str) -> None:
        """Send an SMS."""
        self._send("text", text)

    def say_wide(self, text: str) -> None:
        """Send an SMS in UTF-16, as phones do for what is not in GSM-7."""
        self._send("ucs2", quote(text.encode("utf-16-be"), safe=""))

    def say_part(self, text: str, part: int, parts: int) -> None:
        """Send one part of a long SMS."""
        header = bytes((5, 0, 3, 170, parts, part))  # 3GPP TS 23.040: concatenated short messages, reference 170
        self._send("udh-text", f"{quote(header, safe='')} {text}")

    def shows(self, count: int) -> list[Sms]:
        """Wait until there are so many SMS on the screen, and return all of them."""
        until(lambda: self._look() >= count, f"{self.number} got {self.screen}, not {count} SMS")
        return self.screen

    def reads(self, text: str) -> bool:
        """Tell whether the newest SMS has this text in it."""
        return self._look() > 0 and text in self.screen[-1].text

    @property
    def screen(self) -> list[Sms]:
        """Return the SMS that came, oldest first."""
        return list(self.network.screens[self.number])

    def _look(self) -> int:
        self.network.send("")
        return len(self.screen)

    def _send(self, kind: str, payload: str) -> None:
        self.network.send(f"{self.number} {SHORTCODE} {kind} {payload}")
