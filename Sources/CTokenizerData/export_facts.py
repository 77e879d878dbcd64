"""Writes the facts that the tokenizers carry: character classes and lower case as Python and spaCy
see them, spaCy's English exceptions, HTML's entities.

    pip install spacy==3.8.18 && python3.11 export_facts.py

Writes character_runs.h here and the two tables in ../Tokenizers. What the Swift code spells out by
hand (the order of alternatives, look-arounds, the URL pattern) is compared with spaCy's own patterns
first, so that a spaCy that changed them stops this script.
"""

import hashlib
import html
import html.entities
import re
import sys
from pathlib import Path

import spacy
from spacy.lang import char_classes as cc
from spacy.lang import punctuation
from spacy.lang.en import punctuation as english
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

HERE = Path(__file__).parent
SWIFT = HERE.parent / "Tokenizers"
SCALARS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]

assert spacy.__version__ == "3.8.18" and sys.version_info[:2] == (3, 11)
tokenizer = spacy.blank("en").tokenizer


def check_patterns():
    patterns = [tokenizer.prefix_search, tokenizer.suffix_search, tokenizer.infix_finditer]
    assert tokenizer.token_match is None
    assert [p.__self__.pattern for p in patterns] == [
        compile_prefix_regex(punctuation.TOKENIZER_PREFIXES).pattern,
        compile_suffix_regex(punctuation.TOKENIZER_SUFFIXES).pattern,
        compile_infix_regex(english.TOKENIZER_INFIXES).pattern,
    ]
    a, al, au, q = cc.ALPHA, cc.ALPHA_LOWER, cc.ALPHA_UPPER, cc.CONCAT_QUOTES
    singles = cc.LIST_PUNCT + cc.LIST_ELLIPSES + cc.LIST_QUOTES
    assert punctuation.TOKENIZER_PREFIXES == (
        ["§", "%", "=", "—", "–", r"\+(?![0-9])"] + singles + cc.LIST_CURRENCY + cc.LIST_ICONS
    )
    assert punctuation.TOKENIZER_SUFFIXES == singles + cc.LIST_ICONS + [
        "'s", "'S", "’s", "’S", "—", "–", r"(?<=[0-9])\+", r"(?<=°[FfCcKk])\.",
        f"(?<=[0-9])(?:{cc.CURRENCY})", f"(?<=[0-9])(?:{cc.UNITS})",
        rf"(?<=[0-9{al}%²\-\+{cc.PUNCT}(?:{q})])\.", rf"(?<=[{au}][{au}])\.",
    ]
    assert english.TOKENIZER_INFIXES == cc.LIST_ELLIPSES + cc.LIST_ICONS + [
        r"(?<=[0-9])[+\-\*^](?=[0-9-])", rf"(?<=[{al}{q}])\.(?=[{au}{q}])",
        f"(?<=[{a}]),(?=[{a}])", f"(?<=[{a}0-9])(?:{cc.HYPHENS})(?=[{a}])",
        f"(?<=[{a}0-9])[:<>=/](?=[{a}])",
    ]
    assert cc.LIST_HYPHENS == ["-", "–", "—", "--", "---", "——", "~"]
    assert cc.LIST_ELLIPSES == [r"\.\.+", "…"]
    longer = [p for p in unescaped(singles + cc.LIST_CURRENCY) if len(p) > 1]
    assert longer == ["……", "..+", "US$", "C$", "A$"], longer
    url = tokenizer.url_match.__self__.pattern
    digest = hashlib.sha256(url.encode()).hexdigest()
    assert digest == "7adb1342672774f94ffb32ef3bc6eb2f7a5a803ab8c51920bba19c34fd9cec14", digest


def unescaped(patterns):
    return [p.replace("\\", "") for p in patterns if p.strip()]


def members(pattern):
    matches = re.compile(pattern).fullmatch
    return {c for c in SCALARS if matches(chr(c))}


def classes():
    """Bit by bit as in CharacterClasses.swift."""
    singles = {ord(p) for p in unescaped(cc.LIST_PUNCT + cc.LIST_QUOTES) + ["…"] if len(p) == 1}
    currency = {ord(p) for p in unescaped(cc.LIST_CURRENCY) if len(p) == 1}
    icons = members(cc.LIST_ICONS[0])
    alpha = members(f"[{cc.ALPHA}]")
    lower, upper = members(f"[{cc.ALPHA_LOWER}]"), members(f"[{cc.ALPHA_UPPER}]")
    quotes = members(f"[{cc.CONCAT_QUOTES}]")
    assert members(f"[{cc.ALPHA_LOWER}{cc.CONCAT_QUOTES}]") == lower | quotes
    assert members(f"[{cc.ALPHA_UPPER}{cc.CONCAT_QUOTES}]") == upper | quotes
    assert members(f"[{cc.ALPHA}0-9]") == alpha | set(b"0123456789")
    before_dot = rf"[0-9{cc.ALPHA_LOWER}%²\-\+{cc.PUNCT}(?:{cc.CONCAT_QUOTES})]"
    after = {c: (chr(c) + "Σ").lower().endswith("ς") for c in SCALARS}
    beyond = {c: ("A" + chr(c) + "Σ").lower().endswith("ς") for c in SCALARS}
    space = {c for c in SCALARS if chr(c).isspace()}
    assert space == members(r"\s")
    return [
        members(r"\w"), space, members(r"\d"), alpha, lower, upper, quotes, icons,
        singles | currency | icons | {ord(c) for c in "§%=—–"},
        singles | icons | {ord(c) for c in "—–"},
        currency, members(before_dot),
        {c for c in SCALARS if chr(c).lower() != chr(c)},
        {c for c in SCALARS if after[c]},
        {c for c in SCALARS if beyond[c] and not after[c]},
    ]


