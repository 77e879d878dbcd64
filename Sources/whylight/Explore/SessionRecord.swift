internal import Documents
internal import Explorer
internal import FoundationEssentials
internal import Glibc
internal import Tokenizers

/// The contents of `session.json`: the session that was edited last, and the texts of other and
/// earlier runs.
struct SessionRecord: Codable, Equatable {
  struct Text: Codable, Equatable {
    var text: String
    /// The second text of a pair.
    var pair: String?
    /// The run whose current text it is; nil for an earlier run.
    var writer: String?

    init(_ text: KeptText, writer: String? = nil) {
      (self.text, pair, self.writer) = (text.texts.text, text.texts.pair, writer)
    }

    /// Without the run.
    var kept: KeptText { KeptText(text, pair: pair) }
  }

  static let currentVersion = 2

  var version = Self.currentVersion
  /// The run of `session`.
  var writer: String
  /// The time of its last edit, in seconds since 1970.
  var changed: Double
  var session: Session
  /// The newest last.
  var texts: [Text]

  /// - Parameter session: includes the earlier texts known to its run.
  init(writer: String, changed: Double, session: Session) {
    self.writer = writer
    self.changed = changed
    self.session = session
    texts = (session.texts ?? []).map { Text($0) }
    self.session.texts = nil
    tidy()
  }

  /// nil if it is not a session, or one of a later version of the program.
  init?(json: Data) {
    struct Head: Decodable { var version: Int? }
    let version = (try? JSONDecoder().decode(Head.self, from: json))?.version ?? 1
    guard version <= Self.currentVersion else { return nil }
    if let record = try? JSONDecoder().decode(Self.self, from: json) {
      self = record
    } else if let session = try? JSONDecoder().decode(Session.self, from: json) {
      // Version 1 was the session alone.
      self.init(writer: "", changed: 0, session: session)
    } else {
      return nil
    }
  }

  /// Merges what another run has saved: the session that was edited last stays the session, and the
  /// text of the other is kept beside it.
  mutating func merge(_ saved: SessionRecord) {
    let mine = Set(texts.map(\.kept))
    texts += saved.texts.filter { $0.writer != writer && !mine.contains($0.kept) }
    if saved.writer != writer {
      if saved.changed > changed {
        texts.append(Text(session.kept, writer: writer))
        (writer, changed, session) = (saved.writer, saved.changed, saved.session)
      } else {
        texts.append(Text(saved.session.kept, writer: saved.writer))
      }
    }
    tidy()
  }

  /// Merges the text of a crashed run.
  mutating func merge(_ rescued: RescuedText) {
    let isOfSession = rescued.writer == writer
    texts.removeAll { $0.writer == rescued.writer }
    if rescued.time >= changed || isOfSession {
      if !isOfSession { texts.append(Text(session.kept)) }
      // A crash has no time to save the undo steps of its text.
      (session.text, session.cursor, session.edits) = (rescued.text, rescued.cursor, nil)
      session.pair = rescued.pair.map { KeptPair($0) }
      (writer, changed) = (rescued.writer, max(changed, rescued.time))
    } else {
      texts.append(Text(KeptText(rescued.text, pair: rescued.pair)))
    }
    tidy()
  }

  private static let mostTexts = 100
  private static let mostBytes = 8 << 20

  /// Removes duplicates and empty texts, and keeps only the newest.
  private mutating func tidy() {
    var seen: Set<KeptText> = [session.kept, KeptText(Session.example)]
    var bytes = 0
    var kept: [Text] = []
    for text in texts.reversed() where !text.kept.texts.joined.allSatisfy(\.isWhitespace) {
      guard seen.insert(text.kept).inserted else { continue }
      bytes += text.kept.texts.end
      guard kept.count < 3 || kept.count < Self.mostTexts && bytes <= Self.mostBytes else { break }
      kept.append(text)
    }
    texts = kept.reversed()
  }

  /// The session for the next run, with the earlier texts.
  var next: Session {
    var session = session
    session.texts = texts.isEmpty ? nil : texts.map(\.kept)
    return session
  }
}

/// The text that a run saved while it crashed. The file is a line with the cursor's position,
/// followed by the text: a signal handler cannot write JSON. For a pair, the line also has the
/// length of the first text in bytes, and the second text follows it.
struct RescuedText: Equatable {
  var path = ""
  var writer: String
  /// In seconds since 1970.
  var time: Double
  var cursor: Int
  var text: String
  /// The second text of a pair.
  var pair: String?

  private static let opening = "whylight rescue 1 "

  /// The contents of the file for one text or two.
  static func bytes(text: String, pair: String? = nil, cursor: Int) -> [UInt8] {
    let border = pair == nil ? "" : " \(text.utf8.count)"
    return Array((opening + "\(cursor)\(border)\n").utf8) + Array(text.utf8)
      + Array((pair ?? "").utf8)
  }

  /// nil if the file is not such a text.
  init?(path: String) {
    var facts = stat()
    guard unsafe lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
      facts.st_size <= SessionFile.largest,
      let bytes = FileManager.default.contents(atPath: path), bytes.starts(with: Self.opening.utf8),
      let end = bytes.firstIndex(of: 0x0A)
    else { return nil }
    let numbers = String(decoding: bytes[Self.opening.utf8.count..<end], as: UTF8.self)
      .split(separator: " ", omittingEmptySubsequences: false).map { Int($0) }
    guard let cursor = numbers.first ?? nil, numbers.count <= 2, !numbers.contains(nil) else {
      return nil
    }
    let content = bytes[(end + 1)...]
    let border = numbers.count == 2 ? numbers[1] : nil
    if let border, !(0...content.count).contains(border) { return nil }
    self.path = path
    writer = PathParts(path).stem
    time = Double(facts.st_mtim.tv_sec) + 1e-9 * Double(facts.st_mtim.tv_nsec)
    self.cursor = cursor
    text = String(decoding: content.prefix(border ?? content.count), as: UTF8.self)
    pair = border.map { String(decoding: content.dropFirst($0), as: UTF8.self) }
  }
}
