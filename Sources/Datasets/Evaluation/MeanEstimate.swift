internal import Glibc

/// A mean over a sample, and its standard error (Welford 1962: one pass, without cancellation).
public struct MeanEstimate: Sendable, Equatable {
  public private(set) var count = 0
  public private(set) var mean = 0.0
  private var squares = 0.0

  public init() {}

  public mutating func add(_ value: Double) {
    count += 1
    let before = value - mean
    mean += before / Double(count)
    squares += before * (value - mean)
  }

  /// The standard error of the mean; nil for a single value.
  public var standardError: Double? {
    count < 2 ? nil : sqrt(squares / Double(count - 1) / Double(count))
  }

  /// The 95 % confidence interval of the mean by the normal distribution; a little too narrow for
  /// fewer than thirty values.
  public var interval: ClosedRange<Double>? {
    standardError.map { (mean - 1.959964 * $0)...(mean + 1.959964 * $0) }
  }
}

/// A random sample of fixed size from a sequence of any length (Vitter 1985, algorithm R), in the
/// original order.
public struct Reservoir<Item: Sendable>: Sendable {
  private let limit: Int
  private var seen = 0
  private var held: [(number: Int, item: Item)] = []

  public init(limit: Int) {
    self.limit = max(0, limit)
  }

  public mutating func add(
    _ item: Item, using generator: inout some RandomNumberGenerator
  ) {
    seen += 1
    if held.count < limit { return held.append((seen, item)) }
    let place = Int.random(in: 0..<seen, using: &generator)
    if place < limit { held[place] = (seen, item) }
  }

  public var items: [Item] { held.sorted { $0.number < $1.number }.map(\.item) }
}
