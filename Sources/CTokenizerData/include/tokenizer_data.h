// What Python and spaCy say of a Unicode scalar, as read-only data that costs nothing to load.
#pragma once
#include <stdint.h>

/// The classes of a scalar, bit by bit as in CharacterClasses.swift.
uint16_t tokenizer_character_classes(uint32_t scalar);

/// Python's `str.lower()` of one scalar; U+0130, which becomes two, and the final sigma are the
/// caller's.
uint32_t tokenizer_lowercase(uint32_t scalar);

// What Hugging Face's tokenizers see in a Unicode scalar.
/// Category, classes and combining class of a scalar, bit by bit as in ScalarFacts.swift.
uint32_t unicode_facts(uint32_t scalar);

/// The number of its script, from 1: in regular expressions (ScriptNames.swift has the names), and as
/// the pre-tokenizer UnicodeScripts splits, where 0 goes with any.
uint8_t unicode_regex_script(uint32_t scalar);
uint8_t unicode_split_script(uint32_t scalar);

/// How many scalars a scalar decomposes to, 0 where it stays, and where they start.
typedef struct { uint16_t start; uint8_t count; } unicode_decomposition;
unicode_decomposition unicode_decompose(uint32_t scalar, int compatible);
uint32_t unicode_decomposed(uint16_t place);

/// The scalar that two compose to, 0 where they don't. Hangul is the caller's.
uint32_t unicode_compose(uint32_t first, uint32_t second);

/// The small letter; U+0130, which becomes two scalars, is the caller's.
uint32_t unicode_small_letter(uint32_t scalar);
