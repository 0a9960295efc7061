"""Personal data at rest: what is sealed, what opens it, and what stands for an address."""

import pytest

from bot.vault import Names, Unopened, Vault

OLD, NEW = b"o" * 32, b"n" * 32
STORY = b"jalan berlubang"


def test_what_is_sealed_shows_nothing_and_opens_again() -> None:
    vault = Vault((NEW,))
    sealed = vault.seal(STORY, "here")
    assert (STORY in sealed, vault.open(sealed, "here")) == (False, STORY)


def test_the_same_text_is_never_sealed_the_same_way_twice() -> None:
    vault = Vault((NEW,))
    assert len({vault.seal(STORY, "here") for _ in range(100)}) == 100


def test_what_an_older_key_sealed_opens_and_is_known_to_be_old() -> None:
    sealed = Vault((OLD,)).seal(STORY, "here")
    both = Vault((NEW, OLD))
    assert (both.open(sealed, "here"), both.aged(sealed), both.aged(both.seal(STORY, "here"))) == (
        STORY,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("change", "context"),
    [
        (lambda sealed: sealed, "elsewhere"),
        (lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1]), "here"),
        (lambda sealed: sealed[:20], "here"),
        (lambda sealed: b"x" + sealed[1:], "here"),
        (lambda _sealed: b"", "here"),
    ],
    ids=["in another place", "a bit turned", "cut", "of another kind", "empty"],
)
def test_what_is_not_as_it_was_sealed_does_not_open(change: object, context: str) -> None:
    vault = Vault((NEW,))
    with pytest.raises(Unopened):
        vault.open(change(vault.seal(STORY, "here")), context)  # type: ignore[operator]


def test_without_its_key_nothing_opens() -> None:
    with pytest.raises(Unopened):
        Vault((OLD,)).open(Vault((NEW,)).seal(STORY, "here"), "here")


def test_without_a_key_nothing_is_sealed_and_with_one_that_still_opens() -> None:
    plain = Vault().seal(STORY, "here")
    assert (STORY in plain, Vault((NEW,)).open(plain, "here"), Vault((NEW,)).aged(plain)) == (True, STORY, True)


def test_a_name_tells_nothing_of_the_address_and_is_asked_for_once() -> None:
    asked: list[int] = []

    def fetch() -> bytes:
        asked.append(1)
        return OLD

    names = Names(fetch)
    found = [names.of(address) for address in ("sms:+6281234567890", "sms:+6281234567890", "sms:+6281234567891")]
    assert (found[0] == found[1], found[0] != found[2], "81234567890" in "".join(found), len(asked)) == (
        True, True, False, 1,
    )  # fmt: skip


def test_names_differ_from_one_key_to_another() -> None:
    first, second = (Names(Vault((key,)).new_name_key).of("sms:+6281234567890") for key in (OLD, NEW))
    assert first != second
