"""Real words that are a slip, or their vowels, away from the name of a region."""

from typing import Final

from conversations.answers.normal import words

REAL: Final = words(
    """
    arahan asahkan asapan ayahan bagian bahkan balangan balasan bandang bandeng banding bandul bangga bangkai
    bangku bangsa bantal bantam banteng banting barang barangan bareng baringan bawah bawahan bawang bekas
    belakang belasan belatung beliung bendung bentang benteng bentul betung bilangan bintang bngkl bngkr bnjr
    bntn bntng buntung buruan dahulu demikian hambar kabar kadangan kalangan kaleng kamar kampas kamper kandang
    kandungan kantong kapas kapling kaporit kapsul kataloh katungan kebakaran kebarat kebiri kebutuhan kelamaan
    kelapang keliling kelinci kemudi kenal kenari kencang kendala kendali kendara kendati kenduri kental kepang
    kepul kerajang keranjang keringat kerontang kiriman kisah kisaran kmpr kndl kndr kolak kompor kondangan
    konser kostan krmn kuah kubang kujang kukang kuping kupingan kurang kurangan kutang labur lamar lambai
    lamban lambung landa landai landas landasan langkah langsai langsat lembaga lembur lemburan lempar lmbr lmbt
    lmpr lngkt lobang logistik loreng lubangan lumpang magang makanan malak malam malas maling mandiri manfaat
    manset mantel mantra maret marina masehi matang matros median mediasi meduan melati menanti mencari mengalir
    mesin meskipun mimik mksr mnggr musibah natural padan padat paharan pahitan pakaian paketan palang paman
    pandai pandang panduan pangkalan panitia papar parahan parang parkir parkiran pasak pasang pasangan pasaran
    pasien paving pawang payung pedagang pedang pekarangan pelangkah pelebaran pematang pembalakan pemilihan
    pemulung penawaran pencak pendapatan penjara perairan permata pesanan pesawahan pesiar petugas pincang
    pindang pintar pisang pnjm prmn puncaknya pundak purnakarya rajang rambang regang renang rencana rengat
    rintang sabana sadarkan salahan samarkan samba sambal sambung sambut sampan samping sanggah sanggar sanggup
    sarang sarung sayang sebaran sebarang sebatang seberang sebulan sedang segarang segera sejajar sekadar
    sekali sekaligus sekarang sekolah selain selalu selama selamat selang selaras selasar selayak seling selokan
    seluas seluruh seman semangat sembarang sempat semprotan senang sendiri sengaja sentuh seorang sepanjang
    sepeda serahkan serai serangan sering serona seruan seruni setahun setiap setinggi siang siapa simpang
    sinting siram sirap smbr smpng smpt sntr sokong sorotan sotong srngn subsidi sumba sumbang sumbangan sumbat
    sumber sungai sutra tabungan tahanan tahapan tambahan tanahan tanaman tanggal tangkai tangkap tangkas
    tarikan tatanan tawaran tekanan tembakan tendangan tetangga timbunan tuduhan tulisan tumenggung turunan
    umaran
    """
)
"""What is none of our names, however like one it looks."""
