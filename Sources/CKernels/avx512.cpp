// The loops for AVX-512.

#include "functions.h"

#if defined(__x86_64__)
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,fma"))), apply_to = function)
namespace {
#include "avx512.h"
#include "pack.h"
#include "product.h"
#include "transposed.h"
#include "half.h"
#include "gemm.h"
#include "interpolation.h"
#include "maxima.h"
#include "elementary.h"
#include "lstm.h"
#include "activations.h"
#include "rows.h"
}  // namespace
#pragma clang attribute pop

const Functions avx512_functions = FUNCTIONS;
#endif
