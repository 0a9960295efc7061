"""What stands on the phones' screens is numbered and bounded."""

from bot.demo.twins.files import File, Files
from bot.demo.twins.screens import Screens

CITIZEN = "sms:+6281234567890"


def test_the_inbox_holds_what_one_phone_was_sent() -> None:
    """Neither what it sent itself nor what others were sent is in it."""
    screens = Screens()
    screens.show(CITIZEN, text="LAPOR", mine=True)
    screens.show(CITIZEN, text="Di mana?")
    screens.show("sms:+6289999999999", text="Kapan?")
    assert [entry.text for entry in screens.inbox(CITIZEN)] == ["Di mana?"]


def test_changes_come_in_order_and_only_once() -> None:
    """A message that changes comes again, after those that came before."""
    screens = Screens()
    first, second = screens.show(CITIZEN, text="satu"), screens.show(CITIZEN, text="dua")
    screens.change(first.id, state="failed")
    told = screens.wait(0, 0.0)
    assert [(entry.text, entry.state) for entry in told] == [("dua", "delivered"), ("satu", "failed")]
    assert (screens.wait(second.seq, 0.0), screens.wait(told[-1].seq, 0.0)) == (told[1:], ())


def test_only_the_last_messages_are_kept() -> None:
    """The oldest makes room, and changing it changes nothing."""
    screens = Screens(keep=2)
    entries = [screens.show(CITIZEN, text=str(number)) for number in range(3)]
    screens.change(entries[0].id, text="again")
    assert ([entry.text for entry in screens.inbox(CITIZEN)], screens.get(entries[0].id)) == (["1", "2"], None)


def test_numbers_go_on_rising_after_a_restart() -> None:
    """A page that stayed open does not miss what comes after."""
    before = Screens(clock=lambda: 1_000_000.0).show(CITIZEN)
    after = Screens(clock=lambda: 1_000_001.0).show(CITIZEN)
    assert (after.id > before.id, after.seq > before.seq) == (True, True)


def test_only_the_last_files_are_kept() -> None:
    """The oldest makes room."""
    files = Files(keep=2)
    names = [files.put(File(bytes([number]), "image/jpeg")) for number in range(3)]
    assert [files.get(name) for name in names] == [None, File(b"\x01", "image/jpeg"), File(b"\x02", "image/jpeg")]
