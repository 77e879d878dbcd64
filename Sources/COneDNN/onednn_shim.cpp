#include "onednn_shim.h"

#include <dlfcn.h>
#include <sys/mman.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <shared_mutex>
#include <utility>

#if __has_include(<oneapi/dnnl/dnnl.hpp>)
#include <oneapi/dnnl/dnnl.hpp>
#else
#include <dnnl.hpp>
#endif

using dnnl::matmul;
using dnnl::memory;

namespace {

const dnnl::engine &cpu() {
  static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

/// Memory for numbers, in large pages where it is large: weights are read from end to end at every
/// time step, and with small pages the processor looks up a thousand addresses each time.
void *allocate(size_t bytes) {
  constexpr size_t large = size_t(2) << 20;
  const size_t alignment = bytes >= large ? large : 4096;
  const size_t rounded = (bytes + 4095) / 4096 * 4096;
  void *start = nullptr;
  if (posix_memalign(&start, alignment, rounded) != 0) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  if (alignment == large) madvise(start, rounded, MADV_HUGEPAGE);
#endif
  return start;
}

/// Memory that grows and is never copied.
class Scratch {
 public:
  ~Scratch() { std::free(start); }

  void *of(size_t bytes) {
    if (bytes > capacity) {
      std::free(std::exchange(start, nullptr));
      capacity = 0;
      start = allocate(bytes);
      capacity = bytes;
    }
    return start;
  }

 private:
  void *start = nullptr;
  size_t capacity = 0;
};

/// One a thread: neither a stream nor scratch memory may be shared.
struct Worker {
  dnnl::stream stream{cpu()};
  Scratch scratch, dense;

  Worker() {
    // oneDNN splits each product over OpenMP's threads. Ours are split by the caller instead, the
    // same way for any number of threads. OpenMP keeps this setting for each thread by itself.
    using SetThreads = void (*)(int);
    auto set = reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "omp_set_num_threads"));
    if (set != nullptr) set(1);
  }
};

Worker &worker() {
  thread_local Worker worker;
  return worker;
}

memory::desc plain(int64_t rows, int64_t columns, int64_t row_stride, int64_t column_stride) {
  return memory::desc({rows, columns}, memory::data_type::f32, {row_stride, column_stride});
}

matmul::primitive_desc describe(
  const memory::desc &left, const memory::desc &right, const memory::desc &out, bool accumulates) {
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  if (accumulates) {
    dnnl::post_ops sum;
    sum.append_sum(1.0f);
    attributes.set_post_ops(sum);
  }
#if DNNL_VERSION_MAJOR >= 3
  return matmul::primitive_desc(cpu(), left, right, out, attributes);
#else
  return matmul::primitive_desc(matmul::desc(left, right, out), attributes, cpu());
#endif
}

/// The layout that the kernels ask for where the left-hand matrix has a few dozen rows.
memory::desc packed_layout(int64_t rows, int64_t columns) {
  worker();
  const memory::desc any({rows, columns}, memory::data_type::f32, memory::format_tag::any);
  return describe(plain(32, rows, rows, 1), any, plain(32, columns, columns, 1), false)
    .weights_desc();
}

struct Product {
  matmul primitive;
  memory::desc left, out, scratch;

  void execute(
    Worker &worker, const float *left_start, const memory &weights, float *out_start) const {
    const memory a(left, cpu(), const_cast<float *>(left_start));
    const memory c(out, cpu(), out_start);
    const memory work(scratch, cpu(), worker.scratch.of(scratch.get_size()));
    primitive.execute(
      worker.stream, {{DNNL_ARG_SRC, a},
                      {DNNL_ARG_WEIGHTS, weights},
                      {DNNL_ARG_DST, c},
                      {DNNL_ARG_SCRATCHPAD, work}});
    worker.stream.wait();
  }
};

