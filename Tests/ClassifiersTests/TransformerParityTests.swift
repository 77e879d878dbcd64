import Checkpoints
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing

/// transformers' own numbers; `Tests/Fixtures/parity/transformers/generate.py` made them.
struct TransformerParityTests {
  @Test func `every kind of model has a case`() throws {
    let types =
      try TransformerCase.all.map { try $0.folder().configuration.modelType } + ["bart"]
    #expect(TransformerCase.all.count == 42)
    #expect(Set(types) == Set(Transformer.modelTypes))
  }

  @Test(arguments: TransformerCase.all)
  func `logits and gradients are those of transformers`(_ parity: TransformerCase) throws {
    let model = try Transformer(parity.folder())
    let expected = try parity.expected()
    let texts = try parity.texts(expected)
    #expect(texts.count >= 2)
    for text in texts {
      let logits = try model.logits(for: [text.ids])
      expectClose(logits[row: 0], text.logits, within: 1e-5, "logits of \(text.ids.count) tokens")
      let embeddings = try model.embeddings(for: [text.ids])
      for (classIndex, gradient) in text.gradients.enumerated() {
        let found = try model.gradient(of: [Target(classIndex: classIndex)], at: embeddings)
        expectClose(
          sampled(found.gradient.values, like: gradient, width: embeddings.width), gradient,
          within: 1e-4, "gradient of \(text.ids.count) tokens")
      }
    }
  }

  @Test(arguments: TransformerCase.all)
  func `a text's results do not depend on its batch`(_ parity: TransformerCase) throws {
    let model = try Transformer(parity.folder())
    let expected = try parity.expected()
    let texts = try parity.texts(expected)
    let batch = texts.map(\.ids)
    let logits = try model.logits(for: batch)
    let padded = try expected.values(
      "padded.logits", shape: [batch.count, model.classes.count])
    expectClose(logits.elements, padded, within: 1e-5, "padded by transformers")
    let targets = batch.map { _ in Target(classIndex: 0, quantity: .probability) }
    let together = try model.gradient(of: targets, at: model.embeddings(for: batch))
    for (row, ids) in batch.enumerated() {
      #expect(largestDifference(logits[row: row], texts[row].logits) < 1e-5)
      let alone = try model.gradient(of: [targets[row]], at: model.embeddings(for: [ids]))
      let start = together.gradient.range(row: row, token: 0).lowerBound
      let found = Array(
        together.gradient.values[start..<start + alone.gradient.values.count])
      expectClose(found, alone.gradient.values, within: 1e-4, "row \(row)")
    }
  }

  @Test(arguments: TransformerCase.all)
  func `attention maps and their gradients are those of transformers`(
    _ parity: TransformerCase
  ) throws {
    let model = try Transformer(parity.folder())
    let expected = try parity.expected()
    let ids = try parity.ids("maps", expected)
    let found = try model.attentionMaps(
      of: Target(classIndex: model.classes.count - 1),
      at: model.embeddings(for: [ids]))
    let shape = [found.layers, found.heads, found.tokens, found.tokens]
    expectClose(
      found.maps, try expected.values("maps.weights", shape: shape), within: 1e-5, "weights")
    expectClose(
      found.gradient, try expected.values("maps.gradients", shape: shape), within: 1e-4,
      "gradients")
  }

  @Test(arguments: TransformerCase.all)
  func `what a token without values changes is what it changes in transformers`(
    _ parity: TransformerCase
  ) throws {
    let model = try Transformer(parity.folder())
    let expected = try parity.expected()
    let ids = try parity.ids("maps", expected)
    let logits = try model.logits(
      for: ids.map { _ in ids }, zeroingValuesOf: Array(ids.indices))
    expectClose(
      logits.elements,
      try expected.values("zeroed.logits", shape: [ids.count, model.classes.count]),
      within: 1e-5, "logits")
    let shape = try #require(expected.shape(of: "zeroing.layers"))
    expectClose(
      try model.valueZeroing(for: ids), try expected.values("zeroing.layers", shape: shape),
      within: 1e-5, "layers")
  }

  /// Those that the peer has the rules for.
  static let casesWithRelevance = TransformerCase.all.filter {
    (try? $0.expected().shape(of: "relevance")) != nil
  }

  @Test(arguments: casesWithRelevance)
  func `relevance is that of the same rules in PyTorch`(_ parity: TransformerCase) throws {
    let expected = try parity.expected()
    let shape = try #require(expected.shape(of: "relevance"))
    let model = try Transformer(parity.folder())
    let ids = try parity.ids("maps", expected)
    let found = try model.backward(
      .relevance,
      of: [Target(classIndex: model.classes.count - 1)], at: model.embeddings(for: [ids]))
    expectClose(
      found.gradient.values, try expected.values("relevance", shape: shape), within: 1e-4,
      "relevance")
  }

