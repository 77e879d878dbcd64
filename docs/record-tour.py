#!/usr/bin/env python3
"""Records `whylight tour` as an asciicast (version 2), for players such as asciinema or svg-term.

    python3 docs/record-tour.py .build/release/whylight tour.cast
"""
import fcntl
import json
import os
import pty
import select
import struct
import sys
import tempfile
import termios
import time

COLUMNS, ROWS, LONGEST = 120, 36, 300


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program, output = sys.argv[1:]
    home = tempfile.mkdtemp()
    environment = {
        "HOME": home, "PATH": os.environ.get("PATH", ""), "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
    }
    child, terminal = pty.fork()
    if child == 0:
        os.execve(program, [program, "tour", "--color", "256"], environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    start, quiet_since, ended = time.monotonic(), time.monotonic(), False
    with open(output, "w", encoding="utf-8") as cast:
        header = {"version": 2, "width": COLUMNS, "height": ROWS, "title": "whylight tour"}
        cast.write(json.dumps(header) + "\n")
        rest = b""
        while time.monotonic() - start < LONGEST:
            ready, _, _ = select.select([terminal], [], [], 0.2)
            if not ready:
                # the tour is over when nothing has moved for longer than any of its sentences stands
                if not ended and time.monotonic() - quiet_since > 12:
                    ended = True
                    os.write(terminal, b"\x11")
                continue
            try:
                data = os.read(terminal, 65536)
            except OSError:
                break
            if not data:
                break
            quiet_since = time.monotonic()
            data, rest = rest + data, b""
            # a character may be cut in two
            for cut in range(4):
                try:
                    text = data[: len(data) - cut].decode("utf-8")
                    rest = data[len(data) - cut:]
                    break
                except UnicodeDecodeError:
                    continue
            else:
                text = data.decode("utf-8", "replace")
            cast.write(json.dumps([round(quiet_since - start, 3), "o", text]) + "\n")
    os.waitpid(child, 0)


main()
