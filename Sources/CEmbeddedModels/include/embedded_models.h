#pragma once

#include <stddef.h>

/// The files of the embedded models, one after another; they live as long as the program.
typedef struct {
  const char *model;
  const char *name;
  size_t size;
  const unsigned char *bytes;
} embedded_file;

size_t embedded_file_count(void);

/// `index` has to be less than `embedded_file_count()`.
embedded_file embedded_file_at(size_t index);

/// Labelled texts to try the program with, as CSV.
embedded_file embedded_sample(void);
