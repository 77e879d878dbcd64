/// A value that is kept once and read by many: who holds it is copied as one reference.
///
/// A view that held a `State` itself would bring code to copy and destroy each of its properties, which
/// was half of the module.
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
