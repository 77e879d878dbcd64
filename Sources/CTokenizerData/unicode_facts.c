#include "tokenizer_data.h"

#include <stddef.h>

#include "unicode_classes.h"
#include "unicode_forms.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

// The value of the last run that starts at or before the scalar, searched for from its page's run to
// the next page's.
#define VALUE_IN(table, scalar)                                  \
  do {                                                           \
    if ((scalar) >= 0x110000) return 0;                          \
    size_t low = table##_pages[(scalar) >> 8];                   \
    size_t high = (size_t)table##_pages[((scalar) >> 8) + 1] + 1; \
    while (high - low > 1) {                                     \
      size_t middle = low + (high - low) / 2;                    \
      if (table##_runs[middle].first <= (scalar))                \
        low = middle;                                            \
      else                                                       \
        high = middle;                                           \
    }                                                            \
    return table##_runs[low].value;                              \
  } while (0)

uint32_t unicode_facts(uint32_t scalar) { VALUE_IN(unicode_class, scalar); }
uint8_t unicode_regex_script(uint32_t scalar) { VALUE_IN(regex_script, scalar); }
uint8_t unicode_split_script(uint32_t scalar) { VALUE_IN(split_script, scalar); }

unicode_decomposition unicode_decompose(uint32_t scalar, int compatible) {
  unicode_decomposition none = {0, 0};
  if (scalar < decompositions[0].scalar) return none;
  size_t low = 0, high = COUNT(decompositions);
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (decompositions[middle].scalar <= scalar)
      low = middle;
    else
      high = middle;
  }
  if (decompositions[low].scalar != scalar) return none;
  unicode_decomposition found = {decompositions[low].start, decompositions[low].canonical};
  if (compatible) {
    found.start += decompositions[low].canonical;
    found.count = decompositions[low].compatible;
  }
  return found;
}

uint32_t unicode_decomposed(uint16_t place) { return place < COUNT(decomposed) ? decomposed[place] : 0; }

uint32_t unicode_compose(uint32_t first, uint32_t second) {
  size_t low = 0, high = COUNT(compositions);
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (compositions[middle].first < first ||
        (compositions[middle].first == first && compositions[middle].second < second))
      low = middle + 1;
    else
      high = middle;
  }
  return low < COUNT(compositions) && compositions[low].first == first &&
                 compositions[low].second == second
             ? compositions[low].composed
             : 0;
}

uint32_t unicode_small_letter(uint32_t scalar) {
  if (scalar < 128) return scalar >= 'A' && scalar <= 'Z' ? scalar + 32 : scalar;
  size_t low = 0, high = COUNT(small_letters);
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (small_letters[middle].upper < scalar)
      low = middle + 1;
    else
      high = middle;
  }
  return low < COUNT(small_letters) && small_letters[low].upper == scalar ? small_letters[low].lower
                                                                         : scalar;
}
