internal import Tensors

/// A tensor whose numbers still lie in a file.
struct StoredTensor: Sendable {
  /// What one number is.
  enum Numbers: Sendable, Equatable {
    case real(NumberFormat)
    /// Integers, truth values and the like, by the name that the file uses.
    case other(String)
  }

  let shape: [Int]
  let numbers: Numbers
  let source: ByteSource
  /// Where the numbers lie in the source, row-major without gaps.
  let bytes: Range<Int>

  /// So many bytes are in memory unconverted at a time.
  private static let chunk = 1 << 20

  /// - Throws: `CheckpointError.unsupportedNumbers`, and what reading the source throws.
  func values(name: String) throws -> [Float] {
    guard case .real(let format) = numbers else {
      if case .other(let format) = numbers {
        throw CheckpointError.unsupportedNumbers(tensor: name, format: format)
      }
      return []
    }
    var values: [Float] = []
    values.reserveCapacity(bytes.count / format.size)
    for start in stride(from: bytes.lowerBound, to: bytes.upperBound, by: Self.chunk) {
      let end = min(start + Self.chunk, bytes.upperBound)
      values.append(contentsOf: format.decode(try source.read(start..<end)))
    }
    return values
  }
}
