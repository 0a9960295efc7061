"""What an officer still needs to know, and which one question helps most."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from conversations.answers import Day
from conversations.answers.normal import words
from conversations.reading.phrases import Words, flat

Gap: TypeAlias = Literal["", "vague", "missing"]
Question: TypeAlias = Literal["what", "where", "when", "who"]

_CLEAR: Final = 3  # words that tell something
_CLEAR_THERE: Final = 2  # where the place is known

# Words that tell nothing that happened: greetings, requests, how bad it is, here and there, small words.
_EMPTY: Final = words(
    """
    selamat pagi siang sore malam halo hallo hai hi hello permisi assalamualaikum assalamu alaikum wr wb salam
    yth kepada bapak ibu pak bu kak min admin mas mbak bang gan sis bos saudara bupati walikota gubernur presiden
    pemerintah dinas terkait instansi pihak petugas saya aku kami kita warga masyarakat rakyat anda dia mereka
    mohon tolong minta harap harapan semoga ingin mau perlu butuh agar supaya bantu bantuan dibantu bantuan
    perbaiki diperbaiki perbaikan benahi dibenahi tangani ditangani penanganan tindak ditindak tindakan
    tindaklanjut ditindaklanjuti lanjut lanjuti cek dicek periksa diperiksa perhatikan perhatian diperhatikan
    respon direspon tanggap tanggapan ditanggapi tanggapi proses diproses selesaikan diselesaikan solusi solusi
    lapor melapor laporan melaporkan mengadu pengaduan aduan keluhan mengeluh info informasi tanya bertanya segera
    secepat cepat lekas gimana bagaimana kenapa mengapa apa apakah kapan dimana siapa kok lama banget sangat sekali
    parah amat benar betul makin tambah semakin terlalu cukup lebih paling masih sudah belum sedang akan telah
    sering selalu terus lagi saja juga hanya cuma sih dong deh nih lah kah pun ini itu begini begitu tersebut
    disini disana disitu sini sana situ sekitar dekat depan belakang samping sebelah tempat rumah daerah wilayah
    lingkungan kampung kami di ke dari pada dengan dan atau yang untuk karena tapi jadi kalau bila seperti adalah
    ada tidak bukan jangan bisa dapat boleh harus terima kasih terimakasih makasih trims sebelumnya mana semua
    banyak hal sesuatu masalah permasalahan kejadian kondisi keadaan hari kemarin tadi sekarang besok minggu bulan
    tahun lalu sejak sampai tanggal kecewa kesal marah lelah capek emang memang kan ya iya oke ok
    please help fix repair check follow up here there this that it is are was the a an my our we i you they very
    so bad much too still not no yes sir madam thanks thank again soon now today yesterday problem complaint report
    me us want would like to do something about of in on at for and or but with how why what when who
    tulung iki niki kula kulo nggih nyuwun punten abdi kuring ieu titiang niki ambo iko
    """
)

# Those whose office must be known before anyone can act, and the words that name an office.
_PERSON: Final = words(
    """
    petugas oknum pegawai guru dokter perawat bidan pejabat aparat aparatur staf pelayan pelayanan pungli pungutan
    dipungut calo kasir sopir dosen polisi satpam operator teller pns asn kasi kabid kadus
    officer official teacher doctor nurse bribe clerk staff
    """
)
_OFFICE: Final = words(
    """
    kantor dinas puskesmas pustu posyandu rsud rs rumahsakit klinik kelurahan kecamatan kabupaten desa balai
    sdn smpn sman smkn sd smp sma smk mts man min tk paud sekolah kampus universitas polsek polres polda samsat
    disdukcapil dukcapil capil bpn pln pdam bpjs kua pengadilan imigrasi disnaker dinsos dinkes disdik dishub
    satpol bank bri bni pos stasiun terminal bandara pelabuhan pasar spbu kades lurah camat rt rw dukuh
    kemenag kemenkes bkn kpu pertamina telkom pemkab pemkot pemprov
    office hospital clinic school village district station
    """
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the place: `found` at all, its `region` (regency or city), and whether it is `vague`."""

    found: bool = False
    region: bool = False
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing of a report or too vague, each by itself; empty is what is clear or does not matter."""

    what: Gap = ""
    where: Gap = ""
    when: Gap = ""
    who: Gap = ""

    @property
    def next(self) -> Question | None:
        """Return the one question that helps most: what is missing before what is vague, what before where."""
        order: tuple[tuple[Question, Gap], ...] = (
            ("what", self.what), ("where", self.where), ("when", self.when), ("who", self.who),
        )  # fmt: skip
        return next((name for gap in ("missing", "vague") for name, each in order if each == gap), None)


def completeness(story: str, day: Day | None, place: Known) -> Missing:
    """Return what a story, the day found and the place leave open.

    `what` is clear from three words on that tell something, from two where the place is clear; `when` from any day,
    also one without a date; `who` is asked for only of people in office, where no office is named.
    """
    said = flat(story)
    where = _where(place)
    return Missing(_what(said, where), where, "" if day else "missing", _who(said))


def _what(said: Words, where: Gap) -> Gap:
    told = len({word for word in said if word.isalpha() and len(word) > 1} - _EMPTY)
    if told == 0:
        return "missing"
    return "" if told >= (_CLEAR if where else _CLEAR_THERE) else "vague"


def _where(place: Known) -> Gap:
    if not place.found:
        return "missing"
    return "vague" if place.vague or not place.region else ""


def _who(said: Words) -> Gap:
    named = _OFFICE.intersection(said)
    return "missing" if _PERSON.intersection(said) and not named else ""