def write_character_runs():
    flags = [0] * 0x110000
    for bit, scalars in enumerate(classes()):
        for c in scalars:
            flags[c] |= 1 << bit
    runs = [(c, f) for c, f in enumerate(flags) if c == 0 or f != flags[c - 1]]
    pairs = [(c, chr(c).lower()) for c in SCALARS if chr(c).lower() != chr(c)]
    assert [hex(c) for c, s in pairs if len(s) != 1] == ["0x130"]
    pairs = [(c, ord(s)) for c, s in pairs if len(s) == 1]
    with open(HERE / "character_runs.h", "w") as file:
        file.write("// Written by export_facts.py from Python 3.11 (Unicode 14) and spaCy 3.8.18's\n")
        file.write("// character classes (MIT licence, Explosion AI; see NOTICE).\n")
        file.write("static const struct { uint32_t first; uint16_t classes; } character_runs[] = {\n")
        file.write(packed(f"{{0x{c:X}, 0x{f:X}}}," for c, f in runs))
        file.write("};\nstatic const uint16_t ascii_classes[128] = {\n")
        file.write(packed(f"0x{f:X}," for f in flags[:128]))
        file.write("};\nstatic const struct { uint32_t upper, lower; } lowercase_pairs[] = {\n")
        file.write(packed(f"{{0x{a:X}, 0x{b:X}}}," for a, b in pairs))
        file.write("};\n")


def packed(items):
    lines, line = [], ""
    for item in items:
        if len(line) + len(item) > 96:
            lines.append(line)
            line = ""
        line += (" " if line else "  ") + item
    return "\n".join(lines + [line]) + "\n"


def swift_literal(text):
    return "".join(c if " " <= c <= "~" else rf"\#u{{{ord(c):X}}}" for c in text)


def write_swift(path, comment, name, lines):
    with open(path, "w") as file:
        file.write(f"// Written by CTokenizerData/export_facts.py.\n\n{comment}\n")
        file.write(f'let {name} = #"""\n')
        file.writelines(f"  {swift_literal(line)}\n" for line in lines)
        file.write('  """#\n')


def write_exceptions():
    rules = {key: [t[65] for t in tokens] for key, tokens in tokenizer.rules.items()}
    blank = [key for key in rules if any(c.isspace() for c in key)]
    assert sorted(blank) == ["\t", "\n", " ", "\xa0"] and all(rules[k] == [k] for k in blank)
    assert all("".join(pieces) == key and all(pieces) for key, pieces in rules.items())
    write_swift(
        SWIFT / "English" / "ExceptionTable.swift",
        "/// The tokens of each exception of spaCy 3.8.18's English tokenizer (MIT licence, Explosion AI;\n"
        "/// see NOTICE), a line each, but for the four that are white space, which are one token anyway.",
        "englishExceptions",
        [" ".join(rules[key]) for key in sorted(rules) if key not in blank],
    )
    units = sorted(set(cc.LIST_UNITS) | set(unescaped(cc.LIST_CURRENCY)))
    assert not any(re.search(r"[\\.*+?()\[\]{}|^]", unit) for unit in units)
    write_swift(
        SWIFT / "English" / "UnitTable.swift",
        "/// Units and currencies that spaCy splits from the digit before them.", "englishUnits", units,
    )


def write_entities():
    lines = [
        name + " " + " ".join(f"{ord(c):X}" for c in value)
        for name, value in sorted(html.entities.html5.items())
    ]
    assert all(re.fullmatch(r"[A-Za-z0-9]+;?", line.split()[0]) for line in lines)
    write_swift(
        SWIFT / "FastaiWords" / "HTMLEntityTable.swift",
        "/// The named character references of HTML 5: name, scalars in hexadecimal.",
        "htmlEntities", lines,
    )
    windows = [html._invalid_charrefs[c] for c in range(0x80, 0xA0)]
    assert windows == [bytes([c]).decode("cp1252", "replace").replace("\ufffd", chr(c)) for c in range(0x80, 0xA0)]
    assert set(html._invalid_charrefs) == {0, 0xD, *range(0x80, 0xA0)}
    assert html._invalid_codepoints == {
        *range(1, 9), 0xB, *range(0xE, 0x20), *range(0x7F, 0xA0), *range(0xFDD0, 0xFDF0),
        *(p * 0x10000 + e for p in range(17) for e in (0xFFFE, 0xFFFF)),
    }


check_patterns()
write_character_runs()
write_exceptions()
write_entities()
