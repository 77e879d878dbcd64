// What Python and spaCy say of a Unicode scalar, as read-only data that costs nothing to load.
#pragma once
#include <stdint.h>

/// The classes of a scalar, bit by bit as in CharacterClasses.swift.
uint16_t tokenizer_character_classes(uint32_t scalar);

/// Python's `str.lower()` of one scalar; U+0130, which becomes two, and the final sigma are the
/// caller's.
uint32_t tokenizer_lowercase(uint32_t scalar);
