import Attribution
import Checkpoints
import Classifiers
import Documents
import Foundation
import Tensors
import Testing
import Tokenizers

// All that a new architecture is: this file, and its line in the catalogue.

/// The mean of a text's embeddings, and a linear layer: `logits = W mean_t(x_t) + b`.
private struct BagOfEmbeddings: Architecture {
  static let architecture = "bag-of-embeddings"
  var width: Int

  init(width: Int) { self.width = width }

  init(_ section: Settings) throws { width = try section.integer("width", in: 1...4096) }

  var json: JSON { .object([.init("width", .integer(width))]) }

  func classifier(of saved: SavedClassifier) throws -> any Classifier {
    try saved.requireRow(forEachTokenIn: "embedding", width: width)
    return BagClassifier(
      classes: saved.classes, link: saved.problem.link,
      embedding: try saved.tensors.matrix(
        "embedding", rows: saved.tokenizer.vocabulary.count, columns: width),
      weight: try saved.tensors.matrix("head.weight", rows: saved.classes.count, columns: width),
      bias: try saved.tensors.vector("head.bias", count: saved.classes.count))
  }

  func rows(of saved: SavedClassifier) -> [(name: String, value: String)] {
    [(name: "width", value: "\(width)")]
  }
}

private struct BagClassifier: DifferentiableClassifier {
  let classes: [String]
  let link: OutputLink
  let embedding: Matrix
  let weight: Matrix
  let bias: [Float]

  var traits: ClassifierTraits { ClassifierTraits([.predictions, .gradients]) }

  func rowsPerCall(tokens: Int) -> Int { 64 }

  func logits(for batch: [[Token]]) -> Matrix { logits(from: embeddings(for: batch)) }

  func embeddings(for batch: [[Token]]) -> TokenVectors {
    var vectors = TokenVectors(lengths: batch.map(\.count), width: embedding.columns)
    for (row, text) in batch.enumerated() {
      for (place, token) in text.enumerated() {
        vectors.values.replaceSubrange(
          vectors.range(row: row, token: place), with: embedding[row: token.id])
      }
    }
    return vectors
  }

  func logits(from x: TokenVectors) -> Matrix {
    Matrix(
      rows: x.batch, columns: classes.count,
      elements: (0..<x.batch).flatMap { row in
        classes.indices.map { index in
          let sum = (0..<x.lengths[row]).reduce(Float(0)) { sum, token in
            zip(x.values[x.range(row: row, token: token)], weight[row: index])
              .reduce(sum) { $0 + $1.0 * $1.1 }
          }
          return bias[index] + sum / Float(max(1, x.lengths[row]))
        }
      })
  }

  func backward(
    _ rule: PropagationRule, of targets: [Target], at x: TokenVectors
  ) throws -> ScoreGradient {
    switch rule {
    case .derivative, .unwindowed: break
    case .relevance: throw ClassifierError.notCapable(.relevance)
    case .chords: throw ClassifierError.notCapable(.multipliers)
    }
    let logits = logits(from: x)
    var gradient = TokenVectors(lengths: x.lengths, width: x.width)
    for (row, target) in targets.enumerated() {
      let d = target.gradient(logits: logits[row: row], link: link)
      for token in 0..<x.lengths[row] {
        for (column, place) in x.range(row: row, token: token).enumerated() {
          gradient.values[place] = classes.indices.reduce(0) { $0 + d[$1] * weight[$1, column] }
          gradient.values[place] /= Float(x.lengths[row])
        }
      }
    }
    return ScoreGradient(
      logits: logits,
      scores: targets.indices.map { targets[$0].value(logits: logits[row: $0], link: link) },
      gradient: gradient)
  }
}

