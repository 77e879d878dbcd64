import Checkpoints
import Classifiers
import Foundation
import TestSupport
import Testing

/// A folder with one file, gone with the value.
private final class Folder: Sendable {
  let folder: String

  init(_ text: String, name: String) throws {
    folder =
      FileManager.default.temporaryDirectory.path(percentEncoded: false)
      + "/card-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }
}

@Suite struct `the page of a model's makers` {
  private let opener = ModelOpener(
    embedded: [
      .init(
        name: "inside",
        files: ModelFiles(["MODEL_CARD.md": ByteSource(Array("# Inside".utf8))]))
    ])

  private func text(_ argument: String?, atMost limit: Int = 1000) throws -> String? {
    try opener.card(of: argument, atMost: limit).map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test func `is that of an embedded model by its name, and of the default`() throws {
    #expect(try text("inside") == "# Inside" && text(nil) == "# Inside")
  }

  @Test func `is in a folder, or beside a file, Whylight's own before that of a hub`() throws {
    let file = try Folder("# Hub", name: "README.md")
    #expect(try text(file.folder) == "# Hub" && text(file.folder + "/model.pkl") == "# Hub")
    #expect(try text(file.folder + " --threshold 0.25") == "# Hub")
    try Data("# Own".utf8).write(to: URL(filePath: file.folder + "/MODEL_CARD.md"))
    #expect(try text(file.folder) == "# Own")
  }

  @Test func `is read up to a limit, however long the file is`() throws {
    let file = try Folder(String(repeating: "x", count: 5000), name: "README.md")
    let card = try #require(try opener.card(of: file.folder, atMost: 100))
    #expect(card.bytes.count == 100 && card.count == 5000 && card.isCut)
  }

  @Test func `is missing for a program, for a folder without one and for nothing at all`() throws {
    let file = try Folder("{}", name: "config.json")
    #expect(try text("exec:cat") == nil && text(file.folder) == nil)
    #expect(try text(file.folder + "/no/such") == nil)
  }

  @Test func `is refused where it is a folder or a pipe`() throws {
    let file = try Folder("{}", name: "config.json")
    try FileManager.default.createDirectory(
      atPath: file.folder + "/README.md", withIntermediateDirectories: false)
    #expect(throws: CheckpointError.self) { _ = try text(file.folder) }
  }
}
