// The loops in the compiler's own vectors, for processors without the other sets of instructions and
// for architectures that have none of them.

#include "functions.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace {
#include "generic.h"
#include "pack.h"
#include "product.h"
#include "transposed.h"
#include "half.h"
#include "pairs.h"
#include "gemm.h"
#include "interpolation.h"
#include "maxima.h"
#include "elementary.h"
#include "lstm.h"
#include "activations.h"
#include "rows.h"
}  // namespace

const Functions generic_functions = FUNCTIONS;
const PairFunctions generic_pair_functions = PAIR_FUNCTIONS;
