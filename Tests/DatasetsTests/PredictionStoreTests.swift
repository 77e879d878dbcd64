import CSQLite
import Classifiers
import Datasets
import Foundation
import Synchronization
import TestSupport
import Testing
import Tokenizers

private final class Place: Sendable {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "whylight-store-\(UUID().uuidString)")
  private let said = Mutex<[StoreNotice]>([])

  var path: String { folder.appending(path: "deep/predictions.sqlite").path(percentEncoded: false) }
  var notices: [StoreNotice] { said.withLock { $0 } }

  func open() -> ContentStore {
    ContentStore(path: path) { notice in self.said.withLock { $0.append(notice) } }
  }

  func memory(_ model: String = "a", classes: Int = 2) -> StoredPredictions {
    StoredPredictions(open(), fingerprint: fingerprint(model), name: model, classes: classes)
  }

  /// What another program does to the file.
  func execute(_ sql: String) throws {
    var connection: OpaquePointer?
    defer { unsafe sqlite3_close(connection) }
    try #require(unsafe sqlite3_open(path, &connection) == SQLITE_OK)
    try #require(unsafe sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}

private func fingerprint(_ model: String) -> ContentHash {
  var hasher = ContentHasher()
  hasher.add(model)
  return hasher.hash
}

extension StoredPredictions {
  fileprivate func remember(_ contents: [TextRecord.Content], logits: [[Float]]) {
    remember(contents, answers: logits.map { ModelAnswer(logits: $0) })
  }

  fileprivate func said(_ contents: [TextRecord.Content]) -> [[Float]?] {
    recall(contents).map { $0?.logits }
  }
}

private let contents: [TextRecord.Content] = [.text("one"), .text("two words"), .words(["one"])]
private let logits: [[Float]] = [[1, -2], [.infinity, .leastNonzeroMagnitude], [0, 5]]

@Test func `what was kept is found by the next program, for this model and text alone`() {
  let place = Place()
  place.memory().remember(contents, logits: logits)
  let next = place.memory()
  #expect(next.said(contents) == logits)
  #expect(next.said([.text("One"), .text("one")]) == [nil, logits[0]])
  #expect(place.memory("b").said(contents) == [nil, nil, nil])
  #expect(place.memory(classes: 3).said(contents) == [nil, nil, nil])
  next.remember([.text("one")], logits: [[7, 7]])
  #expect(place.memory().said(contents) == [[7, 7], logits[1], logits[2]])
  #expect(place.notices.isEmpty)
}

@Test func `a batch is in the store before the next is asked`() throws {
  let place = Place()
  let texts = (0..<40).map {
    TextRecord.Content.text(String(repeating: "a ", count: $0 % 7) + "\($0)")
  }
  let other = place.memory(classes: 3)
  let known = Mutex<[Int]>([])
  let model = Model.tiny(
    TinyClassifier(callSize: 8) { _ in
      known.withLock { $0.append(other.said(texts).count { $0 != nil }) }
    })
  var scorer = Scorer(model, memory: place.memory(classes: 3)) { _ in }
  for (index, text) in texts.enumerated() {
    try scorer.add(
      .example(Example(index: index, line: index + 1, content: text, gold: .one(0))))
  }
  try scorer.finish()
  #expect(known.withLock { $0 } == [0, 8, 16, 24, 32])
}

@Test func `two programs use a store at once`() async {
  let place = Place()
  await withTaskGroup { group in
    for program in 0..<4 {
      group.addTask {
        let memory = place.memory()
        for number in 0..<20 {
          memory.remember([.text("\(program) \(number)")], logits: [[Float(program), 1]])
        }
      }
    }
  }
  let memory = place.memory()
  for program in 0..<4 {
    let texts = (0..<20).map { TextRecord.Content.text("\(program) \($0)") }
    #expect(memory.said(texts) == Array(repeating: [Float(program), 1], count: 20))
  }
  #expect(place.notices.isEmpty)
}

@Test(arguments: [18, 100, 5000])
func `a file that is no store is set aside with a message`(_ length: Int) throws {
  let place = Place()
  place.memory().remember(contents, logits: logits)
  let garbage = String(repeating: "x", count: length)
  for ending in ["-wal", "-shm"] {
    try? FileManager.default.removeItem(atPath: place.path + ending)
  }
  try Data(garbage.utf8).write(to: URL(filePath: place.path))
  let memory = place.memory()
  #expect(place.notices == [.damaged(path: place.path, setAside: place.path + ".damaged")])
  #expect(memory.said(contents) == [nil, nil, nil])
  memory.remember(contents, logits: logits)
  #expect(place.memory().said(contents) == logits)
  #expect(try Data(contentsOf: URL(filePath: place.path + ".damaged")) == Data(garbage.utf8))
}

@Test func `a byte that changed within an answer is noticed`() throws {
  let place = Place()
  place.memory().remember(contents, logits: logits)
  try place.execute("UPDATE prediction SET answer = zeroblob(12)")
  let memory = place.memory()
  #expect(memory.said(contents) == [nil, nil, nil])
  #expect(place.notices == [.damaged(path: place.path, setAside: place.path + ".damaged")])
  memory.remember(contents, logits: logits)
  #expect(memory.said(contents) == logits)
}

@Test func `a table that is gone is damage`() throws {
  let place = Place()
  place.memory().remember(contents, logits: logits)
  try place.execute("DROP TABLE prediction")
  let memory = place.memory()
  memory.remember(contents, logits: logits)
  #expect(place.notices.count == 1)
  memory.remember(contents, logits: logits)
  #expect(memory.said(contents) == logits)
}

@Test func `a store of a later version is left alone`() throws {
  let place = Place()
  place.memory().remember(contents, logits: logits)
  try place.execute("INSERT INTO grdb_migrations VALUES ('of the future')")
  let memory = place.memory()
  #expect(place.notices == [.newer(path: place.path)])
  #expect(memory.said(contents) == [nil, nil, nil])
}

// as the first version with a store left it, by another library
@Test func `a store of an earlier version keeps its answers and gets what is new`() throws {
  let place = Place()
  try FileManager.default.createDirectory(
    at: place.folder.appending(path: "deep"), withIntermediateDirectories: true)
  let first = Place()
  first.memory().remember(contents, logits: logits)
  try FileManager.default.copyItem(atPath: first.path, toPath: place.path)
  for ending in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: first.path + ending) {
    try FileManager.default.copyItem(atPath: first.path + ending, toPath: place.path + ending)
  }
  try place.execute("DROP TABLE score; DELETE FROM grdb_migrations WHERE identifier = 'scores'")
  #expect(place.memory().said(contents) == logits)
  try place.execute("SELECT method FROM score")
  #expect(place.notices.isEmpty)
}

