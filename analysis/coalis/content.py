"""Is what a file holds what the program wrote? The checksums of docs/formats/checksums.md, section by section."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np

try:
    import h5py
    import xxhash

    _can_check = True
except ImportError:  # opening files does not need them
    _can_check = False

_ATTRIBUTE = "content_checksum"
_NO_VARIABLE = b"This is a netCDF dimension but not a netCDF variable."
_MASK = 2**64 - 1


def require_own_values(path: Path) -> None:
    """That all values of a file are in it, as the program asks: what links, external storage and virtual variables name may be a secret, or
    a pipe that never ends. Reads no values. Nothing without h5py. Throws ContentError."""
    if _can_check:
        with h5py.File(path, "r") as file:
            _require_own(file)


def _require_own(group: Any) -> None:
    for name in group:
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            raise ContentError(f"{group.name} has links that lead elsewhere")
        one = group[name]
        if isinstance(one, h5py.Group):
            _require_own(one)
        elif isinstance(one, h5py.Dataset) and (one.external or one.is_virtual):
            raise ContentError(f"{one.name} has its values in another file")


class ContentError(Exception):
    """What a file holds is not what was written. The message says where."""


def check_content(path: Path, section: str) -> bool:
    """Compares a section ("/" or a group of the root) with its checksum. False if that cannot be done: the file is of an older
    program, or h5py or xxhash is missing (a warning says so). Throws ContentError."""
    if not _can_check:
        warnings.warn("the content of files is not checked: h5py and xxhash are not installed", stacklevel=3)
        return False
    with h5py.File(path, "r") as file:
        stored = {name: _stored(thing) for name, thing in [("/", file), *file.items()]}
        if not any(stored.values()):
            return False
        found = _root(file, stored) if section == "/" else _hex(_sum_of(file[section], "/" + section))
        if found != stored[section]:
            place = "the attributes of the file itself, or which groups it has" if section == "/" else "/" + section
            raise ContentError(f"{place} is not what was written: its content has another checksum")
    return True


def _stored(thing: Any) -> str:
    return _text(thing.attrs.get_id(_ATTRIBUTE)).decode() if _ATTRIBUTE in thing.attrs else ""


def _root(file: Any, stored: dict[str, str]) -> str:
    total = _attributes(file, "/")
    for name in file:
        total += _hash(f"section\0{name}\0{'' if name == 'provenance' else stored[name]}".encode())
    return _hex(total)


def _sum_of(thing: Any, path: str) -> int:
    total = _attributes(thing, path)
    if isinstance(thing, h5py.Dataset):
        return total + _variable(thing, path)
    total += _item(path, b"group")
    return total + sum(_sum_of(below, f"{path}/{name}") for name, below in thing.items())


def _attributes(thing: Any, path: str) -> int:
    total = 0
    for name in thing.attrs:
        if name in (_ATTRIBUTE, "REFERENCE_LIST"):
            continue
        if name == "DIMENSION_LIST":
            scales = [thing.file[axis[0]].name for axis in thing.attrs[name]]
            kind, shape, value = "names", str(len(scales)), b"".join(scale.encode() + b"\0" for scale in scales)
        else:
            attribute = thing.attrs.get_id(name)
            kind = _type_name(attribute.dtype)
            is_text = attribute.dtype.kind == "S"
            value = _text(attribute) if is_text else np.asarray(thing.attrs[name]).tobytes()
            kind, shape = ("text", "") if is_text else (kind, ",".join(map(str, attribute.shape)))
        total += _item(path, f"attribute\0{name}\0{kind}\0{shape}\0".encode() + value)
    return total


def _variable(data: Any, path: str) -> int:
    is_text = h5py.check_string_dtype(data.dtype) is not None and data.dtype.kind == "O"
    kind = "text" if is_text else _type_name(data.dtype)
    values = 0
    if not ("NAME" in data.attrs and _text(data.attrs.get_id("NAME")).startswith(_NO_VARIABLE)):
        bytes_of = b"".join(text + b"\0" for text in data[()]) if is_text else np.ascontiguousarray(data[()]).tobytes()
        values = xxhash.xxh3_64_intdigest(bytes_of)
    return _item(path, f"variable\0{kind}\0{','.join(map(str, data.shape))}\0{_hex(values)}".encode())


def _text(attribute: Any) -> bytes:
    value = np.empty(attribute.shape, dtype=attribute.dtype)
    attribute.read(value)
    return value.tobytes().split(b"\0")[0]


def _type_name(kind: Any) -> str:
    return re.sub(r"^bytes(\d+)$", lambda found: f"string{int(found[1]) // 8}", kind.name)


def _item(path: str, item: bytes) -> int:
    return _hash(path.encode() + b"\0" + item)


def _hash(value: bytes) -> int:
    return int(xxhash.xxh3_64_intdigest(value))


def _hex(value: int) -> str:
    return f"{value & _MASK:016x}"
