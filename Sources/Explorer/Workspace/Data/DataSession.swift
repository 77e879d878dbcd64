/// How a data set was looked at.
public struct DataSession: Codable, Sendable, Equatable {
  /// What the user said of the file, as on the command line.
  public var arguments: [String] = []
  public var query = ""
  /// The name of the order.
  public var order = ""
  public var isReversed = false
  /// The row at the cursor, by its number in the file, and whether it was open in Explore.
  public var row: Int?
  public var isOpened = false
  /// Queries that are looked at as slices.
  public var slices: [String] = []
  /// The name of what stood beside the table.
  public var drawer: String?

  public init() {}
}

/// What is kept of the last data sets, by their paths.
public struct KeptDataSessions: Codable, Sendable, Equatable {
  private struct Entry: Codable, Sendable, Equatable {
    var path: String
    var session: DataSession
  }

  /// The newest first.
  private var entries: [Entry] = []

  private static let limit = 30

  public init() {}

  /// The newest first.
  public var paths: [String] { entries.map(\.path) }

  /// Without one data set.
  public func without(_ path: String?) -> KeptDataSessions {
    var kept = self
    if let path { kept[path] = nil }
    return kept
  }

  public subscript(path: String) -> DataSession? {
    get { entries.first { $0.path == path }?.session }
    set {
      entries.removeAll { $0.path == path }
      if let newValue { entries.insert(Entry(path: path, session: newValue), at: 0) }
      if entries.count > Self.limit { entries.removeLast() }
    }
  }
}
