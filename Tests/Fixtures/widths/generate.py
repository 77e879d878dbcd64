"""Writes Sources/TerminalUI/Text/ScalarWidths.swift: the columns of every Unicode scalar.

The facts are asked of the C library's wcwidth(3) in C.UTF-8 (glibc 2.36, Unicode 14), because
ncurses asks the same function. Run it on Debian 12 from the root of the repository:

    python3 Tests/Fixtures/widths/generate.py
"""

import ctypes
import locale

locale.setlocale(locale.LC_ALL, "C.UTF-8")
libc = ctypes.CDLL("libc.so.6")
libc.wcwidth.argtypes = [ctypes.c_wchar]

runs = []
for scalar in range(0x110000):
    surrogate = 0xD800 <= scalar <= 0xDFFF
    width = -1 if surrogate else libc.wcwidth(chr(scalar))
    code = 3 if width < 0 else width
    if not runs or runs[-1][1] != code:
        runs.append((scalar, code))

numbers = [f"0x{start << 2 | code:X}" for start, code in runs]
lines, line = [], "   "
for number in numbers:
    if len(line) + len(number) + 2 > 100:
        lines.append(line)
        line = "   "
    line += f" {number},"
lines.append(line)

with open("Sources/TerminalUI/Text/ScalarWidths.swift", "w") as file:
    file.write(
        "// Written by Tests/Fixtures/widths/generate.py from glibc 2.36 (Unicode 14); don't edit.\n\n"
        "/// Where the columns of scalars change: `first scalar << 2 | columns`, in order; 3 stands for\n"
        "/// a scalar that the C library can't print (wcwidth -1).\n"
        "let scalarWidthRuns: [UInt32] = [\n" + "\n".join(lines) + "\n]\n"
    )
print(len(runs), "runs")
