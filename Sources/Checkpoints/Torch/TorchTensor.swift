internal import Tensors

/// A tensor as a pickle describes it: a view of a storage.
struct TorchTensor {
  let storage: TorchStorage
  /// In numbers, from the start of the storage.
  let offset: Int
  let shape: [Int]
  let strides: [Int]

  /// nil if the value is not a tensor.
  init?(_ value: PickleValue) {
    self.init(value, depth: 0)
  }

  /// A parameter is a tensor in a wrapper or two; a deeper one is circular.
  private init?(_ value: PickleValue, depth: Int) {
    guard depth < 4, let constructor = value.constructor else { return nil }
    let arguments = value.arguments
    switch constructor {
    case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state":
      guard let data = arguments.first else { return nil }
      self.init(data, depth: depth + 1)
    case "torch._tensor._rebuild_from_type_v2":
      // function, type, the function's arguments, state
      guard arguments.count >= 3, arguments[0].global == "torch._utils._rebuild_tensor_v2" else {
        return nil
      }
      self.init(view: arguments[2].elements ?? [])
    case "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor":
      self.init(view: arguments)
    default: return nil
    }
  }

  /// storage, offset, shape, strides, …
  private init?(view arguments: [PickleValue]) {
    guard arguments.count >= 4, let storage = arguments[0].persistent.flatMap(TorchStorage.init),
      let offset = arguments[1].integer, let shape = Self.integers(arguments[2]),
      let strides = Self.integers(arguments[3]), shape.count == strides.count
    else { return nil }
    self.storage = storage
    self.offset = offset
    self.shape = shape
    self.strides = strides
  }

  private static func integers(_ value: PickleValue) -> [Int]? {
    guard let elements = value.elements else { return nil }
    let integers = elements.compactMap(\.integer)
    return integers.count == elements.count ? integers : nil
  }

  /// From the first number to the last, in numbers; nil if the view contains a number twice, or if
  /// no file could be that large.
  var extent: Int? {
    var extent = 1
    let dimensions = zip(shape, strides).filter { $0.0 != 1 }
    for (size, stride) in dimensions.sorted(by: { $0.1 < $1.1 }) {
      let (length, tooLong) = (size - 1).multipliedReportingOverflow(by: stride)
      let (end, tooFar) = extent.addingReportingOverflow(length)
      guard size > 0, stride >= extent, !tooLong, !tooFar else { return nil }
      extent = end
    }
    return extent
  }

  /// Row-major without gaps; the stride of a dimension of size 1 does not matter.
  var isContiguous: Bool {
    var expected = 1
    for (size, stride) in zip(shape, strides).reversed() where size != 1 {
      if stride != expected { return shape.contains(0) }
      let (next, overflow) = expected.multipliedReportingOverflow(by: size)
      if overflow { return false }
      expected = next
    }
    return true
  }
}

/// A storage as the pickle names it: `('storage', torch.FloatStorage, '0', 'cpu', 262144)`.
struct TorchStorage {
  enum Numbers: Sendable {
    case real(NumberFormat)
    case other(String, size: Int)

    /// In bytes.
    var size: Int {
      switch self {
      case .real(let format): format.size
      case .other(_, let size): size
      }
    }

    var stored: StoredTensor.Numbers {
      switch self {
      case .real(let format): .real(format)
      case .other(let name, _): .other(name)
      }
    }
  }

  let key: String
  let numbers: Numbers

  init?(_ value: PickleValue) {
    guard let parts = value.elements, parts.count >= 5, parts[0].text == "storage",
      let type = parts[1].global, let numbers = Self.types[type], let key = parts[2].text
    else { return nil }
    self.key = key
    self.numbers = numbers
  }

  private static let types: [String: Numbers] = [
    "torch.FloatStorage": .real(.float32), "torch.DoubleStorage": .real(.float64),
    "torch.HalfStorage": .real(.float16), "torch.BFloat16Storage": .real(.bfloat16),
    "torch.LongStorage": .other("int64", size: 8), "torch.IntStorage": .other("int32", size: 4),
    "torch.ShortStorage": .other("int16", size: 2), "torch.CharStorage": .other("int8", size: 1),
    "torch.ByteStorage": .other("uint8", size: 1), "torch.BoolStorage": .other("bool", size: 1),
    "torch.ComplexFloatStorage": .other("complex64", size: 8),
    "torch.ComplexDoubleStorage": .other("complex128", size: 16),
  ]
}
