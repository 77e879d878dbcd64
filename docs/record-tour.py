#!/usr/bin/env python3
"""Records `whylight tour` as an animated SVG, for the README, or as an asciicast (version 2), for players.

    python3 -m venv /tmp/tour && /tmp/tour/bin/pip install pyte==0.8.2
    /tmp/tour/bin/python docs/record-tour.py .build/release/whylight .github/tour.svg
    python3 docs/record-tour.py .build/release/whylight tour.cast

It takes about two minutes, as long as the tour.
"""
import fcntl
import html
import json
import os
import pty
import re
import select
import struct
import sys
import tempfile
import termios
import time

COLUMNS, ROWS, LONGEST = 110, 32, 300
# The tour waits up to 20 s for the model, and its last sentence stands for 5 s.
SILENCE = 30


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program, output = sys.argv[1:]
    events = record(program)
    if output.endswith(".cast"):
        text = asciicast(events)
    else:
        text = animation(frames(events))
    with open(output, "w", encoding="utf-8") as file:
        file.write(text)
    print(f"{output}: {len(text.encode()) / 1000:.0f} kB")


def record(program: str) -> list[tuple[float, bytes]]:
    """What the program writes, with the seconds since its start."""
    home = tempfile.mkdtemp()
    # a terminal without repeated characters, which pyte does not know
    environment = {
        "HOME": home, "PATH": os.environ.get("PATH", ""), "TERM": "screen-256color",
        "LC_ALL": "C.UTF-8",
    }
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.execve(program, [program, "tour", "--color", "256"], environment)
    start = moved = time.monotonic()
    events: list[tuple[float, bytes]] = []
    has_quit = False
    while time.monotonic() - start < LONGEST:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if not ready:
            if not has_quit and time.monotonic() - moved > SILENCE:
                has_quit = True
                os.write(terminal, b"\x11")
            continue
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        moved = time.monotonic()
        if not has_quit:
            events.append((moved - start, data))
    os.close(terminal)
    os.waitpid(child, 0)
    return events


def asciicast(events: list[tuple[float, bytes]]) -> str:
    header = {"version": 2, "width": COLUMNS, "height": ROWS, "title": "whylight tour"}
    lines, rest = [json.dumps(header)], b""
    for seconds, data in events:
        data = rest + data
        # a character may be cut in two
        end = len(data)
        while end > max(0, len(data) - 4):
            try:
                text = data[:end].decode("utf-8")
                break
            except UnicodeDecodeError:
                end -= 1
        else:
            text, end = data.decode("utf-8", "replace"), len(data)
        rest = data[end:]
        lines.append(json.dumps([round(seconds, 3), "o", text]))
    return "\n".join(lines) + "\n"


# A run of cells in one style: column, text, foreground, background, bold, underlined.
Run = tuple[int, str, str, str, bool, bool]
GROUND, INK = "121212", "d0d0d0"
NAMED = {
    "black": "000000", "red": "cd3131", "green": "0dbc79", "brown": "e5e510", "blue": "2472c8",
    "magenta": "bc3fbc", "cyan": "11a8cd", "white": "e5e5e5",
}
# A screen that stands shorter than that is on its way to the next one.
SHORTEST = 0.2
# Commands for terminals that pyte would show as text: strings, and private modes.
UNKNOWN = re.compile(rb"\x1b[_P\]^][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[<>=?][0-9;]*[a-ln-z]")
# Nobody waits longer in front of a picture.
LONGEST_FRAME = 4.0


def frames(events: list[tuple[float, bytes]]) -> list[tuple[float, list[tuple[Run, ...]]]]:
    """Each screen that stood for a while, and for how many seconds."""
    screen, stream = emulator()
    found: list[tuple[float, list[tuple[Run, ...]]]] = []
    for index, (seconds, data) in enumerate(events):
        stream.feed(UNKNOWN.sub(b"", data))
        stands = events[index + 1][0] - seconds if index + 1 < len(events) else LONGEST_FRAME
        if stands < SHORTEST:
            continue
        rows = [tuple(runs(screen.buffer[row])) for row in range(ROWS)]
        if found and found[-1][1] == rows:
            found[-1] = (min(found[-1][0] + stands, LONGEST_FRAME), rows)
        elif any(rows):
            found.append((min(stands, LONGEST_FRAME), rows))
    return found


def emulator():
    """A terminal of pyte's with the two commands that it lacks: a region scrolls up, or down."""
    import pyte

    class Screen(pyte.Screen):
        def scroll(self, count: int, edge: int, step) -> None:
            row, self.cursor.y = self.cursor.y, edge
            for _ in range(count or 1):
                step()
            self.cursor.y = row

        def scroll_up(self, count: int = 1, **_) -> None:
            self.scroll(count, self.margins.bottom if self.margins else self.lines - 1, self.index)

        def scroll_down(self, count: int = 1, **_) -> None:
            self.scroll(count, self.margins.top if self.margins else 0, self.reverse_index)

    class Stream(pyte.ByteStream):
        csi = {**pyte.ByteStream.csi, "S": "scroll_up", "T": "scroll_down"}
        events = pyte.ByteStream.events | {"scroll_up", "scroll_down"}

    screen = Screen(COLUMNS, ROWS)
    return screen, Stream(screen)


