// The files of themes/, within the program, so that it needs nothing beside itself.
#pragma once

/// How many there are; the default is the first.
int shipped_theme_count(void);
/// The file's name without .toml, and what stands in it.
const char *shipped_theme_name(int index);
const char *shipped_theme_text(int index);
