#!/usr/bin/env python3
"""Runs a program in tmux, presses keys, and draws what it shows as a PNG.

    take.py diagnosis.png --size 100x30 --keys Enter 1 Down -- drydock examples/shop

Keys are those of `tmux send-keys`. Needs tmux, pyte and Pillow (PyPI), and the Debian packages fonts-dejavu-core and
fonts-wqy-zenhei. Every character is drawn into its cell and box lines are drawn as lines, so that columns stay aligned
whatever the fonts do.
"""

import argparse
import subprocess
import sys
import time
import uuid

import pyte
from PIL import Image, ImageDraw, ImageFont

LATIN = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"
LATIN_BOLD = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf"
HAN = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"

SIZE = 28  # of the Latin font, in pixels; the picture is sharp on screens of double density
CELL = (17, 36)
MARGIN = 28
THEMES = {
    "dark": {"background": "#16181d", "text": "#d6d9e0"},
    "light": {"background": "#fbfbf8", "text": "#24272e"},
}
NAMED = {
    "black": "#000000", "red": "#cc3b47", "green": "#3fa34d", "brown": "#c98a1b", "blue": "#3b82d0",
    "magenta": "#a35fc0", "cyan": "#2aa1a8", "white": "#d6d9e0",
}

# How far a line reaches from the middle of its cell: left, right, up, down; and how thick it is.
LINES = {
    "─": (1, 1, 0, 0, 2), "━": (1, 1, 0, 0, 5), "│": (0, 0, 1, 1, 2), "┬": (1, 1, 0, 1, 2), "┴": (1, 1, 1, 0, 2),
    "├": (0, 1, 1, 1, 2), "└": (0, 1, 1, 0, 2), "┼": (1, 1, 1, 1, 2),
}


def tmux(socket, *arguments):
    command = ["tmux", "-L", socket, "-f", "/dev/null", *arguments]
    return subprocess.run(command, capture_output=True, text=True).stdout


def capture(command, columns, rows, keys, pause):
    socket = f"screenshot-{uuid.uuid4().hex[:8]}"
    shell = " ".join(["env", "-u", "LC_ALL", "LANG=C.UTF-8", "TERM=tmux-256color", *map(quoted, command)])
    # What tmux hands on must be all 256 colours.
    tmux(socket, "new-session", "-d", "-x", str(columns), "-y", str(rows), f"{shell}; sleep 60")
    try:
        settle(socket, pause)
        for key in keys:
            tmux(socket, "send-keys", key)
            settle(socket, pause)
        return tmux(socket, "capture-pane", "-e", "-p")
    finally:
        tmux(socket, "kill-server")


def settle(socket, pause):
    """Waits until the screen shows something, and has not changed for so many seconds."""
    last, since = "", time.monotonic()
    while not last.strip() or time.monotonic() - since < pause:
        time.sleep(0.05)
        screen = tmux(socket, "capture-pane", "-e", "-p")
        if screen != last:
            last, since = screen, time.monotonic()


def quoted(word):
    return "'" + word.replace("'", "'\\''") + "'"


def cells(text, columns, rows):
    screen = pyte.Screen(columns, rows)
    stream = pyte.Stream(screen)
    stream.feed("\r\n".join(text.rstrip("\n").split("\n")))
    return screen.buffer


def colour(name, default):
    if name == "default":
        return default
    return NAMED.get(name.removeprefix("bright"), f"#{name}" if len(name) == 6 else default)


def draw(buffer, columns, rows, theme):
    width, height = CELL
    look = THEMES[theme]
    image = Image.new("RGB", (columns * width + 2 * MARGIN, rows * height + 2 * MARGIN), look["background"])
    pen = ImageDraw.Draw(image)
    fonts = {
        False: ImageFont.truetype(LATIN, SIZE), True: ImageFont.truetype(LATIN_BOLD, SIZE),
        "han": ImageFont.truetype(HAN, SIZE + 3),
    }
    for row in range(rows):
        for column in range(columns):
            cell = buffer[row][column]
            x, y = MARGIN + column * width, MARGIN + row * height
            if cell.data.strip():
                paint(pen, cell, x, y, colour(cell.fg, look["text"]), fonts)
            if cell.underscore:
                pen.line((x, y + height - 4, x + width, y + height - 4), colour(cell.fg, look["text"]), 2)
    return image


def paint(pen, cell, x, y, ink, fonts):
    width, height = CELL
    text = cell.data
    if text in LINES:
        left, right, up, down, thick = LINES[text]
        # A mark below a word stands close to it.
        middle = (x + width // 2, y + (height // 4 if text == "━" else height // 2))
        start, end = x if left else middle[0], x + width if right else middle[0]
        if left or right:
            pen.rectangle((start, middle[1] - thick // 2, end - 1, middle[1] - thick // 2 + thick - 1), ink)
        top, bottom = y if up else middle[1], y + height if down else middle[1]
        if up or down:
            pen.rectangle((middle[0] - thick // 2, top, middle[0] - thick // 2 + thick - 1, bottom - 1), ink)
    elif text in "▌█":
        pen.rectangle((x, y, x + (width // 2 if text == "▌" else width) - 1, y + height - 1), ink)
    else:
        isWide = ord(text[0]) >= 0x2E80
        font = fonts["han"] if isWide else fonts[cell.bold]
        # The middle of the character in the middle of its one or two cells, all on one baseline.
        middle = x + (width if isWide else width / 2)
        pen.text((middle, y + height * 3 / 4 + (1 if isWide else 0)), text, ink, font=font, anchor="ms")
        if isWide and cell.bold:
            pen.text((middle + 1, y + height * 3 / 4 + 1), text, ink, font=font, anchor="ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("output", help="the PNG to write")
    parser.add_argument("--size", default="80x24", help="columns x rows")
    parser.add_argument("--keys", nargs="*", default=[], help="keys to press, as for tmux send-keys")
    parser.add_argument("--pause", type=float, default=0.3, help="how long the screen must stay as it is, in seconds")
    parser.add_argument("--theme", choices=THEMES, default="dark")
    parser.add_argument("--input", help="draw this capture (tmux capture-pane -e -p) instead; - is standard input")
    ours, command = sys.argv[1:], []
    if "--" in ours:
        ours, command = ours[: ours.index("--")], ours[ours.index("--") + 1 :]
    options = parser.parse_args(ours)
    columns, rows = map(int, options.size.split("x"))
    if options.input:
        text = sys.stdin.read() if options.input == "-" else open(options.input, encoding="utf-8").read()
    else:
        text = capture(command, columns, rows, options.keys, options.pause)
    draw(cells(text, columns, rows), columns, rows, options.theme).save(options.output, optimize=True)


if __name__ == "__main__":
    main()
