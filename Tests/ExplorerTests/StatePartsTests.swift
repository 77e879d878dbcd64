import Explorer
import Testing

@Suite struct StatePartsTests {
  /// The maximum number of properties of a type: more are hard to remember, and hide a concept
  /// without a name.
  private static let most = 30

  @Test func `no part of the state has more than thirty stored properties`() {
    var stage = Stage("good plot but bad")
    stage.answer()
    var counts: [String: Int] = [:]
    count(stage.state, into: &counts)
    #expect(counts.keys.contains("Explorer.State"))
    #expect(counts.keys.contains("Explorer.ErrorsScreen"))
    #expect(counts.filter { $0.value > Self.most }.isEmpty)
  }

  @Test func `no screen has its own property in the state`() {
    let parts = Mirror(reflecting: Stage().state).children
    #expect(parts.count > 10)
    #expect(parts.filter { $0.value is any ScreenLayer }.isEmpty)
  }

  /// Counts the stored properties of each of the module's types in a value.
  private func count(_ value: Any, into counts: inout [String: Int]) {
    let mirror = Mirror(reflecting: value)
    let name = String(reflecting: mirror.subjectType)
    if mirror.displayStyle == .struct, name.hasPrefix("Explorer.") {
      guard counts.updateValue(mirror.children.count, forKey: name) == nil else { return }
    }
    // The elements of a collection are alike.
    let isCollection = [.collection, .set, .dictionary].contains(mirror.displayStyle)
    for child in mirror.children.prefix(isCollection ? 5 : .max) {
      count(child.value, into: &counts)
    }
  }
}
