"""Files that come after their report, or for an answer: what they join, for how long, and what is kept for it."""

from datetime import timedelta

import msgspec
import pytest

from conversations.channel import TELEGRAM
from conversations.effects import Attach, Effect, File, Reply, Say
from conversations.enclosing import PATIENCE
from conversations.events import Attached, CaseMoved, Delayed, Event, Filed, Lapsed, Refused, Said, SentMedia
from conversations.flow import begin, step
from conversations.late import LATE
from conversations.session import MOST_MEDIA, MOST_TRIED, Medium, Session
from conversations.turn import Turn
from tests.stage import KNOWLEDGE, LANGUAGES, NOW, SCRIPTS

WHOLE = "LAPOR lampu jalan mati di Jl. Kaliurang km 5, Depok, Sleman sejak kemarin"
PHOTO = SentMedia("photo", "ref")


class Talk:
    """A citizen on Telegram, and everything that leaves the dialog."""

    def __init__(self) -> None:
        self.session: Session = begin()
        self.now = NOW
        self.effects: list[Effect] = []
        self._count = 0

    def take(self, *events: Event, after: float = 20) -> list[Effect]:
        """Take events, so many seconds after one another, and return what leaves."""
        taken: list[Effect] = []
        for event in events:
            self._count += 1
            self.now += timedelta(seconds=after)
            fresh = f"00000000-0000-4000-8000-{self._count:012d}"
            scripts, polyglot = SCRIPTS, LANGUAGES.polyglot()
            turn = Turn(self.now, TELEGRAM, scripts, "id", KNOWLEDGE, polyglot, fresh, "BCDF-GHJK")
            self.session, effects = step(self.session, event, turn)
            taken += effects
        self.effects += taken
        return taken

    def attached(self) -> list[Effect]:
        """Let the backend store all that was sent so far and not stored yet."""
        keys = [each.key for each in self.effects if isinstance(each, Attach)]
        pending = [each for each in keys if each in {medium.key for medium in self._media() if medium.pending}]
        return self.take(*(Attached(key, f"A{key[-4:]}") for key in pending), after=0)

    def _media(self) -> list[Medium]:
        drafts = (self.session.draft, self.session.letter, *self.session.shelf, *self.session.sending)
        return [medium for draft in drafts if draft for medium in draft.media]

    def filed(self, tracking_id: str | None = "9165816", after: float = 1) -> list[Effect]:
        """Let the backend take the report that was sent last."""
        report = [each for each in self.effects if isinstance(each, File)][-1]
        return self.take(Filed(report.key, f"R{report.key[-4:]}", tracking_id), after=after)


def said(effects: list[Effect]) -> list[str]:
    """Return the names of what is said."""
    return [f"{each.section}.{each.text}" for each in effects if isinstance(each, Say)]


def replies(effects: list[Effect]) -> list[Reply]:
    """Return what goes to the agency."""
    return [each for each in effects if isinstance(each, Reply)]


@pytest.fixture
def talk() -> Talk:
    """Return a talk in which a report was just filed."""
    talk = Talk()
    talk.take(Said(WHOLE), Said("kirim"))
    talk.filed()
    return talk


def test_what_is_kept_for_late_files_is_small_and_gone_after_ten_minutes(talk: Talk) -> None:
    """A document is read and written with every message."""
    kept = msgspec.msgpack.encode(talk.session.sending)
    talk.take(Said("terima kasih"), after=LATE + 1)

    assert (len(kept) < 120, talk.session.sending) == (True, ())


def test_ten_minutes_count_from_the_number_where_it_comes_late() -> None:
    """Who was told the number an hour later has just read of it."""
    talk = Talk()
    talk.take(Said(WHOLE), Said("kirim"))
    talk.filed(after=3600)

    assert said(talk.take(PHOTO, after=LATE - 1)) == ["late.joined"]


@pytest.mark.parametrize(("seconds", "told"), [(LATE, "late.joined"), (LATE + 1, "story.ask")])
def test_a_file_joins_for_ten_minutes_and_begins_a_report_after_them(talk: Talk, seconds: float, told: str) -> None:
    """To the second."""
    assert said(talk.take(PHOTO, after=seconds)) == [told]


