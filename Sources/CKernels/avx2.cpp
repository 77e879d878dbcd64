// The loops for AVX2.

#include "functions.h"

#if defined(__x86_64__)
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
namespace {
#include "avx2.h"
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

const Functions avx2_functions = FUNCTIONS;
#endif
