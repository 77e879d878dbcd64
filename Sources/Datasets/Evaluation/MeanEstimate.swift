internal import Glibc

/// A mean over a sample, and how far it can be trusted (Welford 1962: one pass, no cancellation).
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

  /// The standard deviation of the mean; nil where one value tells none.
  public var standardError: Double? {
    count < 2 ? nil : sqrt(squares / Double(count - 1) / Double(count))
  }

  /// Where the mean of all texts lies in 95 of 100 samples, by the normal distribution: of fewer
  /// than some thirty values it is a little too narrow.
  public var interval: ClosedRange<Double>? {
    standardError.map { (mean - 1.959964 * $0)...(mean + 1.959964 * $0) }
  }
}

/// So many of the items of a sequence of any length, each with the same chance (Vitter 1985,
/// algorithm R), in the order in which they came.
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
