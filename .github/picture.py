"""Makes README's picture: the explorer in tmux, its screen as an SVG with the terminal's colours.

Usage: picture.py WHYLIGHT_PROGRAM OUTPUT.svg [TEXT] [--size 120x36] [--theme dark]
"""

import argparse
import html
import os
import re
import subprocess
import tempfile
import time
import unicodedata

CELL = (8.4, 18)
ANSI = ["#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
        "#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"]
SCREENS = {"dark": ("#d0d0d0", "#121212"), "light": ("#1c1c1c", "#ffffff")}


def color(codes):
    """The colour that SGR 38 or 48 goes on to name."""
    if codes[0] == 2:
        return "#" + "".join(f"{c:02x}" for c in codes[1:4]), 4
    index = codes[1]
    if index < 16:
        return ANSI[index], 2
    if index >= 232:
        return "#" + f"{8 + 10 * (index - 232):02x}" * 3, 2
    steps = [0, 95, 135, 175, 215, 255]
    place = index - 16
    return "#" + "".join(f"{steps[p]:02x}" for p in (place // 36, place // 6 % 6, place % 6)), 2


def apply(parameters, style):
    codes = [int(p or 0) for p in re.split("[;:]", parameters)]
    while codes:
        code = codes.pop(0)
        if code == 0:
            style.clear()
        elif code in (1, 4, 7):
            style[code] = True
        elif code in (22, 24, 27):
            style.pop(code - 20 if code != 22 else 1, None)
        elif code in (38, 48):
            style[code], used = color(codes)
            codes = codes[used:]
        elif code in (39, 49):
            style.pop(code - 1, None)
        elif 30 <= code <= 37 or 40 <= code <= 47:
            style[38 if code < 40 else 48] = ANSI[code % 10]
        elif 90 <= code <= 97 or 100 <= code <= 107:
            style[38 if code < 100 else 48] = ANSI[8 + code % 10]


def svg(captured, columns, rows, screen):
    foreground, background = SCREENS[screen]
    width, height = columns * CELL[0] + 20, rows * CELL[1] + 20
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
           f'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">',
           f'<rect width="100%" height="100%" rx="6" fill="{background}"/>']
    style = {}  # goes on from line to line, as tmux writes it
    for row, line in enumerate(captured.split("\n")[:rows]):
        column, top = 0, row * CELL[1] + 10
        for part in re.split("(\x1b\\[[0-9;:]*m)", re.sub("\x1b[()].|[\x0e\x0f]", "", line)):
            if part.startswith("\x1b"):
                apply(part[2:-1], style)
                continue
            cells = sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF"
                        else 1 for c in part)
            if not cells:
                continue
            fore, back = style.get(38, foreground), style.get(48)
            if style.get(7):
                fore, back = back or background, fore
            x, span = column * CELL[0] + 10, cells * CELL[0]
            if back:
                out.append(f'<rect x="{x:g}" y="{top:g}" width="{span:g}" height="{CELL[1]}" fill="{back}"/>')
            if part.strip():
                marks = (' font-weight="bold"' if style.get(1) else "") + (
                    ' text-decoration="underline"' if style.get(4) else "")
                out.append(f'<text x="{x:g}" y="{top + 14:g}" fill="{fore}" textLength="{span:g}" '
                           f'xml:space="preserve"{marks}>{html.escape(part)}</text>')
            column += cells
    return "\n".join(out + ["</svg>"]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("output")
    parser.add_argument("text", nargs="?", default="The acting is brilliant and the score is gorgeous, "
                        "but the story never quite works and the ending is painfully predictable.")
    parser.add_argument("--size", default="120x36")
    parser.add_argument("--theme", default="dark")
    parser.add_argument("--keys", nargs="*", default=[], help="tmux's names, pressed one by one")
    arguments = parser.parse_args()
    columns, rows = map(int, arguments.size.split("x"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        idle = os.path.join(folder, "idle")

        def tmux(*words):
            return subprocess.run(["tmux", "-L", f"picture-{os.getpid()}", "-f", "/dev/null", *words],
                                  check=True, capture_output=True, text=True).stdout

        tmux("new-session", "-d", "-x", str(columns), "-y", str(rows), "env", f"HOME={folder}",
             f"XDG_STATE_HOME={folder}", f"XDG_CONFIG_HOME={folder}", "COLORTERM=", "LC_ALL=C.UTF-8",
             arguments.program, "explore", "--fresh", "--theme", arguments.theme, "--idle-file", idle,
             arguments.text)
        try:
            for key in [None, *arguments.keys]:
                if key:
                    tmux("send-keys", key)
                    time.sleep(0.3)
                deadline = time.time() + 20
                while not os.path.exists(idle) and time.time() < deadline:
                    time.sleep(0.05)
            time.sleep(2)
            captured = tmux("capture-pane", "-p", "-e")
        finally:
            subprocess.run(["tmux", "-L", f"picture-{os.getpid()}", "kill-server"], check=False)
    screen = "light" if "light" in arguments.theme else "dark"
    with open(arguments.output, "w", encoding="utf-8") as file:
        file.write(svg(captured, columns, rows, screen))


if __name__ == "__main__":
    main()