/// `to = from + bias` or `to += from`.
void copy_rows(
  const float *from, int64_t rows, int64_t columns, const float *bias, float *to, int64_t stride,
  bool accumulates) {
  for (int64_t row = 0; row < rows; ++row, from += columns, to += stride) {
    const float *added = accumulates ? to : bias;
    if (added == nullptr) {
      if (to != from) std::memcpy(to, from, columns * sizeof(float));
    } else {
      for (int64_t column = 0; column < columns; ++column) to[column] = from[column] + added[column];
    }
  }
}

}  // namespace

struct onednn_packed {
  int64_t rows, columns;
  std::unique_ptr<void, decltype(&std::free)> storage{nullptr, &std::free};
  memory weights;

  mutable std::shared_mutex mutex;
  /// By rows and accumulation. Entries are never removed, so a reference stays valid.
  mutable std::map<std::pair<int64_t, bool>, Product> products;

  onednn_packed(int64_t rows, int64_t columns)
      : rows(rows), columns(columns) {
    const auto layout = packed_layout(rows, columns);
    storage.reset(allocate(layout.get_size()));
    weights = memory(layout, cpu(), storage.get());
  }

  void fill(const memory &source) {
    memory from = source, to = weights;
    dnnl::reorder(from, to).execute(worker().stream, from, to);
    worker().stream.wait();
  }

  const Product &product(int64_t left_rows, bool accumulates) const {
    const auto key = std::make_pair(left_rows, accumulates);
    {
      std::shared_lock lock(mutex);
      auto found = products.find(key);
      if (found != products.end()) return found->second;
    }
    const auto left = plain(left_rows, rows, rows, 1);
    const auto out = plain(left_rows, columns, columns, 1);
    const auto description = describe(left, weights.get_desc(), out, accumulates);
    Product made{matmul(description), left, out, description.scratchpad_desc()};
    std::unique_lock lock(mutex);
    return products.emplace(key, std::move(made)).first->second;
  }
};

extern "C" {

onednn_packed *onednn_pack(
  const float *matrix, int64_t rows, int64_t columns, int64_t row_stride, int64_t column_stride) {
  try {
    auto packed = std::make_unique<onednn_packed>(rows, columns);
    packed->fill(
      memory(
        plain(rows, columns, row_stride, column_stride), cpu(), const_cast<float *>(matrix)));
    return packed.release();
  } catch (...) {
    return nullptr;
  }
}

int onednn_unpack(
  const onednn_packed *packed, float *out, int64_t row_stride, int64_t column_stride) {
  try {
    memory from = packed->weights;
    memory to(plain(packed->rows, packed->columns, row_stride, column_stride), cpu(), out);
    dnnl::reorder(from, to).execute(worker().stream, from, to);
    worker().stream.wait();
    return 0;
  } catch (...) {
    return 1;
  }
}

void onednn_free(onednn_packed *packed) { delete packed; }

int64_t onednn_packed_bytes(const onednn_packed *packed) {
  return static_cast<int64_t>(packed->weights.get_desc().get_size());
}

int onednn_multiply(
  const onednn_packed *packed, const float *left, int64_t rows, const float *bias, float *out,
  int64_t out_stride, int accumulates) {
  try {
    Worker &own = worker();
    const bool adds = accumulates != 0;
    const int64_t columns = packed->columns;
    if (out_stride == columns) {
      packed->product(rows, adds).execute(own, left, packed->weights, out);
      if (bias != nullptr) copy_rows(out, rows, columns, bias, out, columns, false);
    } else {
      // Where rows have gaps oneDNN 2.6 falls back to plain loops, a thousand times slower.
      auto *dense = static_cast<float *>(own.dense.of(rows * columns * sizeof(float)));
      packed->product(rows, false).execute(own, left, packed->weights, dense);
      copy_rows(dense, rows, columns, bias, out, out_stride, adds);
    }
    return 0;
  } catch (...) {
    return 1;
  }
}
}
