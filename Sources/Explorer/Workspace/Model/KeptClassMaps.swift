/// How the user matched the classes of second models, the newest first.
public struct KeptClassMaps: Codable, Sendable, Equatable {
  private struct Entry: Codable, Sendable, Equatable {
    var model: String
    /// The classes of the first model.
    var classes: [String]
    var map: [String: String]
  }

  private var entries: [Entry] = []

  private static let limit = 30

  public init() {}

  var isEmpty: Bool { entries.isEmpty }

  /// From a class of the second model to that of the first; empty if the user matched none.
  func map(of model: String, to classes: [String]) -> [String: String] {
    entries.first { $0.model == model && $0.classes == classes }?.map ?? [:]
  }

  mutating func keep(_ map: [String: String], of model: String, to classes: [String]) {
    entries.removeAll { $0.model == model && $0.classes == classes }
    entries.insert(Entry(model: model, classes: classes, map: map), at: 0)
    if entries.count > Self.limit { entries.removeLast() }
  }
}
