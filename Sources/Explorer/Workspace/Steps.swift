/// The undo and redo history of a value.
struct Steps<Value: Sendable>: Sendable {
  private var past: [Value] = []
  private var future: [Value] = []

  private static var limit: Int { 200 }

  /// Stores a value that is about to be changed, and clears the redo history.
  mutating func keep(_ value: Value) {
    past.append(value)
    if past.count > Self.limit { past.removeFirst() }
    future = []
  }

  /// The value before the last change; nil if there was no change.
  /// - Parameter present: the value to store for `redo`.
  mutating func undo(_ present: (Value) -> Value) -> Value? {
    guard let value = past.popLast() else { return nil }
    future.append(present(value))
    return value
  }

  /// The value before the last `undo`; nil if nothing was undone.
  mutating func redo(_ present: (Value) -> Value) -> Value? {
    guard let value = future.popLast() else { return nil }
    past.append(present(value))
    return value
  }
}

extension Steps: Equatable where Value: Equatable {}
