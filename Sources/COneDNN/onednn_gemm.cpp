#include "onednn_gemm.h"

#include <dlfcn.h>

#if __has_include(<oneapi/dnnl/dnnl.h>)
#include <oneapi/dnnl/dnnl.h>
#else
#include <dnnl.h>
#endif

namespace {

/// OpenMP keeps the number of threads for each calling thread by itself: set once, it holds.
struct OneThread {
  OneThread() {
    using SetThreads = void (*)(int);
    auto set = reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "omp_set_num_threads"));
    if (set != nullptr) set(1);
  }
};

}  // namespace

extern "C" int onednn_gemm(
  int transposes_left, int transposes_right, int64_t rows, int64_t columns, int64_t inner,
  float factor, const float *left, int64_t left_stride, const float *right, int64_t right_stride,
  float keep, float *out, int64_t out_stride) {
  thread_local OneThread one;
  (void)one;
  try {
    return dnnl_sgemm(
             transposes_left ? 'T' : 'N', transposes_right ? 'T' : 'N', rows, columns, inner, factor,
             left, left_stride, right, right_stride, keep, out, out_stride) == dnnl_success
             ? 0
             : 1;
  } catch (...) {
    return 1;
  }
}