def test_late_files_of_one_breath_are_one_reply(talk: Talk) -> None:
    """The officer reads one message, not five."""
    told = talk.take(PHOTO) + talk.take(PHOTO, PHOTO, after=2)

    sent = talk.attached()

    assert (said(told), [len(each.attachments) for each in replies(sent)]) == (["late.joined"], [3])


def test_an_album_joins_though_another_report_has_begun(talk: Talk) -> None:
    """Its pictures belong together, and nothing of them comes into the new report."""
    talk.take(SentMedia("photo", "ref", group="g"), Said("LAPOR selokan mampet di Jl. Mawar, Mlati, Sleman"))

    effects = talk.take(SentMedia("photo", "ref", group="g"))

    assert talk.session.draft is not None
    assert (len([each for each in effects if isinstance(each, Attach)]), talk.session.draft.media) == (1, ())


def test_a_single_photo_joins_the_report_that_is_being_written(talk: Talk) -> None:
    """Of two reports, that is the nearer."""
    talk.take(Said("LAPOR selokan mampet di Jl. Mawar, Mlati, Sleman"))

    talk.take(PHOTO)

    assert talk.session.draft is not None
    assert len(talk.session.draft.media) == 1


def test_a_caption_that_comes_late_is_passed_on_with_its_numbers_masked(talk: Talk) -> None:
    """What was typed is never lost, and a number that gives a person away is not shown unasked."""
    talk.take(SentMedia("photo", "ref", caption="hubungi 081234567890"))

    (reply,) = replies(talk.attached())

    assert reply.body.startswith("Lampiran susulan dari pelapor.\nhubungi 08")
    assert "081234567890" not in reply.body


def test_a_late_caption_goes_on_though_its_file_cannot_be_taken(talk: Talk) -> None:
    """Words need no picture."""
    (attach, _) = talk.take(SentMedia("photo", "ref", caption="dari utara"))
    assert isinstance(attach, Attach)

    effects = talk.take(Attached(attach.key, why="broken"))

    assert [(each.body, each.attachments) for each in replies(effects)] == [("dari utara", ())]


def test_a_refused_report_comes_back_with_its_late_captions() -> None:
    """They are story again, for nobody else has read them."""
    talk = Talk()
    talk.take(Said(WHOLE), Said("kirim"), SentMedia("photo", "ref", caption="dari utara"))
    report = next(each for each in talk.effects if isinstance(each, File))

    talk.take(Refused(report.key))

    assert talk.session.draft is not None
    assert talk.session.draft.story.endswith("\ndari utara")
    assert len(talk.session.draft.media) == 1


def test_files_that_fail_leave_their_place_but_not_without_end(talk: Talk) -> None:
    """Five are kept; a phone that sends rubbish is stopped at fifteen."""
    for _ in range(MOST_TRIED):
        (attach, *_) = talk.take(PHOTO)
        assert isinstance(attach, Attach)
        talk.take(Attached(attach.key, why="broken"))
    assert said(talk.take(PHOTO)) == ["late.full"]


def test_of_five_files_none_is_forgotten_and_a_sixth_is_told(talk: Talk) -> None:
    """Each is named once."""
    talk.take(*[PHOTO] * MOST_MEDIA)

    effects = talk.attached()

    assert (said(talk.take(PHOTO)), [len(each.attachments) for each in replies(effects)]) == (["late.full"], [5])


def test_nothing_joins_a_report_that_was_erased(talk: Talk) -> None:
    """Nobody knows any more that there was one."""
    talk.take(Said("HAPUS DATA"), Said("1"))

    assert said(talk.take(PHOTO)) == ["story.ask"]


def test_a_late_file_on_its_way_is_sent_though_all_is_erased_meanwhile(talk: Talk) -> None:
    """It was sent with a report that the citizen had confirmed."""
    talk.take(PHOTO, Said("HAPUS DATA"), Said("1"))

    effects = talk.attached()

    assert ([len(each.attachments) for each in replies(effects)], talk.session.sending) == ([1], ())