struct NewArchitectureTests {
  private static let words = ["xxunk", "xxpad", "xxbos", "good", "bad", "film"]
  /// The difference of the logits is that of a text's "good" and "bad", divided by its length.
  private static let saved = SavedClassifier(
    name: "bag", classes: ["no", "yes"], problem: .singleLabel,
    architecture: BagOfEmbeddings(width: 2),
    tokenizer: SavedTokenizer(
      kind: .fastaiWords, language: "en", rules: ["lowercase"],
      specialTokens: Array(words.prefix(3)), vocabulary: words),
    tensors: NamedTensors([
      "embedding": .init(
        shape: [6, 2], values: [0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0]),
      "head.weight": .init(shape: [2, 2], values: [0, 4, 4, 0]),
      "head.bias": .init(shape: [2], values: [0, 0]),
    ]))

  private static let opener = ModelOpener(
    embedded: [],
    architectures: ArchitectureCatalog.architectures + [
      BagOfEmbeddings.self as any Architecture.Type
    ])

  /// Writes files as a folder; the folder goes at the end.
  private static func inFolder<Result>(
    _ files: [ModelFolder.OutputFile], _ body: (String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "whylight-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in files {
      var bytes: [UInt8] = []
      try file.write { bytes += $0 }
      try Data(bytes).write(to: folder.appending(path: file.name))
    }
    return try body(folder.path)
  }

  @Test func `a new architecture's folder is opened, predicts and explains itself`() throws {
    let model = try Self.inFolder(ModelFolder.files(of: Self.saved, card: "")) {
      try Self.opener.open($0)
    }
    #expect(model.name == "bag" && model.architecture == "bag-of-embeddings")
    #expect(model.facts.settings.map { $0.name } == ["width"])
    let prediction = try model.predict("good film")
    // [xxbos, good, film]: yes has 4 / 3.
    #expect(prediction.encoding.ids == [2, 3, 5])
    #expect(abs(prediction.logits[1] - 4 / 3) < 1e-6 && prediction.logits[0] == 0)
    for explainer in ExplainerCatalog.explainers {
      let request = ExplanationRequest(
        model: model, encoding: prediction.encoding, target: Target(classIndex: 1))
      guard explainer.card.reasonNotApplicable(to: model.classifier) == nil else {
        #expect(
          throws: ExplainerError.notApplicable(
            method: explainer.card.name, needs: explainer.card.requirement)
        ) { try explainer.explain(request) { _ in } }
        continue
      }
      let scores = try explainer.explain(request) { _ in }.scores
      #expect(scores.count == 3 && scores.allSatisfy(\.isFinite), "\(explainer.card.name)")
    }
    // Of a sum over tokens each has its own term; the other two have none.
    for name in ["integrated-gradients", "input-x-gradient", "occlusion"] {
      let explainer = try #require(ExplainerCatalog.explainer(named: name))
      let scores = try explainer.explain(
        ExplanationRequest(
          model: model, encoding: prediction.encoding, target: Target(classIndex: 1))
      ) { _ in }.scores
      for (score, expected) in zip(scores, [0, 4.0 / 3, 0] as [Float]) {
        #expect(abs(score - expected) < 1e-4, "\(name)")
      }
    }
  }

  @Test func `what was imported is written, checks itself, and says the same`() throws {
    let copy = try Self.inFolder(ModelFolder.files(of: Self.saved, card: "")) { path in
      let imported = try Self.opener.read(path, named: "mine")
      return try Self.inFolder(imported.files(card: "")) { try Self.opener.open($0) }
    }
    #expect(copy.name == "mine")
    #expect(abs(try copy.predict("bad bad good").logits[0] - 2) < 1e-6)
  }

  @Test func `an architecture that is not in the catalogue is refused by name`() throws {
    _ = try Self.inFolder(ModelFolder.files(of: Self.saved, card: "")) { path in
      #expect(
        throws: ModelOpeningError.checkpoint(
          model: path,
          .inFile(
            name: "config.json",
            .wrongValue(
              key: "architecture", expected: "awd-lstm", found: "bag-of-embeddings")))
      ) { try ModelOpener(embedded: []).open(path) }
    }
  }
}
