// One entry a theme; a test compares them with the folder.
#include "themes.h"

#pragma clang diagnostic ignored "-Wc23-extensions"  // #embed

static const struct {
  const char *name, *text;
} themes[] = {
    {"dark", (const char[]){
#embed "../../themes/dark.toml"
    , 0}},
    {"light", (const char[]){
#embed "../../themes/light.toml"
    , 0}},
    {"high-contrast", (const char[]){
#embed "../../themes/high-contrast.toml"
    , 0}},
    {"mono", (const char[]){
#embed "../../themes/mono.toml"
    , 0}},
    {"purple-orange", (const char[]){
#embed "../../themes/purple-orange.toml"
    , 0}},
};

int shipped_theme_count(void) { return sizeof themes / sizeof *themes; }
const char *shipped_theme_name(int index) { return themes[index].name; }
const char *shipped_theme_text(int index) { return themes[index].text; }
