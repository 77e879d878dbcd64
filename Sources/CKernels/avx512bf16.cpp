// The products of pairs of bfloat16 numbers for AVX512_BF16.

#include "functions.h"

#if defined(__x86_64__)
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512bf16,fma"))), apply_to = function)
namespace {
#include "avx512.h"
#include "pack.h"
#include "product.h"
#include "transposed.h"
#include "avx512bf16.h"
#include "pairs.h"
}  // namespace
#pragma clang attribute pop

const PairFunctions avx512_pair_functions = PAIR_FUNCTIONS;
#endif
