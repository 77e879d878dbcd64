internal import Datasets
internal import Reports
internal import Synchronization

/// Users' notes about rows: read when a data set is opened, written at once.
final class NotesKeeper: Sendable {
  private struct Content {
    var stored: StoredNotes?
    var notes: [ContentHash: Annotations.Entry]?
  }

  private let content = Mutex(Content())

  /// The stored notes; read once.
  /// - Parameter report: receives a message if there is a problem with the file.
  func notes(report: @escaping @Sendable (String) -> Void) -> [ContentHash: Annotations.Entry] {
    content.withLock { content in
      if let notes = content.notes { return notes }
      let notes = Self.stored(&content, report: report)?.all() ?? [:]
      content.notes = notes
      return notes
    }
  }

  /// - Returns: why they are not stored, as a sentence; nil on success.
  func keep(_ entries: [(text: String, entry: Annotations.Entry)]) -> String? {
    content.withLock { content in
      let problem = Mutex<String?>(nil)
      guard let stored = Self.stored(&content, report: { problem.set($0) }) else {
        return problem.withLock { $0 } ?? "there is no home folder to keep notes in"
      }
      guard stored.keep(entries) else {
        // The next call tries again.
        content.stored = nil
        return problem.withLock { $0 } ?? "the file of notes can't be written"
      }
      for (text, entry) in entries {
        content.notes?[ContentHash(text: text)] = entry.isEmpty ? nil : entry
      }
      return nil
    }
  }

  private static func stored(
    _ content: inout Content, report: @escaping @Sendable (String) -> Void
  ) -> StoredNotes? {
    if let stored = content.stored { return stored }
    guard let path = StateFolder.notes else { return nil }
    let store = ContentStore(path: path, schema: .notes) { report(Messages.sentence($0)) }
    content.stored = StoredNotes(store)
    return content.stored
  }
}

extension Mutex where Value == String? {
  fileprivate borrowing func set(_ text: String) { withLock { $0 = text } }
}
