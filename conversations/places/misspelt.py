"""Real words that are a slip, or their vowels, away from the name of a region."""

from typing import Final

from conversations.answers.normal import words

REAL: Final = words(
    """
    arahan asahkan asapan ayahan bagian bahkan balangan balasan bandang bandeng banding bandul bangga bangkai
    bangku bangsa bantal bantam banteng banting barang barangan bareng baringan bawah bawahan bawang belakang
    belasan belatung beliung bendung bentang benteng bentul betung bilangan bintang bngkl bngkr bnjr bntn bntng
    buntung buruan dahulu demikian hambar kadangan kalangan kaleng kampas kamper kandang kandungan kantong
    kapling kaporit kapsul kataloh katungan kebakaran kebarat kebiri kebutuhan kelamaan kelapang keliling
    kelinci kemudi kenari kencang kendala kendali kendara kendati kenduri kental kepang kerajang keranjang
    keringat kerontang kiriman kisah kisaran kmpr kndl kndr kompor kondangan konser kostan krmn kubang kujang
    kukang kuping kupingan kurang kurangan kutang lambai lamban lambung landai landas landasan langkah langsai
    langsat lembaga lembur lemburan lempar lmbr lmbt lmpr lngkt lobang logistik loreng lubangan lumpang magang
    makanan malam malas maling mandiri manfaat manset mantel mantra maret marina masehi matang matros median
    mediasi meduan melati menanti mencari mengalir mesin meskipun mksr mnggr musibah natural paharan pahitan
    pakaian paketan palang pandai pandang panduan pangkalan panitia parahan parang parkir parkiran pasak pasang
    pasangan pasaran pasien paving pawang payung pedagang pedang pekarangan pelangkah pelebaran pematang
    pembalakan pemilihan pemulung penawaran pencak pendapatan penjara perairan permata pesanan pesawahan pesiar
    petugas pincang pindang pintar pisang pnjm prmn puncaknya pundak purnakarya rajang rambang regang renang
    rencana rengat rintang sabana sadarkan salahan samarkan sambal sambung sambut sampan samping sanggah sanggar
    sanggup sarang sarung sayang sebaran sebarang sebatang seberang sebulan sedang segarang segera sejajar
    sekadar sekali sekaligus sekarang sekolah selain selalu selama selamat selang selaras selasar selayak seling
    selokan seluas seluruh semangat sembarang sempat semprotan senang sendiri sengaja sentuh seorang sepanjang
    sepeda serahkan serangan sering serona seruan seruni setahun setiap setinggi siang siapa simpang sinting
    siram smbr smpng smpt sntr sokong sorotan sotong srngn subsidi sumbang sumbangan sumbat sumber sungai
    tabungan tahanan tahapan tambahan tanahan tanaman tanggal tangkai tangkap tangkas tarikan tatanan tawaran
    tekanan tembakan tendangan tetangga timbunan tuduhan tulisan tumenggung turunan umaran
    """
)
"""What is none of our names, however like one it looks."""