def runs(line) -> list[Run]:
    found: list[Run] = []
    for column in range(COLUMNS):
        cell = line[column]
        ink, ground = color(cell.fg, INK), color(cell.bg, GROUND)
        if cell.reverse:
            ink, ground = ground, ink
        style = (ink, ground, cell.bold, cell.underscore)
        if found and found[-1][2:] == style:
            found[-1] = (found[-1][0], found[-1][1] + cell.data, *style)
        else:
            found.append((column, cell.data, *style))
    return [run for run in found if run[1].strip() or run[3] != GROUND or run[5]]


def color(name: str, default: str) -> str:
    if name == "default":
        return default
    return NAMED.get(name, name if re.fullmatch("[0-9a-f]{6}", name) else default)


WIDTH, HEIGHT, SIZE = 8, 17, 13
# DejaVu Sans Mono is 0.602 of its size wide
FONT_SIZE = 13.29


def animation(shown: list[tuple[float, list[tuple[Run, ...]]]]) -> str:
    """One picture that shows a frame after the other; a row that several have is in it once."""
    classes: dict[str, str] = {}
    rows: dict[tuple[Run, ...], int] = {}
    definitions: list[str] = []
    groups: list[str] = []
    styles: list[str] = []
    total = sum(seconds for seconds, _ in shown)
    begins = 0.0
    for index, (seconds, screen) in enumerate(shown):
        uses = []
        for y, row in enumerate(screen):
            if not row:
                continue
            if row not in rows:
                rows[row] = len(rows)
                definitions.append(f'<g id="r{rows[row]}">{drawn(row, classes)}</g>')
            uses.append(f'<use href="#r{rows[row]}" y="{y * HEIGHT + SIZE}"/>')
        groups.append(f'<g class="f" id="f{index}">{"".join(uses)}</g>')
        start, end = begins / total * 100, (begins + seconds) / total * 100
        begins += seconds
        hidden = "" if index == 0 else "0%{visibility:hidden}"
        after = "" if index + 1 == len(shown) else f"{end:.3f}%{{visibility:hidden}}"
        styles.append(
            f"@keyframes k{index}{{{hidden}{start:.3f}%{{visibility:visible}}{after}"
            f"100%{{visibility:{'visible' if not after else 'hidden'}}}}}"
            f"#f{index}{{animation-name:k{index}}}")
    colors = "".join(f".{name}{{fill:#{code}}}" for code, name in classes.items())
    width, height = COLUMNS * WIDTH + 16, ROWS * HEIGHT + 16
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="-8 -8 {width} {height}" role="img" aria-label="whylight tour" xml:space="preserve">\n'
        "<style>text{font:" + f"{FONT_SIZE}px" + " 'DejaVu Sans Mono',Menlo,Consolas,monospace;white-space:pre}"
        ".b{font-weight:bold}.u{text-decoration:underline}"
        f".f{{visibility:hidden;animation:{total:.2f}s step-end infinite}}#f0{{visibility:visible}}"
        f"{colors}{''.join(styles)}</style>\n"
        f'<rect x="-8" y="-8" width="100%" height="100%" rx="6" fill="#{GROUND}"/>\n'
        f"<defs>{''.join(definitions)}</defs>\n" + "\n".join(groups) + "\n</svg>\n")


def drawn(row: tuple[Run, ...], classes: dict[str, str]) -> str:
    """A row on a line of text at 0; letters alone, as of borders, are one text for each colour."""

    def name(code: str) -> str:
        return classes.setdefault(code, f"c{len(classes)}")

    parts = []
    alone: dict[str, tuple[list[int], str]] = {}
    for column, text, ink, ground, is_bold, is_underlined in row:
        columns = len(text)
        if ground != GROUND:
            parts.append(
                f'<rect class="{name(ground)}" x="{column * WIDTH}" y="-{SIZE}" '
                f'width="{columns * WIDTH}" height="{HEIGHT}"/>')
        if not text.strip() and not is_underlined:
            continue
        if not is_underlined:
            column += columns - len(text.lstrip())
            text = text.strip()
        kind = " ".join([name(ink)] + ["b"] * is_bold + ["u"] * is_underlined)
        if len(text) == 1:
            places, letters = alone.get(kind, ([], ""))
            alone[kind] = (places + [column * WIDTH], letters + text)
            continue
        parts.append(
            f'<text class="{kind}" x="{column * WIDTH}" '
            f'textLength="{len(text) * WIDTH}">{html.escape(text, quote=False)}</text>')
    for kind, (places, letters) in alone.items():
        spans = "".join(
            f'<tspan x="{place}">{html.escape(letter, quote=False)}</tspan>'
            for place, letter in zip(places, letters))
        parts.append(f'<text class="{kind}">{spans}</text>')
    return "".join(parts)


if __name__ == "__main__":
    main()
