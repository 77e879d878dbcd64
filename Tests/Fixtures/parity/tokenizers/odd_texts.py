"""Texts of odd Unicode, drawn alike here and in OddTexts.swift from what odd.json lists."""

import json
from pathlib import Path

MASK = 2**64 - 1


class SplitMix:
    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
        return (z ^ (z >> 31)) % limit


def odd_texts(count, seed):
    lists = json.loads((Path(__file__).parent / "odd.json").read_text())
    parts, ranges = lists["parts"], lists["ranges"]
    random = SplitMix(seed)
    for _ in range(count):
        text = ""
        for _ in range(random.below(14)):
            kind = random.below(5)
            if kind < 3:
                text += parts[random.below(len(parts))]
            elif kind == 3:
                first, last = ranges[random.below(len(ranges))]
                text += chr(first + random.below(last - first + 1)) * (1 + random.below(3))
            else:
                text += " " * random.below(3)
        yield text
