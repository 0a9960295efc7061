"""A province, regency or city."""

import msgspec

_PROVINCE = 2  # characters of its code
_KINDS = ("Kabupaten Administrasi ", "Kota Administrasi ", "Kabupaten ", "Kota ")


class Region(msgspec.Struct, frozen=True):
    """A province ("34") or a regency or city ("34.04") by its Kemendagri code and its official name."""

    code: str
    name: str

    @property
    def is_province(self) -> bool:
        """Tell whether it is a province."""
        return len(self.code) == _PROVINCE

    @property
    def province(self) -> str:
        """Return the code of its province, which is its own code if it is one."""
        return self.code[:_PROVINCE]

    @property
    def bare(self) -> str:
        """Return the name without the word for its kind: Sleman of Kabupaten Sleman."""
        kind = next((kind for kind in _KINDS if self.name.startswith(kind)), "")
        return self.name[len(kind) :]
