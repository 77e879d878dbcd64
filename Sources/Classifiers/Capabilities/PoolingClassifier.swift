/// A classifier that pools its states over time in more than one way.
public protocol PoolingClassifier: RecurrentClassifier {
  /// Through which pool and from which time step the target's value came, one ledger a row.
  func poolingLedgers(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> [PoolingLedger]
}

/// The value explained, booked by pool and time step: gradient times pooled value, which for a head
/// that is linear in pieces (normalisation, ReLU) accounts for everything but the biases.
public struct PoolingLedger: Sendable, Equatable {
  public struct Entry: Sendable, Equatable {
    /// `last`, `max`, `mean`.
    public var pool: String
    /// One a time step, `[T]`.
    public var steps: [Double]
    public var total: Double { steps.reduce(0, +) }

    public init(pool: String, steps: [Double]) {
      self.pool = pool
      self.steps = steps
    }
  }

  public var entries: [Entry]
  public var value: Double
  /// What no time step gave: the biases' share.
  public var remainder: Double { value - entries.reduce(0) { $0 + $1.total } }

  public init(entries: [Entry], value: Double) {
    self.entries = entries
    self.value = value
  }
}