  /// As `local_rope_theta` of transformers 4.57.3: where it is null, the far layers' base is meant.
  @Test func `near layers of a ModernBERT without a base of their own turn as far ones`() throws {
    let folder = fixture("parity/transformers/modernbert-mean").path
    let text = try String(contentsOfFile: folder + "/config.json", encoding: .utf8)
    let ids = [1, 9, 30, 12, 44, 8, 17, 2]
    func logits(local base: String) throws -> [Float] {
      let settings = text.replacing(
        /"local_rope_theta": [0-9.]+/, with: "\"local_rope_theta\": \(base)")
      let files = ModelFiles([
        "config.json": ByteSource(Array(settings.utf8)),
        "model.safetensors": try ByteSource(path: folder + "/model.safetensors"),
      ])
      let read = try HuggingFaceFolder.read(files, supported: Transformer.modelTypes)
      return try Transformer(read).logits(for: [ids])[row: 0]
    }
    #expect(try logits(local: "null") == logits(local: "160000.0"))
    #expect(try logits(local: "null") != logits(local: "10000.0"))
  }

  /// A case's logits with something else in its configuration.
  private func logits(
    of ids: [Int], _ name: String, replacing old: String, with new: String
  ) throws -> [Float] {
    let folder = fixture("parity/transformers/\(name)").path
    let text = try String(contentsOfFile: folder + "/config.json", encoding: .utf8)
    try #require(text.contains(old))
    let files = ModelFiles([
      "config.json": ByteSource(Array(text.replacing(old, with: new).utf8)),
      "model.safetensors": try ByteSource(path: folder + "/model.safetensors"),
    ])
    let read = try HuggingFaceFolder.read(files, supported: Transformer.modelTypes)
    return try Transformer(read).logits(for: [ids])[row: 0]
  }

  @Test func `Longformer's window is one a layer or one for all`() throws {
    let ids = (0..<40).map { 3 + $0 * 5 % 77 }
    let list = "\"attention_window\": [\n    4,\n    12\n  ]"
    func logits(_ window: String) throws -> [Float] {
      try self.logits(
        of: ids, "longformer", replacing: list, with: "\"attention_window\": \(window)")
    }
    #expect(try logits("12") == logits("[12, 12]"))
    #expect(try logits("12") != logits("[4, 12]"))
    // As far as any text reaches.
    #expect(try logits("512") == logits("1000000"))
  }

  @Test func `BigBird reads in blocks from the first token beyond full attention on`() throws {
    let ids = (0..<29).map { 3 + $0 * 5 % 77 }
    func logits(_ count: Int, _ type: String) throws -> [Float] {
      try self.logits(
        of: Array(ids.prefix(count)), "bigbird-blocks", replacing: "block_sparse", with: type)
    }
    #expect(try logits(27, "block_sparse") == logits(27, "original_full"))
    #expect(try logits(28, "block_sparse") != logits(28, "original_full"))
  }

  /// Relative to the largest number. Single precision leaves a tenth of what is allowed here.
  private func expectClose(
    _ found: [Float], _ expected: [Float], within tolerance: Float, _ what: String
  ) {
    let largest = max(expected.map(\.magnitude).max() ?? 0, 1e-6)
    let difference = largestDifference(found, expected)
    #expect(difference <= tolerance * max(largest, 1e-3), "\(what): \(difference) of \(largest)")
  }

  /// Of long texts only every seventh token is stored.
  private func sampled(_ values: [Float], like expected: [Float], width: Int) -> [Float] {
    let tokens = values.count / width
    guard values.count != expected.count else { return values }
    return stride(from: 0, to: tokens, by: 7).flatMap { values[$0 * width..<($0 + 1) * width] }
  }
}

/// One folder of the fixture.
struct TransformerCase: Sendable, CustomTestStringConvertible {
  let name: String

  struct Text {
    let ids: [Int]
    let logits: [Float]
    /// One a class.
    let gradients: [[Float]]
  }

  static let all: [TransformerCase] =
    ((try? FileManager.default.contentsOfDirectory(
      at: fixture("parity/transformers"), includingPropertiesForKeys: [.isDirectoryKey])) ?? [])
    .filter { (try? $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true }
    .map { TransformerCase(name: $0.lastPathComponent) }.sorted { $0.name < $1.name }

  var testDescription: String { name }
  var path: String { fixture("parity/transformers/\(name)").path }

  func folder() throws -> HuggingFaceFolder {
    try HuggingFaceFolder.read(ModelFiles(folder: path), supported: Transformer.modelTypes)
  }

  func expected() throws -> NamedTensors {
    try Safetensors.tensors(in: ByteSource(path: path + "/expected.safetensors"))
  }

  func ids(_ prefix: String, _ expected: NamedTensors) throws -> [Int] {
    let count = expected.shape(of: prefix + ".ids")?.first ?? 0
    return try expected.vector(prefix + ".ids", count: count).map { Int($0) }
  }

  func texts(_ expected: NamedTensors) throws -> [Text] {
    let count = expected.names.count { $0.hasPrefix("text.") && $0.hasSuffix(".ids") }
    return try (0..<count).map { index in
      let logits = "text.\(index).logits"
      let gradients = "text.\(index).gradients"
      let classes = expected.shape(of: logits)?.first ?? 0
      let shape = expected.shape(of: gradients) ?? []
      let values = try expected.values(gradients, shape: shape)
      return Text(
        ids: try ids("text.\(index)", expected),
        logits: try expected.vector(logits, count: classes),
        gradients: (0..<classes).map {
          Array(values[values.count / classes * $0..<values.count / classes * ($0 + 1)])
        })
    }
  }
}
