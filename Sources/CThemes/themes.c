// One line a theme; a test compares them with the folder.
#include "themes.h"

#pragma clang diagnostic ignored "-Wc23-extensions"  // #embed

static const char dark[] = {
#embed "../../themes/dark.toml"
    , 0};
static const char light[] = {
#embed "../../themes/light.toml"
    , 0};
static const char high_contrast[] = {
#embed "../../themes/high-contrast.toml"
    , 0};
static const char mono[] = {
#embed "../../themes/mono.toml"
    , 0};
static const char purple_orange[] = {
#embed "../../themes/purple-orange.toml"
    , 0};

static const struct {
  const char *name, *text;
} themes[] = {
    {"dark", dark},
    {"light", light},
    {"high-contrast", high_contrast},
    {"mono", mono},
    {"purple-orange", purple_orange},
};

int shipped_theme_count(void) { return sizeof themes / sizeof *themes; }
const char *shipped_theme_name(int index) { return themes[index].name; }
const char *shipped_theme_text(int index) { return themes[index].text; }
