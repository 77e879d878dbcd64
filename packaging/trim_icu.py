"""ICU's data without what belongs to one language or one old encoding: the root locale stays.

Usage: trim_icu.py ALL.DAT FEW.DAT

The format (source/common/ucmndata.h, source/tools/toolutil/package.cpp): a header whose first two bytes are its length,
a count, a pair of offsets for each item (name and data, from behind the header), names, and the items at multiples of 16.
"""

import fnmatch
import re
import struct
import sys

KEPT = """
    root.res pool.res res_index.res supplementalData.res numberingSystems.res likelySubtags.res zoneinfo64.res
    timezoneTypes.res windowsZones.res metaZones.res keyTypeData.res icuver.res icustd.res metadata.res plurals.res
    langInfo.res dayPeriods.res nfkc.nrm
    brkitr/root.res brkitr/char.brk lang/root.res region/root.res curr/root.res curr/supplementalData.res zone/root.res
""".split()


def main():
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    header, = struct.unpack_from("<H", data, 0)
    count, = struct.unpack_from("<I", data, header)
    offsets = [struct.unpack_from("<II", data, header + 4 + 8 * index) for index in range(count)]
    ends = [start for _, start in offsets[1:]] + [len(data) - header]
    kept = []
    for (name_start, start), end in zip(offsets, ends):
        name = data[header + name_start:data.index(b"\0", header + name_start)]
        # "icudt76l/coll/root.res"
        short = re.sub(r"^[^/]*/", "", name.decode())
        if any(fnmatch.fnmatchcase(short, pattern) for pattern in KEPT):
            kept.append((name, data[header + start:header + end]))
    if len(kept) < 15:
        sys.exit(f"{sys.argv[1]}: {count} items, of which {len(kept)} are known: not the data of an ICU that this script knows")

    names, table, items = b"", b"", b""
    names_start = 4 + 8 * len(kept)
    items_start = names_start + sum(len(name) + 1 for name, _ in kept)
    padding = -items_start % 16
    for name, item in kept:
        table += struct.pack("<II", names_start + len(names), items_start + padding + len(items))
        names += name + b"\0"
        items += item + bytes(-len(item) % 16)
    with open(sys.argv[2], "wb") as file:
        file.write(data[:header] + struct.pack("<I", len(kept)) + table + names + bytes(padding) + items)


main()
