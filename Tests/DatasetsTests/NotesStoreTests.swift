import Classifiers
import Datasets
import Foundation
import Testing

private final class Place {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "whylight-notes-\(UUID().uuidString)")
  var path: String { folder.appending(path: "notes.sqlite").path(percentEncoded: false) }
  var notes: StoredNotes { StoredNotes(ContentStore(path: path, schema: .notes)) }
  var scores: StoredScores { scores(method: "x") }

  func scores(method: String) -> StoredScores {
    var hasher = ContentHasher()
    hasher.add("model")
    return StoredScores(
      ContentStore(path: path + ".scores"), fingerprint: hasher.hash, name: "m", method: method)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}

@Test func `a note is found by the next program, by its text alone`() throws {
  let place = Place()
  let entry = Annotations.Entry(note: "ironic", label: "negative")
  #expect(place.notes.keep([("great, again", entry), ("x", .init(label: "positive"))]))
  let all = try #require(place.notes.all())
  #expect(all[ContentHash(text: "great, again")] == entry && all.count == 2)
  var chunk = ExampleChunk(classes: 2)
  for (row, text) in ["dull", "great, again"].enumerated() {
    chunk.append(
      Example(index: row + 7, line: 1, content: .text(text), gold: .one(0)),
      Judgement(logits: [0, 1], gold: .one(0), link: .softmax))
  }
  #expect(ExampleTable.annotations(of: chunk, in: all).entries == [8: entry])
  #expect(place.notes.keep([("great, again", .init())]))
  #expect(place.notes.all()?.count == 1)
}

@Test func `a store of notes that can't be written to says so`() throws {
  let place = Place()
  try Data().write(to: place.folder)
  #expect(!place.notes.keep([("a", .init(note: "b"))]))
  #expect(place.notes.all() == nil)
}

@Test func `scores of words are kept by text, class and method`() {
  let place = Place()
  let scores = WordScores(
    classIndex: 1, words: [.init(utf8Range: 0..<3, score: -1.5), .init(utf8Range: 4..<9, score: 2)])
  place.scores.remember([(.text("the words"), scores)])
  #expect(
    place.scores.recall([(.text("the words"), 1), (.text("The words"), 1)]) == [scores, nil])
  #expect(place.scores.recall([(.text("the words"), 0)]) == [nil])
  #expect(place.scores(method: "y").recall([(.text("the words"), 1)]) == [nil])
  place.scores.remember([(.text("the words"), WordScores(classIndex: 0, words: []))])
  #expect(place.scores.recall([(.text("the words"), 0)]) == [WordScores(classIndex: 0, words: [])])
}
