internal import Synchronization

/// The progress of reading a model's weights, and a way to cancel it. Both may be used from any
/// thread.
public final class LoadProgress: Sendable, Equatable {
  private let expected = Atomic(0)
  private let done = Atomic(0)
  private let isGivenUp = Atomic(false)

  public init() {}

  /// The fraction of the weights' bytes, 0 to 1; nil before the total is known.
  public var fraction: Double? {
    let expected = expected.load(ordering: .relaxed)
    let share = Double(done.load(ordering: .relaxed)) / Double(expected)
    return expected > 0 ? min(1, share) : nil
  }

  /// Makes the reader throw a `CancellationError` before its next megabyte.
  public func giveUp() { isGivenUp.store(true, ordering: .relaxed) }

  func expect(bytes: Int) { expected.add(bytes, ordering: .relaxed) }

  /// - Throws: `CancellationError` after `giveUp()`.
  func read(bytes: Int) throws {
    done.add(bytes, ordering: .relaxed)
    if isGivenUp.load(ordering: .relaxed) { throw CancellationError() }
  }

  public static func == (a: LoadProgress, b: LoadProgress) -> Bool { a === b }
}

extension NamedTensors {
  /// The same tensors; reading them reports progress.
  public func reporting(to progress: LoadProgress?) -> NamedTensors {
    guard let progress else { return self }
    var tensors = self
    tensors.progress = progress
    // Tensors that fastai stores twice are read once.
    progress.expect(
      bytes: withoutCopies.contents.values.reduce(0) { sum, content in
        switch content {
        case .loaded: sum
        case .stored(let tensor): sum + tensor.bytes.count
        case .derived(let tensor): sum + tensor.byteCount
        }
      })
    return tensors
  }
}
