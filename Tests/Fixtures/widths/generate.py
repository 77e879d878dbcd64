"""Writes Sources/TerminalUI/Text/ScalarWidths.swift: the columns of every Unicode scalar.

The facts are asked of the C library's wcwidth(3) in C.UTF-8 (glibc 2.36, Unicode 14), because
ncurses asks the same function. What glibc 2.41 (Unicode 16) counts otherwise is shown as unknown: of two
columns on one system and one on the other, no picture would be right on both. Run it on Debian 12 from the
root of the repository:

    python3 Tests/Fixtures/widths/generate.py
"""

import ctypes
import locale

locale.setlocale(locale.LC_ALL, "C.UTF-8")
libc = ctypes.CDLL("libc.so.6")
libc.wcwidth.argtypes = [ctypes.c_wchar]

# Trigrams, digrams, tetragrams, counting rods, and a vowel sign of Ahom: first and last.
DISPUTED = [(0x2630, 0x2637), (0x268A, 0x268F), (0x1171E, 0x1171E), (0x1D300, 0x1D356), (0x1D360, 0x1D376)]

runs = []
for scalar in range(0x110000):
    surrogate = 0xD800 <= scalar <= 0xDFFF
    width = -1 if surrogate else libc.wcwidth(chr(scalar))
    is_disputed = any(first <= scalar <= last for first, last in DISPUTED)
    code = 3 if width < 0 or is_disputed else width
    if not runs or runs[-1][1] != code:
        runs.append((scalar, code))

numbers = [f"0x{start << 2 | code:X}" for start, code in runs]
lines, line = [], " "
for number in numbers:
    if len(line) + len(number) + 2 > 100:
        lines.append(line)
        line = " "
    line += f" {number},"
lines.append(line)

with open("Sources/TerminalUI/Text/ScalarWidths.swift", "w") as file:
    file.write(
        "// Written by Tests/Fixtures/widths/generate.py from glibc 2.36 (Unicode 14); don't edit.\n\n"
        "/// Where the columns of scalars change: `first scalar << 2 | columns`, in order; 3 stands for\n"
        "/// a scalar that the C library can't print (wcwidth -1), or that two of them count differently.\n"
        "let scalarWidthRuns: [UInt32] = [\n" + "\n".join(lines) + "\n]\n"
    )
print(len(runs), "runs")
