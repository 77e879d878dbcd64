#include "kernels.h"

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif
#include <sched.h>
#include <sys/mman.h>

#include <climits>
#include <cstdint>
#include <cstdlib>

int kernels_optimized(void) {
#if defined(__OPTIMIZE__)
  return 1;
#else
  return 0;
#endif
}

void kernels_keep_freed_memory(void) {
#if defined(M_MMAP_MAX) && defined(M_ARENA_MAX) && defined(MADV_HUGEPAGE)
  // No mappings of their own for large blocks, no trimming, one heap for all threads.
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_ARENA_MAX, 1);
  // The heap grows by addresses, which cost nothing, so that all that comes to lie in it later lies
  // in large pages from its first touch on.
  const size_t size = size_t(1) << 30, page = size_t(2) << 20;
  void *heap = std::malloc(size);
  if (heap == nullptr) return;
  const auto start = (reinterpret_cast<uintptr_t>(heap) + page - 1) / page * page;
  madvise(reinterpret_cast<void *>(start), size - page, MADV_HUGEPAGE);
  std::free(heap);
#endif
}

void kernels_return_freed_memory(void) {
#if __has_include(<malloc.h>) && defined(M_ARENA_MAX)
  malloc_trim(0);
#endif
}

void kernels_let_others_first(void) {
#if defined(SCHED_BATCH)
  static thread_local bool is_done = false;
  if (is_done) return;
  is_done = true;
  const sched_param none = {};
  sched_setscheduler(0, SCHED_BATCH, &none);
#endif
}
