"""Writes what fastai's word tokenizer makes of real and of odd texts.

    pip install -r requirements.txt setuptools
    pip download --no-deps --no-binary :all: --no-build-isolation vaderSentiment==3.3.2
    tar xzf vaderSentiment-3.3.2.tar.gz
    python3.11 generate.py vaderSentiment-3.3.2/additional_resources/hutto_ICWSM_2014.tar.gz

The texts are the snippets of C.J. Hutto and E. Gilbert, VADER: A Parsimonious Rule-based Model for
Sentiment Analysis of Social Media Text, ICWSM 2014 (MIT licence, copyright C.J. Hutto 2016): 500 of each of
its four sources. `--everything FILE` writes all of them and 10,000 odd texts into one file, for

    WHYLIGHT_PARITY_TEXTS=FILE swift test -c release --filter FastaiWordsParity
"""

import argparse
import json
import random
import tarfile
from collections import Counter
from pathlib import Path

from fastai.text.all import BaseTokenizer, SpacyTokenizer, Tokenizer, defaults, make_vocab
from fastai.text.data import Numericalize
from spacy.lang.en.tokenizer_exceptions import TOKENIZER_EXCEPTIONS
from spacy.lang.tokenizer_exceptions import BASE_EXCEPTIONS

HERE = Path(__file__).parent
SOURCES = ["movieReview", "amazonReview", "nytEditorial", "tweets"]
RULES = {rule.__name__: rule for rule in defaults.text_proc_rules}
SPECIAL = [
    "xxurl", "(so)-so!", "a/b", "c++x", "…!", "<3<3", "a b", "no-no", ".net", "$$", "5km", "don't!", "- -"
]
spacy_words = SpacyTokenizer("en")
spacy_special_words = SpacyTokenizer("en", special_toks=defaults.text_spec_tok + SPECIAL)


def snippets(archive):
    texts = {}
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            source = next((s for s in SOURCES if s in member.name), None)
            if source and member.name.endswith("GroundTruth.txt"):
                lines = tar.extractfile(member).read().decode("latin-1").split("\n")
                rows = [line.rstrip("\r").split("\t", 2) for line in lines]
                texts[source] = [row[2] for row in rows if len(row) == 3]
    return texts


def tokens(text, rules=None, splitter=None, special=None):
    rules = None if rules is None else [RULES[name] for name in rules]
    words = spacy_special_words if special else spacy_words if splitter is None else BaseTokenizer()
    return list(Tokenizer(words, rules=rules)(text))


