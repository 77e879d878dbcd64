#include "ncurses_shim.h"

static int argument_count = 0;
static char **argument_values = 0;

/// glibc hands them to what runs before `main`. Swift reads them from /proc, which a bare root may lack.
__attribute__((constructor)) static void keep_arguments(int count, char **values) {
  argument_count = count;
  argument_values = values;
}

int process_argument_count(void) { return argument_count; }

const char *process_argument(int index) {
  return index >= 0 && index < argument_count ? argument_values[index] : 0;
}
