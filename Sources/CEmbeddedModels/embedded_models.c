// The models as a part of the program, so that one file runs wherever it is copied. The compiler
// takes the bytes as they are; it notices when a file changes.
#pragma clang diagnostic ignored "-Wc23-extensions"

#include "embedded_models.h"

static const unsigned char sentiment_config[] = {
#embed "../EmbeddedModels/sentiment/config.json"
};
static const unsigned char sentiment_vocabulary[] = {
#embed "../EmbeddedModels/sentiment/vocab.json"
};
static const unsigned char sentiment_weights[] = {
#embed "../EmbeddedModels/sentiment/model.safetensors"
};
static const unsigned char sentiment_self_checks[] = {
#embed "../EmbeddedModels/sentiment/selfcheck.json"
};
static const unsigned char sentiment_card[] = {
#embed "../EmbeddedModels/sentiment/MODEL_CARD.md"
};
static const unsigned char molecules_config[] = {
#embed "../EmbeddedModels/molecules/config.json"
};
static const unsigned char molecules_vocabulary[] = {
#embed "../EmbeddedModels/molecules/vocab.json"
};
static const unsigned char molecules_weights[] = {
#embed "../EmbeddedModels/molecules/model.safetensors"
};
static const unsigned char molecules_self_checks[] = {
#embed "../EmbeddedModels/molecules/selfcheck.json"
};
static const unsigned char molecules_card[] = {
#embed "../EmbeddedModels/molecules/MODEL_CARD.md"
};

static const unsigned char sample_reviews[] = {
#embed "../EmbeddedModels/sentiment/reviews.csv"
};

#define FILE_ENTRY(model, name, bytes) {model, name, sizeof(bytes), bytes}

// A model is what has entries here.
static const embedded_file files[] = {
    FILE_ENTRY("sentiment", "config.json", sentiment_config),
    FILE_ENTRY("sentiment", "vocab.json", sentiment_vocabulary),
    FILE_ENTRY("sentiment", "model.safetensors", sentiment_weights),
    FILE_ENTRY("sentiment", "selfcheck.json", sentiment_self_checks),
    FILE_ENTRY("sentiment", "MODEL_CARD.md", sentiment_card),
    FILE_ENTRY("molecules", "config.json", molecules_config),
    FILE_ENTRY("molecules", "vocab.json", molecules_vocabulary),
    FILE_ENTRY("molecules", "model.safetensors", molecules_weights),
    FILE_ENTRY("molecules", "selfcheck.json", molecules_self_checks),
    FILE_ENTRY("molecules", "MODEL_CARD.md", molecules_card),
};

size_t embedded_file_count(void) { return sizeof(files) / sizeof(files[0]); }

embedded_file embedded_file_at(size_t index) { return files[index]; }

embedded_file embedded_sample(void) {
    embedded_file sample = FILE_ENTRY("sentiment", "reviews.csv", sample_reviews);
    return sample;
}