def test_a_file_that_takes_long_is_told_of_once(talk: Talk) -> None:
    """And not at all when it has come, or is nobody's."""
    (attach, _) = talk.take(PHOTO)
    assert isinstance(attach, Attach)

    slow = [said(talk.take(Delayed(key))) for key in (attach.key, attach.key, "of-nobody/1")]
    talk.attached()

    assert (slow, said(talk.take(Delayed(attach.key)))) == ([["attachment.slow"], [], []], [])


def asked(talk: Talk, sequence: int = 1) -> None:
    """Let the agency ask something, long after."""
    report_id = talk.session.cases[-1].report_id
    talk.take(CaseMoved("agency_question", report_id, "in_progress", sequence, message="Mana?"), after=86400)


def test_a_file_answers_an_agency_that_asks_within_the_ten_minutes(talk: Talk) -> None:
    """Only the album of the report still belongs to that. The question, held for a minute, comes with the first."""
    talk.take(SentMedia("photo", "ref", group="g"))
    report_id = talk.session.cases[-1].report_id
    talk.take(CaseMoved("agency_question", report_id, "in_progress", 1, message="Mana?"))

    told = [said(talk.take(each)) for each in (SentMedia("photo", "ref", group="g"), PHOTO)]

    assert told == [["news.agency_question"], ["reply.enclosed"]]


def test_files_wait_for_words_and_go_with_them_at_once(talk: Talk) -> None:
    """They are all there by then."""
    asked(talk)
    talk.take(PHOTO)
    talk.attached()

    (reply,) = replies(talk.take(Said("Di depan toko")))

    assert (reply.body, len(reply.attachments), talk.session.letter) == ("Di depan toko", 1, None)


def test_words_wait_two_seconds_for_files_and_the_rest_follows(talk: Talk) -> None:
    """An answer is not held up by a picture."""
    asked(talk)
    talk.take(PHOTO, Said("Di depan toko"))

    first = replies(talk.take(Lapsed(talk.session.due), after=2))
    second = replies(talk.attached())

    assert [(each.body, len(each.attachments)) for each in (*first, *second)] == [
        ("Di depan toko", 0),
        ("Lampiran susulan dari pelapor.", 1),
    ]


def test_files_without_words_go_alone_after_ten_minutes(talk: Talk) -> None:
    """What the agency asked for does not lie here because nobody wrote a sentence."""
    asked(talk)
    talk.take(PHOTO)
    talk.attached()

    effects = talk.take(Lapsed(talk.session.due), after=PATIENCE)

    assert ([len(each.attachments) for each in replies(effects)], said(effects)) == ([1], ["replied.ask"])


def test_files_of_an_answer_that_was_called_off_are_not_sent(talk: Talk) -> None:
    """BATAL means that."""
    asked(talk)
    talk.take(PHOTO, Said("BATAL"))
    talk.attached()

    effects = talk.take(Said("BALAS"), Said("Di depan toko"))

    assert [each.attachments for each in replies(effects)] == [()]


def test_a_caption_that_was_asked_about_goes_with_the_answer_that_comes_instead(talk: Talk) -> None:
    """What was typed is never lost."""
    asked(talk)
    talk.take(SentMedia("photo", "ref", caption="Kabelnya putus dan menjuntai ke jalan"))
    talk.attached()

    (reply,) = replies(talk.take(Said("BALAS"), Said("Mohon segera")))

    assert (reply.body, len(reply.attachments)) == ("Kabelnya putus dan menjuntai ke jalan\nMohon segera", 1)


def test_a_number_is_told_though_an_answer_waits_for_files(talk: Talk) -> None:
    """Of two deadlines none is lost."""
    asked(talk)
    talk.take(Said("LAPOR selokan mampet di Jl. Mawar, Mlati, Sleman sejak kemarin"))
    talk.take(Said("kirim"), Said("BALAS"), PHOTO, after=0)

    first = talk.take(Lapsed(talk.session.due), after=3)
    talk.attached()
    second = talk.take(Lapsed(talk.session.due), after=PATIENCE)

    assert (said(first), len(replies(second))) == (["queued.ask"], 1)