@Test func `what is written is kept whole or not at all`() throws {
  let place = Place()
  let memory = place.memory()
  memory.remember([contents[0]], logits: [logits[0]])
  // the second of the texts is refused
  let key = ContentHash(contents[1]).bytes.map {
    String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
  }
  try place.execute(
    """
    CREATE TRIGGER refusal BEFORE INSERT ON prediction WHEN NEW.text = x'\(key.joined())'
    BEGIN SELECT RAISE(ABORT, 'refused'); END
    """)
  memory.remember(Array(contents.reversed()), logits: Array(logits.reversed()))
  #expect(place.memory().said(contents) == [logits[0], nil, nil])
  guard case .unusable(_, reason: "refused")? = place.notices.first else {
    Issue.record("\(place.notices)")
    return
  }
}

@Test func `a place that can't be written to is said once, and nothing is kept`() throws {
  let place = Place()
  try Data().write(to: place.folder)
  let memory = place.memory()
  #expect(place.notices.count == 1)
  memory.remember(contents, logits: logits)
  #expect(memory.said(contents) == [nil, nil, nil])
  guard case .unusable? = place.notices.first, place.notices.count == 1 else {
    Issue.record("\(place.notices)")
    return
  }
}

@Test func `what was cut off a text is kept with the answer`() {
  let place = Place()
  let answers = [
    ModelAnswer(
      logits: [1, 2],
      truncation: Truncation(tokens: 900, read: 512, side: .left, rest: .unread, utf8Range: 0..<7)),
    ModelAnswer(logits: [3, 4]),
    ModelAnswer(
      logits: [5, 6],
      truncation: Truncation(
        tokens: 70_000, read: 0, side: .right, rest: .unpooled, utf8Range: 2..<400_000)),
  ]
  place.memory().remember(contents, answers: answers)
  #expect(place.memory().recall(contents) == answers)
  // an answer of a model of other classes is none
  #expect(place.memory(classes: 3).recall(contents) == [nil, nil, nil])
  #expect(place.memory(classes: 8).recall(contents) == [nil, nil, nil])
  #expect(place.notices.isEmpty)
}
