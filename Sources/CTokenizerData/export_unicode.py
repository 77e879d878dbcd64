"""Writes what Hugging Face's tokenizers see in Unicode scalars: each of its parts carries another
version of Unicode, so each is asked itself, scalar by scalar.

    pip install tokenizers==0.23.3 && python3.11 export_unicode.py

Writes unicode_classes.h and unicode_forms.h here and ScriptNames.swift in ../Tokenizers/Unicode.
"""

import unicodedata
from pathlib import Path

import tokenizers
from tokenizers import Regex, normalizers, pre_tokenizers

HERE = Path(__file__).parent
SWIFT = HERE.parent / "Tokenizers"
SCALARS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
EVERYTHING = "".join(map(chr, SCALARS))
CATEGORIES = """Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs
    Co Cn""".split()
SCRIPTS = """Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak
    Bengali Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian
    Caucasian_Albanian Chakma Cham Cherokee Chorasmian Common Coptic Cuneiform Cypriot Cypro_Minoan
    Cyrillic Deseret Devanagari Dives_Akuru Dogra Duployan Egyptian_Hieroglyphs Elbasan Elymaic
    Ethiopic Georgian Glagolitic Gothic Grantha Greek Gujarati Gunjala_Gondi Gurmukhi Han Hangul
    Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic Inherited Inscriptional_Pahlavi
    Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kawi Kayah_Li Kharoshthi
    Khitan_Small_Script Khmer Khojki Khudawadi Lao Latin Lepcha Limbu Linear_A Linear_B Lisu Lycian
    Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin
    Meetei_Mayek Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mongolian Mro Multani
    Myanmar Nabataean Nag_Mundari Nandinagari New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham
    Ol_Chiki Old_Hungarian Old_Italic Old_North_Arabian Old_Permic Old_Persian Old_Sogdian
    Old_South_Arabian Old_Turkic Old_Uyghur Oriya Osage Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau
    Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham
    SignWriting Sinhala Sogdian Sora_Sompeng Soyombo Sundanese Syloti_Nagri Syriac Tagalog Tagbanwa
    Tai_Le Tai_Tham Tai_Viet Takri Tamil Tangsa Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta
    Toto Ugaritic Vai Vithkuqi Wancho Warang_Citi Yezidi Yi Zanabazar_Square""".split()

assert tokenizers.__version__ == "0.23.3"


def members(pattern):
    """The scalars that one pattern of Oniguruma matches."""
    left = normalizers.Replace(Regex(pattern), "").normalize_str(EVERYTHING)
    return set(SCALARS) - set(map(ord, left))


def each(normalizer):
    return {c: normalizer.normalize_str(chr(c)) for c in SCALARS}


def pieces(pre_tokenizer, text):
    return [piece for piece, _ in pre_tokenizer.pre_tokenize_str(text)]


def alone(pre_tokenizer):
    """The scalars that a pre-tokenizer takes out of letters."""
    return {c for c in SCALARS if len(pieces(pre_tokenizer, "a" + chr(c) + "a")) > 1}


def bert(**on):
    off = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return normalizers.BertNormalizer(**{**off, **on})


def classes(canonical):
    """Bit by bit as in ScalarFacts.swift."""
    values = dict.fromkeys(range(0x110000), CATEGORIES.index("Cs"))
    for index, category in enumerate(CATEGORIES):
        for c in members(rf"\p{{{category}}}"):
            values[c] = index
    cleaned = each(bert(clean_text=True))
    split = {c for c in SCALARS if not pieces(pre_tokenizers.WhitespaceSplit(), chr(c))}
    assert split == {c for c in SCALARS if not pieces(pre_tokenizers.Whitespace(), chr(c))}
    stable = {c for c in SCALARS if canonical[c] == chr(c)}
    bare = each(bert(strip_accents=True))
    bits = [
        members(r"\w"), members(r"\s"), members(r"\d"), members("[[:alpha:]]"),
        members("[[:upper:]]"), members("[[:lower:]]"), members("[[:punct:]]"),
        split,
        alone(pre_tokenizers.Digits(individual_digits=True)),
        {c for c in SCALARS if len(pieces(pre_tokenizers.Whitespace(), "a" + chr(c))) == 1 and c not in split},
        {c for c in SCALARS if not cleaned[c] and c not in (0, 0xFFFD)},
        alone(pre_tokenizers.Punctuation()),
        {c for c in stable if not bare[c]},
        {c for c, s in each(normalizers.StripAccents()).items() if not s},
    ]
    for bit, scalars in enumerate(bits):
        for c in scalars:
            values[c] |= 1 << 5 + bit
    for c in SCALARS:
        values[c] |= combining_class(c, stable) << 24
    return values


def combining_class(c, stable):
    """Python's, where the library knows of one: it goes behind a mark of another class."""
    known = unicodedata.combining(chr(c))
    if not known or c not in stable:
        return known if c not in stable else 0
    other = "\u0345" if known < 240 else "\u0334"
    text = other + chr(c) if known < 240 else chr(c) + other
    return known if normalizers.NFD().normalize_str("a" + text) != "a" + text else 0


