"""The words around a place: what they say of the words that follow."""

import re
from typing import Final

from conversations.answers.normal import words

PLAIN: Final = "plain"
"""An ordinary word of a story: it ends a name."""

VERB: Final = re.compile(
    r"(?:ber(?!ing|lian|au|bah|gas)|ter(?!ate|atai|nate|usan|minal|bit|nak)|di(?!po|pa|en|ng)|me[mn][a-z]|ke(?=\w+an$)"
    r"|per(?=\w+an$)|pem(?=\w+an$)|pen(?=\w+an$))[a-z]{4,}"
)
"""Words formed like verbs and nouns made of them; beginnings that names of streets and villages have are not."""

_LISTINGS: Final = {
    "street": """
        jl jln jalan jlan jalanan gang gg lorong lrg ruas jalur flyover underpass tol simpang simp sp
        persimpangan perempatan prapatan prempatan pertigaan ptigaan simpangan bundaran jembatan jmbatan jbtn
        jembtn tikungan turunan tanjakan lampumerah bangjo gerbangtol exittol
        """,
    "": """
        kemerdekaan perjuangan pendidikan kesehatan kebangkitan persatuan kebangsaan pembangunan pemuda
        kepatihan pengayoman permai perwira pertanian peternakan kehakiman kepodang keadilan dirgantara
        diponegoro
        """,
    "road": "street road raya besar lintas lingkar poros arteri pantura utama tembus bypass ringroad protokol",
    "village": """
        desa ds dsn dusun kampung kampong kp kpg kmp kelurahan kel klurahan kalurahan nagari jorong banjar
        gampong lingkungan padukuhan dukuh pedukuhan kompleks komplek komp perumahan perum prum prumahan cluster
        blok blk village
        """,
    "district": "kec kecamatan kcamatan kecmatan kapanewon kemantren distrik district",
    "kab": "kab kabupaten kabupatn kbupaten kabpaten kabuapten kbptn kabup pemkab bupati dprdkab regency",
    "kota": "kota kotamadya kodya kotamdya pemkot walikota kot city",
    "prov": "prov provinsi propinsi prop prv pemprov gubernur province",
    "number": "no nomor nomer nmr km kilometer kilo rt rw rtrw kav kavling lantai",
    "near": """
        depan dpn dpan depannya deket dekat dkt samping smping sebelah sblh sebrang seberang sbrang belakang
        blkg blakang sekitar sktr sekitaran pinggir pggir pinggiran tepi ujung pojok bawah atas antara pintu
        masuk komplek area kawasan near front behind opposite beside
        """,
    "mark": """
        sd sdn mi min smp smpn smpit mts mtsn sma sman smk smkn man slb tk paud sekolah pasar psr masjid msjid
        mesjid musholla mushola musola surau langgar gereja pura vihara kelenteng kantor kntor ktr kampus
        universitas univ rs rsu rsud rsup rsia puskesmas pkm pustu posyandu klinik apotek terminal stasiun sta
        halte shelter bandara pelabuhan dermaga spbu pombensin pertamina lapangan lap alun alunalun taman museum
        gor stadion indomaret alfamart alfamidi minimarket supermarket swalayan mall mal plaza ruko toko warung
        pabrik gudang polsek polres polresta polda koramil kodim balai balaidesa balaikota pendopo kecamatannya
        makam tpu kuburan waduk embung irigasi kali tpa tps rusun apartemen hotel rumahsakit rumahmakan
        kantorpos kantordesa balairw posronda poskamling gapura tugu patung monumen pantai jembatangantung bank
        atm samsat disdukcapil dukcapil simpanglima simpangempat simpangtiga simpangenam pasaratas pasarbawah
        pasarbaru pasarlama pasarpagi pasarsenen school market mosque church hospital station bridge
        """,
    "at": "di didaerah daerah dearah wilayah wil dari dr ke at in disekitar lokasi lokasinya alamat",
    "glue": """
        tepatnya tpatnya persis persisnya pas arah sampai smpai sampe hingga menuju dan atau yakni yaitu s d
        masuk dalam
        """,
    "office": """
        dinas pemda pemerintah pdam pln bpjs dprd kepala kadis kades camat lurah bpn bpbd satpol pol pp
        kejaksaan pengadilan kapolres kapolda kapolsek kementerian kemenag bkd disdik dinkes dinsos dishub
        dispenduk pupr dpupr dpu bpk bapak yth walinagari masyarakat warga penduduk
        """,
    "part": "pulau danau gunung sungai selat laut raden pangeran sultan nama",
    "apart": """
        trans tua soto nasi sate bakso mie mi pempek batik rm restoran rumahmakan kopi martabak gudeg rendang
        keripik kripik dodol apel jeruk salak bika lumpia kerak roti bahasa orang suku jurusan tujuan asal bus
        ktp plat pelat kereta travel ukiran tahu persib bandeng carica getuk bakpia intan ayam sambal kain
        kaos wingko serabi asinan talas ubi ka tenun sarung majalah koran harian radio tv
        partai perang lagu film universitas univ tari
        """,
}

