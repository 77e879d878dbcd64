/// What can be undone and done again: values that somebody may want back.
struct Steps<Value: Sendable>: Sendable {
  private var past: [Value] = []
  private var future: [Value] = []

  private static var limit: Int { 200 }

  /// Remembers a value that is about to be changed; what was undone can't be done again then.
  mutating func keep(_ value: Value) {
    past.append(value)
    if past.count > Self.limit { past.removeFirst() }
    future = []
  }

  /// The value before the last change; nil where nothing was changed.
  /// - Parameter present: what stands in its place now, for `redo`.
  mutating func undo(_ present: (Value) -> Value) -> Value? {
    guard let value = past.popLast() else { return nil }
    future.append(present(value))
    return value
  }

  /// The value before the last `undo`; nil where nothing was undone.
  mutating func redo(_ present: (Value) -> Value) -> Value? {
    guard let value = future.popLast() else { return nil }
    past.append(present(value))
    return value
  }
}

extension Steps: Equatable where Value: Equatable {}
