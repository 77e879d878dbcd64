public import Datasets

/// The table of a question. Two are equal if they have the same number of rows: in a session, a
/// table only grows.
@propertyWrapper
public struct GrowingTable: Sendable, Hashable {
  public var wrappedValue: ExampleTable

  public init(wrappedValue: ExampleTable) { self.wrappedValue = wrappedValue }

  public static func == (a: GrowingTable, b: GrowingTable) -> Bool {
    a.wrappedValue.count == b.wrappedValue.count
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(wrappedValue.count) }
}
