/// The view of a data set, which is stored between sessions.
public struct DataSession: Codable, Sendable, Equatable {
  /// The options of the command line that describe the file: `--text-column`, `review`.
  public var arguments: [String] = []
  public var query = ""
  /// The raw value of the order of the rows.
  public var order = ""
  public var isReversed = false
  /// The selected row by its number in the file, and whether it was open in Explore.
  public var row: Int?
  public var isOpened = false
  /// The queries that the user added to the slices.
  public var slices: [String] = []
  /// The raw value of the open drawer.
  public var drawer: String?

  public init() {}
}

/// The views of the latest 30 data sets, by their paths.
public struct KeptDataSessions: Codable, Sendable, Equatable {
  private struct Entry: Codable, Sendable, Equatable {
    var path: String
    var session: DataSession
  }

  /// The latest first.
  private var entries: [Entry] = []

  private static let limit = 30

  public init() {}

  /// The latest first.
  public var paths: [String] { entries.map(\.path) }

  /// The same without one data set.
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
