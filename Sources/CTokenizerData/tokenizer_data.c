#include "tokenizer_data.h"

#include <stddef.h>

#include "character_runs.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

uint16_t tokenizer_character_classes(uint32_t scalar) {
  if (scalar < 128) return ascii_classes[scalar];
  // The last run that starts at or before the scalar; the first run starts at 0.
  size_t low = 0, high = COUNT(character_runs);
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (character_runs[middle].first <= scalar)
      low = middle;
    else
      high = middle;
  }
  return character_runs[low].classes;
}

uint32_t tokenizer_lowercase(uint32_t scalar) {
  size_t low = 0, high = COUNT(lowercase_pairs);
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (lowercase_pairs[middle].upper < scalar)
      low = middle + 1;
    else
      high = middle;
  }
  return low < COUNT(lowercase_pairs) && lowercase_pairs[low].upper == scalar
             ? lowercase_pairs[low].lower
             : scalar;
}
