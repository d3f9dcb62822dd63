"""What two equal runs have in common to the byte."""
import re
import struct


def raw(path):
    """The file's bytes, the blocks of /provenance's object header blanked: nothing else may differ, not even the layout."""
    data = path.read_bytes()
    begin = data.rindex(b"OHDR", 0, data.rindex(b"What may differ between two equal runs"))
    flags = data[begin + 5]  # HDF5 file format, IV.A.1.b: version 2 object header
    assert flags & 0x30 == 0
    width = 1 << (flags & 3)
    blocks = [(begin, begin + 6 + width + int.from_bytes(data[begin + 6 : begin + 6 + width], "little") + 4)]
    for begin, end in blocks:  # IV.A.2.q: a continuation message has the address and length of a further block
        for chunk in re.finditer(b"OCHK", data):
            at = data.find(struct.pack("<Q", chunk.start()), begin, end)
            if at >= 0:
                blocks.append((chunk.start(), chunk.start() + struct.unpack_from("<Q", data, at + 8)[0]))
    header = b"".join(data[begin:end] for begin, end in blocks)
    assert all(name in header for name in (b"command", b"date", b"content_checksum"))
    for begin, end in blocks:
        data = data[:begin] + b"#" * (end - begin) + data[end:]
    return data