class Odd:
    """Texts of what tokenizers stumble over."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.exceptions = sorted(BASE_EXCEPTIONS) + sorted(TOKENIZER_EXCEPTIONS)
        self.makers = [
            self.word, self.word, self.word, self.punctuation, self.punctuation, self.exception,
            self.exception, self.number, self.url, self.entity, self.scalar, self.repeated, self.mixed,
        ]

    def text(self):
        parts = []
        for _ in range(self.random.randint(0, 12)):
            parts.append(self.random.choice(self.makers)())
            parts.append(self.random.choice(["", "", " ", " ", " ", "  ", "\n", " \n ", "\t", "\u00a0", "\u3000", "\r\n"]))
        return "".join(parts)

    def word(self):
        word = self.random.choice(
            "no No NO way ha HA don't DON'T it's Its can't cannot I'm U.S.A. well-known naïve ÉTAT Straße "
            "İstanbul ΟΔΟΣ ΣΑΣ Ǆ ﬁ Дом ДОМ 我喜欢 日本語テキスト مرحبا שלום नमस्ते हिन्दी 한국어 e.g. i.e. a.m. Mr. O'Neil John's dogs' "
            "rock'n'roll foo_bar a/b and/or C# C++ xxbos xxmaj xxunk XXUP x y a A I".split(" "))
        return self.random.choice([str, str, str.upper, str.capitalize, str.lower])(word)

    def punctuation(self):
        marks = "!?.,;:-_–—~'\"`´’‘“”„«»()[]{}<>/\\|@#$%^&*+=§°²…·•¡¿。，！？、「」™©®♥☺→€£¥₿½"
        mark = self.random.choice(marks)
        return self.random.choice([mark, mark, mark * 2, mark * self.random.randint(3, 6), mark + self.random.choice(marks)])

    def exception(self):
        exception = self.random.choice(self.exceptions)
        return self.random.choice([exception] * 5 + [exception.upper(), exception + ")", "(" + exception, " ".join(exception)])

    def number(self):
        digits = self.random.choice(["1", "10", "3.5", "1,000", "2024", "007", "٣٤", "１２", "1e9", "-5", "+3", "1/2", "0.0"])
        unit = ["", "", "km", "m²", "kg", "%", "$", "US$", "€", "+", "mph", "GB", "мм", "كم", "am", "p.m.", "th", "°C.", "-3", "*4", "^2"]
        return self.random.choice(["", "", "", "$", "US$", "c$", "#", "~"]) + digits + self.random.choice(unit)

    def url(self):
        r = self.random
        scheme = r.choice(["", "", "http://", "https://", "ftp://", "x://", "mailto:", "a+b.c-d://", "://"])
        user = r.choice(["", "", "", "me@", "me:pw@", "@", "a@b@", "x.y+z@"])
        host = r.choice([
            "example.com", "www.x.co.uk", "foo_bar.org", "-x.com", "x-.com", "a.b", "EXAMPLE.COM", "Example.com",
            "münchen.de", "例え.テスト", "localhost", "1.1.1.1", "10.0.0.1", "127.0.0.1", "192.168.1.1",
            "172.16.0.1", "172.32.0.1", "223.255.255.254", "224.1.1.1", "1.2.3.255", "1.2.3.4.5", "01.2.3.4",
            "1.٢.3.4", "x" * 63 + ".com", "x" * 65 + ".com", "a..com", "a.com.", "😀.com", "a.bc_d", "x.c" + "o" * 70,
        ])
        tail = r.choice(["", "", ":80", ":8", ":123456", "/", "/a?b=c#d", "?q", "#f", ":80/x", ".", "!", ")", "...", "’s", ",a"])
        return scheme + user + host + tail

    def entity(self):
        return self.random.choice([
            "&amp;", "&lt;3", "&nbsp;", "&#39;", "&#x27;", "&#146;", "&eacute;", "&eacute", "&notit;", "&notin;",
            "&NotEqualTilde;", "&#0;", "&#x80;", "&#xD800;", "&#1114112;", "&#99999999999999999999;", "&#x1F600;", "&#1;", "&#xFFFE;",
            "&#13;", "&unknown;", "&", "&&", "&;", "&#;", "&#x;", "&#xg", "&a", "&ampx", "quot;", "#39;", "nbsp;", "#36;5", "\\n",
            "\\\"", "<br />", "<br/>", "<unk>", " @.@ ", " @-@ ", " @-@ @-@ ", "...", "....", "......", "&hellip;", "&quot;a&quot;",
            "&CounterClockwiseContourIntegral;", "&CounterClockwiseContourIntegralx", "amp;amp;", "&amp;amp;lt;", "&fjlig;",
        ])

    def scalar(self):
        scalar = self.random.choice([
            self.random.randrange(0x20), self.random.randrange(0x7F, 0x250), self.random.randrange(0x250, 0x3000),
            self.random.randrange(0x2000, 0x2070), self.random.randrange(0x3000, 0xD800), self.random.randrange(0xE000, 0x10000),
            self.random.randrange(0x1F000, 0x1FB00), self.random.randrange(0x10000, 0x110000), 0x301, 0x200D, 0xFE0F, 0x1F1E6, 0x345,
        ])
        return chr(scalar) * self.random.choice([1, 1, 1, 2, 4])

    def repeated(self):
        word = self.random.choice(["no", "ha", "So", "a", "1", "the", "İ", "dont", "é", "x_y", "non"])
        gap = self.random.choice([" ", " ", "  ", "\n", "\t", " \n"])
        return gap.join([word] * self.random.randint(2, 6)) + self.random.choice(["", "", " ", ".", "!", "t", "'s", gap + word + "ne"])

    def mixed(self):
        alphabet = "aAzZ09.,:;-'’\"/_+*^=<>()$%&#@!?~–—…éÉßЖжσΣ漢😀\u0301"
        return "".join(self.random.choice(alphabet) for _ in range(self.random.randint(1, 9)))


def odd_cases(count, seed):
    odd = Odd(seed)
    for number in range(count):
        case = {"text": odd.text()}
        if number % 5 == 0:
            names = list(RULES)
            odd.random.shuffle(names)
            case["rules"] = names[: odd.random.randint(0, len(names))]
        if number % 7 == 0:
            parts = odd.random.choices(SPECIAL + ["a", "no", "net", "(", ")", "!"], k=4)
            case["text"] = odd.random.choice(["", " "]).join(parts + [case["text"]])
            case["special"] = SPECIAL
        elif number % 11 == 0:
            case["splitter"] = "singleSpaces"
        yield {**case, "tokens": tokens(**case)}


def write(path, cases):
    with open(path, "w") as file:
        for case in cases:
            file.write(json.dumps(case, separators=(",", ":")) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("archive")
    parser.add_argument("--everything")
    arguments = parser.parse_args()
    texts = snippets(arguments.archive)
    if arguments.everything:
        real = [{"text": t, "tokens": tokens(t)} for source in SOURCES for t in texts[source]]
        write(arguments.everything, real + list(odd_cases(10000, seed=1)))
        return
    rng = random.Random(0)
    chosen = [t for source in SOURCES for t in rng.sample(texts[source], 500)]
    cases = [{"text": t, "tokens": tokens(t)} for t in chosen]
    vocabulary = list(make_vocab(Counter(t for case in cases for t in case["tokens"]), min_freq=3))
    numericalize = Numericalize(vocabulary)
    numericalize.o2i.pop("xxfake", None)
    for case in cases:
        case["ids"] = numericalize(case["tokens"]).tolist()
    write(HERE / "snippets.jsonl", cases)
    write(HERE / "odd.jsonl", odd_cases(600, seed=0))
    (HERE / "vocabulary.json").write_text(json.dumps(vocabulary, indent=0) + "\n")


main()