def write_runs(file, name, values, kind):
    runs = [(c, values[c]) for c in range(0x110000) if c == 0 or values[c] != values[c - 1]]
    file.write(f"static const struct {{ uint32_t first; {kind} value; }} {name}_runs[] = {{\n")
    file.write(packed(f"{{0x{c:X}, 0x{value:X}}}," for c, value in runs))
    file.write(f"}};\n// The run that holds the first scalar of each 256.\nstatic const uint16_t {name}_pages[] = {{\n")
    starts = [c for c, _ in runs]
    page, index = [], 0
    for first in range(0, 0x110000, 256):
        while index + 1 < len(starts) and starts[index + 1] <= first:
            index += 1
        page.append(index)
    file.write(packed(f"{index}," for index in page + [len(runs) - 1]) + "};\n")


def packed(items):
    lines, line = [], ""
    for item in items:
        if len(line) + len(item) > 96:
            lines.append(line)
            line = ""
        line += (" " if line else "  ") + item
    return "\n".join(lines + [line]) + "\n"


def write_classes(canonical):
    with open(HERE / "unicode_classes.h", "w") as file:
        file.write("// Written by export_unicode.py from tokenizers 0.23.3.\n")
        write_runs(file, "unicode_class", classes(canonical), "uint32_t")
        for name, scripts in [("regex_script", regex_scripts()), ("split_script", split_scripts())]:
            write_runs(file, name, scripts, "uint8_t")
    with open(SWIFT / "Unicode" / "ScriptNames.swift", "w") as file:
        file.write("// Written by CTokenizerData/export_unicode.py.\n\n")
        file.write("/// Unicode's scripts by their numbers in the tables, from 1.\nlet scriptNames = \"\"\"\n")
        file.write(packed(SCRIPTS) + '  """.split(whereSeparator: \\.isWhitespace)\n')


def regex_scripts():
    """A number from 1 of the list above; 0 for what has no script."""
    values = dict.fromkeys(range(0x110000), 0)
    for index, script in enumerate(SCRIPTS):
        for c in members(rf"\p{{{script}}}"):
            assert not values[c]
            values[c] = index + 1
    return values


def split_scripts():
    """What UnicodeScripts tells apart: numbers of its own, 0 for what goes with any script."""
    splitter = pre_tokenizers.UnicodeScripts()
    values, seen = dict.fromkeys(range(0x110000), 0), []
    for _, (start, end) in splitter.pre_tokenize_str(EVERYTHING.replace(" ", "\0")):
        head = chr(SCALARS[start])
        same = [n for n, other in enumerate(seen) if len(pieces(splitter, other + head)) == 1]
        if not same:
            seen.append(head)
            same = [len(seen) - 1]
        others = [other for n, other in enumerate(seen) if n != same[0]] or ["\u0416"]
        for c in SCALARS[start:end]:
            if len(pieces(splitter, others[0] + chr(c))) > 1:
                values[c] = same[0] + 1
    values[ord(" ")] = 0
    return values


def write_forms(canonical):
    compatible = each(normalizers.NFKD())
    lower = each(normalizers.Lowercase())
    hangul = range(0xAC00, 0xD7A4)
    changed = [c for c in SCALARS if compatible[c] != chr(c) and c not in hangul]
    pool, rows = [], []
    for c in changed:
        forms = [canonical[c] if canonical[c] != chr(c) else "", compatible[c]]
        rows.append((c, len(pool), len(forms[0]), len(forms[1])))
        pool += [ord(x) for x in "".join(forms)]
    pairs = []
    for c in SCALARS:
        parts = unicodedata.decomposition(chr(c)).split()
        if len(parts) == 2 and "<" not in parts[0]:
            a, b = (int(part, 16) for part in parts)
            if normalizers.NFC().normalize_str(chr(a) + chr(b)) == chr(c):
                pairs.append((a, b, c))
    assert [c for c in SCALARS if len(lower[c]) != 1] == [0x130] and lower[0x130] == "i\u0307"
    with open(HERE / "unicode_forms.h", "w") as file:
        file.write("// Written by export_unicode.py from tokenizers 0.23.3. Hangul is arithmetic.\n")
        file.write("static const struct { uint32_t scalar; uint16_t start; uint8_t canonical, compatible; }\n")
        file.write("decompositions[] = {\n" + packed(f"{{0x{c:X}, {s}, {n}, {k}}}," for c, s, n, k in rows))
        file.write("};\nstatic const uint32_t decomposed[] = {\n" + packed(f"0x{c:X}," for c in pool))
        file.write("};\nstatic const struct { uint32_t first, second, composed; } compositions[] = {\n")
        file.write(packed(f"{{0x{a:X}, 0x{b:X}, 0x{c:X}}}," for a, b, c in sorted(pairs)))
        file.write("};\nstatic const struct { uint32_t upper, lower; } small_letters[] = {\n")
        file.write(packed(f"{{0x{c:X}, 0x{ord(lower[c]):X}}}," for c in SCALARS if lower[c] != chr(c) and c != 0x130))
        file.write("};\n")


canonical_forms = each(normalizers.NFD())
(SWIFT / "Unicode").mkdir(exist_ok=True)
write_classes(canonical_forms)
write_forms(canonical_forms)
