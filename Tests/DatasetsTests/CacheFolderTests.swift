import Classifiers
import Datasets
import Foundation
import TestSupport
import Testing

@Test func `the cache is where XDG says, and nowhere without a home`() {
  #expect(CacheFolder.path(environment: ["XDG_CACHE_HOME": "/c", "HOME": "/h"]) == "/c/whylight")
  #expect(
    CacheFolder.path(environment: ["XDG_CACHE_HOME": "c", "HOME": "/h"]) == "/h/.cache/whylight")
  #expect(CacheFolder.path(environment: ["HOME": "/h"]) == "/h/.cache/whylight")
  #expect(CacheFolder.path(environment: ["HOME": "h"]) == nil)
  #expect(CacheFolder.path(environment: [:]) == nil)
}

@Suite struct `what a model is by its content` {
  private let model = Model.tiny(classes: ["bad", "good"])

  private func hash(
    _ path: String?, model: Model? = nil, options: OpeningOptions = OpeningOptions()
  ) -> ContentHash? {
    ModelFingerprint.of(model ?? self.model, opened: path, with: options)
  }

  @Test func `is the same for the same files, and another for changed ones`() throws {
    let file = try TemporaryFile("weights", name: "model.bin")
    let before = try #require(hash(file.path))
    #expect(hash(file.path) == before)
    try Data("Weights".utf8).write(to: URL(filePath: file.path))
    #expect(hash(file.path) != before)
  }

  @Test func `is the same with another threshold, which changes no prediction`() throws {
    let file = try TemporaryFile("weights", name: "model.bin")
    let before = try #require(hash(file.path))
    var options = OpeningOptions()
    options.reading.threshold = 0.25
    #expect(hash(file.path + " --threshold 0.25", options: options) == before)
    options.reading.windows = WindowReading()
    #expect(hash(file.path + " --windows", options: options) != before)
  }

  @Test func `holds all files of a folder by their names`() throws {
    let file = try TemporaryFile("weights", name: "a.bin")
    let before = try #require(hash(file.folder))
    try FileManager.default.moveItem(atPath: file.path, toPath: file.folder + "/b.bin")
    #expect(hash(file.folder) != before)
  }

  @Test func `holds the modules of sentence-transformers in folders within`() throws {
    let file = try TemporaryFile(
      #"[{"type": "sentence_transformers.models.Dense", "path": "2_Dense"}]"#, name: "modules.json")
    let folders = ["2_Dense", "checkpoint-5"].map { file.folder + "/" + $0 }
    for folder in folders {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data("weights".utf8).write(to: URL(filePath: folder + "/model.safetensors"))
    }
    let before = try #require(hash(file.folder))
    // No part of the model, and maybe larger than it.
    try Data("Weights".utf8).write(to: URL(filePath: folders[1] + "/model.safetensors"))
    #expect(hash(file.folder) == before)
    try Data("Weights".utf8).write(to: URL(filePath: folders[0] + "/model.safetensors"))
    #expect(try #require(hash(file.folder)) != before)
  }

  @Test func `holds the pieces beside a file, or those that were given`() throws {
    let file = try TemporaryFile("weights", name: "export.pkl")
    let pieces = file.folder + "/spm.model"
    var hashes = [try #require(hash(file.path))]
    for content in ["pieces", "Pieces"] {
      try Data(content.utf8).write(to: URL(filePath: pieces))
      hashes.append(try #require(hash(file.path)))
    }
    let other = try TemporaryFile("pieces", name: "other.bin")
    hashes.append(
      try #require(hash(file.path, options: OpeningOptions(pieceModel: other.path))))
    #expect(Set(hashes.map(\.bytes)).count == 4)
  }

  @Test func `holds its classes, and how it was opened`() throws {
    let plain = try #require(hash(nil))
    #expect(hash(nil) == plain)
    #expect(hash(nil, model: .tiny(classes: ["bad", "fine"])) != plain)
    #expect(hash(nil, options: OpeningOptions(isBackwards: true)) != plain)
    var rounded = OpeningOptions()
    rounded.precision = .bfloat16
    #expect(hash(nil, options: rounded) != plain)
    #expect(hash("tiny") == plain)
  }

  @Test func `is not known of a program, whose answers may change`() {
    #expect(hash("exec:cat") == nil)
  }

  @Test func `is not known of what is no file to be read twice`() {
    #expect(hash("/dev/null") == nil)
  }
}
