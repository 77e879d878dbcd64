internal import TerminalUI

/// Recognizes the paths of data sets by their extensions.
enum DataFile {
  private static let endings: Set<Substring> = ["csv", "tsv", "jsonl", "ndjson", "txt"]

  static func isNamed(_ path: String) -> Bool {
    guard !path.contains("exec:"), let name = path.split(separator: "/").last,
      let dot = name.lastIndex(of: "."), dot > name.startIndex
    else { return false }
    return endings.contains(Substring(name[name.index(after: dot)...].lowercased()))
  }
}

/// Opening a data set in the explorer.
extension State {
  /// The path of the open data set, unless it is among those of earlier sessions.
  var openDataPath: [String] {
    guard let path = dataset.source.path, !dataset.sessions.paths.contains(path) else {
      return []
    }
    return [path]
  }

  mutating func open(data path: String, _ effects: inout [Effect]) {
    effects.append(.openData(path))
  }

  /// Called when a data set was opened: the model begins to score it.
  mutating func openedData(_ effects: inout [Effect]) {
    dataset.isGiven = true
    dataset.status = .scoring
    opened(.dataset, &effects)
  }

  /// Shows the prompt again, with the path and the reason why it can't be opened.
  mutating func refuseData(_ path: String, _ reason: String) {
    refuse(path, for: .main, reason)
  }
}