_PLAIN: Final = """
    yang yg ini itu tersebut tsb sudah sdh udah udh dah sejak sejk sjk belum blm blom masih msh lagi lg sedang
    sdg akan telah tidak tdk gak ga gk nggak ngga ndak tak bukan bkn jangan jgn bisa bs dapat dpt harus hrs mau
    ingin mohon mhn tolong tlg minta harap semoga agar supaya spy untuk utk buat dengan dgn dg tanpa pada pd
    karena krn karna sebab akibat tapi tp tetapi namun jika kalau klo kalo bila ketika saat waktu sambil lalu
    kemudian trus terus setelah sebelum juga jg pun saja aja hanya cuma sangat sgt sekali banget bgt terlalu
    lebih paling cukup agak semua smua setiap tiap tiap2 banyak byk sedikit beberapa bbrp para saya sy aku kami
    kita dia mereka anda kamu nya pak bu bapak ibu bang mas mbak min admin apa siapa mana kapan bagaimana gimana
    kenapa mengapa berapa ada adalah ialah seperti spt sprti kayak oleh dlm kemarin kmrn kmarin kmrin kemaren
    kmren tadi td semalam pagi siang sore malam subuh hari hr senin selasa rabu kamis jumat sabtu minggu mgg
    bulan bln tahun thn jam menit tgl tanggal januari februari maret april mei juni juli agustus september
    oktober november desember skrg sekarang skrng lusa besok nanti dulu baru lama seminggu sebulan setahun rusak
    rsk parah berlubang brlubang lubang lobang bolong mati padam nyala hidup macet mampet buntu tersumbat banjir
    bnjir banjr longsor amblas ambles retak pecah bocor becek licin gelap kotor bau sampah smpah sampa numpuk
    tumpukan got selokan saluran drainase parit air listrik lampu lmpu lampunya pju tiang kabel pipa pohon
    tumbang roboh ambruk runtuh hancur jelek bahaya aman penuh kosong habis hilang hilangnya dicuri maling
    preman parkir liar pungli pungutan bayar dibayar gratis mahal murah harga uang duit dana bansos bantuan
    bantu dibantu blt pkh kis kk ktp kia akta akte surat motor mtr mobil truk angkot ojek kendaraan pengendara
    orang org anak anak2 warga wrga penduduk tetangga keluarga korban siswa murid guru dokter perawat pasien
    petugas pegawai oknum polisi penjual pedagang pkl pembeli kecelakaan jatuh jatoh tabrakan terjatuh luka
    meninggal sakit demam dbd obat antri antre antrian panjang pendek tinggi rendah dalam lebar sempit besar
    kecil sendiri sndiri kurang krg sering srg jarang selalu slalu pernah cepat lambat segera sgera lekas perlu
    butuh ganggu terganggu resah bising berisik ribut debu asap limbah lapor laporan melaporkan aduan keluhan
    info informasi makasih trims terima kasih thx assalamualaikum salam selamat halo hai depannya dekatnya rumah
    rmh rumahku kos kontrakan tempat tmpt kondisi keadaan jalannya jln2 jalan2 lampu2 aspal cor paving trotoar
    kerikil batuan proyek galian bangunan gedung tembok atap jendela tanah sawah kebun ladang sapi kambing
    anjing ayam kucing monyet ular tikus nyamuk lalat hama pupuk subsidi beras minyak gas elpiji bensin solar
    orangtua pelayanan layanan pelayan sistem loket nomer antriannya jadwal kelas sekolahan beasiswa kip ijazah
    kena dikenai ditarik ditutup dibuka dibuang dibakar membakar buang bakar tutup buka tutupnya jebol jebolnya
    setengah sebagian kira hampir sekitarnya seluruh semuanya kami2 tolonglah dong donk lah sih nih deh kok kan
    sampe kesini kesana disini disana sini sana situ disitu satu dua tiga empat lima enam tujuh delapan sembilan
    sepuluh pertama kedua ketiga utk2 tegangan arus mohonlah normal bagus baik buruk jorok kumuh rawan sepi
    ramai rame sunyi diperbaiki perbaiki perbaikan benerin dibenerin ditindak tindak lanjut ditindaklanjuti
    respon tanggapan solusi penanganan total putus ngadat mandek keruh asin busuk menyengat mengalir kering
    surut genangan tergenang tenggelam terendam pdhl padahal katanya alasan alesan mungkin kayaknya sepertinya
    memang emang jadi jd menjadi lewat lwt melintas jebakan begal curanmor narkoba judi balap balapan tawuran
    mabuk miras gangguan keributan berserakan menumpuk mengganggu meresahkan membahayakan menyebabkan
    mengakibatkan meluap meledak merusak merembes melanda meninggi menganga ngecor ngebut the is are was were
    and or of an to for with no not since yesterday broken light lights please help my our we it this that has
    have been hole holes garbage water very big nggih mboten ora wis uwis iki iku saiki ning nang teu geus atuh
    mah euy ieu eta tos parantos suba sampun tusing
    """

