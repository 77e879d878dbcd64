/// A value in a shared box: copying the holder copies one reference.
///
/// A view that stored a `State` directly would contain code to copy and destroy each of its
/// properties, which amounted to half of the module's code.
@propertyWrapper
struct Shared<Value: Sendable>: Sendable {
  private final class Box: Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
  }

  private let box: Box

  init(wrappedValue: Value) { box = Box(wrappedValue) }

  var wrappedValue: Value {
    _read { yield box.value }
  }
}
