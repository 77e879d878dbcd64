internal import TerminalUI

/// Whether a path is that of labelled texts and not of a model, by its ending.
enum DataFile {
  private static let endings: Set<Substring> = ["csv", "tsv", "jsonl", "ndjson", "txt"]

  static func isNamed(_ path: String) -> Bool {
    guard !path.contains("exec:"), let name = path.split(separator: "/").last,
      let dot = name.lastIndex(of: "."), dot > name.startIndex
    else { return false }
    return endings.contains(Substring(name[name.index(after: dot)...].lowercased()))
  }
}

/// Opening labelled texts from inside.
extension State {
  /// The file of the data set that is open, as the last of a list.
  var openDataPath: [String] {
    guard let path = dataset.source.path, !dataset.sessions.paths.contains(path) else {
      return []
    }
    return [path]
  }

  mutating func open(data path: String, _ effects: inout [Effect]) {
    effects.append(.openData(path))
  }

  /// There is a data set now, and the model is to be asked about it.
  mutating func openedData(_ effects: inout [Effect]) {
    dataset.isGiven = true
    dataset.status = .scoring
    opened(.dataset, &effects)
  }

  /// The prompt comes again with the path, and with the reason.
  mutating func refuseData(_ path: String, _ reason: String) {
    refuse(path, for: .main, reason)
  }
}