OFFICES: Final = words("bupati walikota wali gubernur pemkab pemkot pemprov")
"""Those of the words for a kind of region that name who is written to, not where it is."""

TIMES: Final = words(
    """
    jam pukul hari hr hri minggu mgg bulan bln tahun thn menit malam januari jan februari feb maret mar april apr
    mei juni jun juli jul agustus agt agst ags september sept sep oktober okt november nov desember des
    """
)
"""Words that a number before them counts or dates, so that it is no part of a place."""

SHOPS: Final = frozenset({"toko", "warung", "hotel", "apotek", "rumahmakan"})
"""Houses that are named for places far away: Toko Surabaya."""

CUES: Final[dict[str, str]] = dict.fromkeys(_PLAIN.split(), PLAIN) | {
    word: cue for cue, listing in _LISTINGS.items() for word in listing.split()
}
"""What a word cues, by the word in small letters; two words are looked up joined, as rumahsakit."""

COMMON: Final = words(
    """
    banjar batang batu biak bima buru jepara kaur kediri kisaran ketapang kotabaru kudus kuningan landak lebak
    lingga malang medan metro muna ngada padang palu pati poso puncak sekadau serang seram solok taliwang toba
    """
)
"""Names that are ordinary words as well: taken where something around them says that a place is meant."""

NOUNS: Final = frozenset({"batang", "batu", "buru", "landak", "lebak", "puncak", "seram", "serang"})
"""Those of them that stand after "di" in their ordinary sense too."""

ORDINARY: Final = words(
    """
    abang angan anyar atap babat baki bakau bakung balong bandar banjar baso batang batu bayang belimbing benda
    bendo benteng bola borong bulak bulu candi cempaka ceper darma duda duri gambir gambut gampang ganding
    gapura gempol genteng geser gudang jangkar jorong juli kali kapan kasihan kelapa kemang kemiri kerang kerek
    ketapang komodo kubu lawang legok lembar limo lontar mandor manggis marga maria mega melati minggir muara
    mujur mulia natal negara pagelaran palas panggang panggul panjang panji pantai panti pare periuk petang
    pinang polos rantau rendang sako salak salam sale sawan sawang sawahan sedan selat senen sentul sepanjang
    setu simpang sumber surian suruh susut taman tambak tampan tangga tanggul tanjung tebing tempel tiris tugu
    tumpang turi utan wahai waris waru larangan rumbai pancur tambora kraton karangan kebonan gondang pakis pule
    sampang sila lais basa
    """
)
"""Names of places below the regency that are ordinary words as well: taken after a word such as desa."""
