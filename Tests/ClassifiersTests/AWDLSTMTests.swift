import Checkpoints
import Classifiers
import Tensors
import TestSupport
import Testing

struct AWDLSTMTests {
  private static let small = AWDLSTMSettings(
    embeddingSize: 8, hiddenSize: 12, layers: 2, chunk: 5, maxLength: 10)
  private static let bidirectional = AWDLSTMSettings(
    embeddingSize: 8, hiddenSize: 12, layers: 2, isBidirectional: true, chunk: 5, maxLength: 10)
  private static let wide = AWDLSTMSettings(
    embeddingSize: 16, hiddenSize: 400, layers: 2, chunk: 5)

  private func model(_ settings: AWDLSTMSettings, link: OutputLink = .softmax) throws -> AWDLSTM {
    try .random(configuration: settings, vocabulary: 40, headSize: 6, seed: 7)
  }

  private func ids(_ count: Int, from first: Int = 3) -> [Int] {
    (0..<count).map { (first + $0 * 7) % 40 }
  }

  @Test(arguments: [small, bidirectional])
  func `gradients are those of central differences`(_ settings: AWDLSTMSettings) throws {
    let model = try AWDLSTM.withLargeWeights(settings)
    let target = Target(classIndex: 1, versus: 0, quantity: .logit)
    try model.expectCentralDifferences(ids(13), target)
  }

  @Test(arguments: [small, bidirectional])
  func `texts without tokens are answered`(_ settings: AWDLSTMSettings) throws {
    let model = try model(settings)
    #expect(try model.logits(for: []).rows == 0)
    let empty = try model.logits(for: [[]])
    #expect(empty.rows == 1 && empty.elements.allSatisfy(\.isFinite))
    let mixed = try model.embeddings(for: [ids(4), [], ids(9)])
    let targets = (0..<3).map { _ in Target(classIndex: 0) }
    let result = try model.gradient(of: targets, at: mixed)
    #expect(result.logits[row: 1] == empty[row: 0])
    let layer = try model.activations(.lastRecurrentLayer, of: targets, at: mixed).parts[0]
    #expect(layer.outputs.tokens == 9)
    #expect(try model.backward(.unwindowed, of: targets, at: mixed).scores.count == 3)
    #expect(try model.gradient(of: [], at: TokenVectors(lengths: [], width: 8)).scores.isEmpty)
  }

  @Test(arguments: [small, bidirectional, wide])
  func `results are the same to the last bit on any number of threads`(
    _ settings: AWDLSTMSettings
  ) throws {
    var model = try model(settings)
    let embeddings = try model.embeddings(for: (1...18).map { ids($0, from: $0) })
    let targets = (0..<18).map { Target(classIndex: $0 % 2, quantity: .probability) }
    model.workers = .one
    let one = try model.gradient(of: targets, at: embeddings)
    for count in 2...3 {
      model.workers = Workers(count)
      let many = try model.gradient(of: targets, at: embeddings)
      #expect(many.logits == one.logits && many.scores == one.scores)
      #expect(many.gradient == one.gradient)
    }
  }

  @Test func `a trace that does not fit is computed anew and changes nothing`() throws {
    var model = try model(Self.bidirectional)
    let embeddings = try model.embeddings(for: [ids(23), ids(31)])
    let targets = [Target(classIndex: 0), Target(classIndex: 1)]
    let kept = try model.gradient(of: targets, at: embeddings)
    model.traceBudget = 1
    let anew = try model.gradient(of: targets, at: embeddings)
    #expect(anew.gradient == kept.gradient)
    #expect(anew.logits == kept.logits)
  }

  @Test func `what can't be computed is refused and says why`() throws {
    let model = try model(Self.small)
    #expect(throws: ClassifierError.tokenOutOfVocabulary(id: 40, vocabulary: 40)) {
      try model.logits(for: [[1, 40]])
    }
    #expect(throws: ClassifierError.tokenOutOfVocabulary(id: -1, vocabulary: 40)) {
      try model.logits(for: [[-1]])
    }
    let embeddings = try model.embeddings(for: [ids(3)])
    #expect(throws: ClassifierError.noSuchClass(index: 2, classes: 2)) {
      try model.gradient(of: [Target(classIndex: 2)], at: embeddings)
    }
    #expect(throws: ClassifierError.noSuchClass(index: -1, classes: 2)) {
      try model.gradient(of: [Target(classIndex: 0, versus: -1)], at: embeddings)
    }
    #expect(throws: ClassifierError.wrongCount(of: "targets", expected: 1, found: 0)) {
      try model.gradient(of: [], at: embeddings)
    }
    #expect(throws: ClassifierError.wrongCount(of: "embedding width", expected: 8, found: 9)) {
      try model.logits(from: TokenVectors(lengths: [2], width: 9))
    }
    var short = embeddings
    short.values.removeLast()
    #expect(throws: ClassifierError.self) { try model.logits(from: short) }
  }

  @Test(arguments: [
    AWDLSTMSettings(embeddingSize: 0, hiddenSize: 12, layers: 2),
    AWDLSTMSettings(embeddingSize: 8, hiddenSize: .max, layers: 2),
    AWDLSTMSettings(embeddingSize: 8, hiddenSize: 12, layers: 0),
    AWDLSTMSettings(embeddingSize: 8, hiddenSize: 13, layers: 2, isBidirectional: true),
    AWDLSTMSettings(embeddingSize: 8, hiddenSize: 12, layers: 2, chunk: 0),
    AWDLSTMSettings(embeddingSize: 8, hiddenSize: 12, layers: 2, maxLength: 0),
  ])
  func `settings of no model are refused`(_ settings: AWDLSTMSettings) {
    #expect(throws: ClassifierError.self) { try model(settings) }
  }

  @Test func `weights that do not fit the settings are refused`() throws {
    let entries = AWDLSTM.largeWeights(Self.small)
    func load(_ entries: [String: NamedTensors.Entry], classes: [String] = ["a", "b"]) throws {
      _ = try AWDLSTM(
        configuration: Self.small, tensors: NamedTensors(entries), classes: classes, link: .softmax)
    }
    try load(entries)
    #expect(throws: ClassifierError.self) { try load(entries, classes: ["a"]) }
    for (name, entry) in entries {
      var changed = entries
      changed[name] = nil
      #expect(throws: (any Error).self, "without \(name)") { try load(changed) }
      changed[name] = .init(shape: entry.shape + [1], values: entry.values)
      #expect(throws: (any Error).self, "with \(name) of another shape") { try load(changed) }
    }
  }

  @Test(arguments: [small, bidirectional])
  func `all weights that do not fit are named at once`(_ settings: AWDLSTMSettings) throws {
    let entries = AWDLSTM.largeWeights(settings)
    var other = settings
    other.hiddenSize = 16
    do {
      _ = try AWDLSTM(
        configuration: other, tensors: NamedTensors(entries), classes: ["a", "b"], link: .softmax)
      Issue.record("the weights are those of another size")
    } catch CheckpointError.mismatches(let mismatches, _) {
      // Both layers: of the first all, of the last what its input is wide.
      #expect(mismatches.count == (settings.isBidirectional ? 10 : 5))
      for mismatch in mismatches {
        #expect(mismatch.found == entries[mismatch.tensor]?.shape)
        #expect(mismatch.expected != mismatch.found)
      }
    }
  }

  @Test func `a cancelled task gets no answer`() async throws {
    let model = try model(Self.small)
    let batch = (0..<20).map { _ in ids(30) }
    let task = Task {
      // Ends with the cancellation.
      try? await Task.sleep(for: .seconds(60))
      return try model.logits(for: batch)
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `one call carries as many rows as memory allows`() throws {
    let model = try model(Self.small)
    #expect(model.rowsPerCall(tokens: 0) == 64)
    #expect(model.rowsPerCall(tokens: .max) == 1)
    #expect(model.rowsPerCall(tokens: -5) == 64)
  }

  @Test(arguments: [small, bidirectional, wide])
  func `gradients along a line are those point by point`(_ settings: AWDLSTMSettings) throws {
    let model = try AWDLSTM.withLargeWeights(settings)
    let text = try model.embeddings(for: [ids(17)])
    let baseline = try model.embeddings(for: [ids(17, from: 1)])
    for line in [EmbeddingLine(from: nil, to: text), EmbeddingLine(from: baseline, to: text)] {
      for count in [1, 2, 33] {
        let points = (0..<count).map { index in
          EmbeddingLine.Point(
            alpha: Double(index + 1) / Double(count), weight: index % 5 == 3 ? 0 : 0.5)
        }
        let target = Target(classIndex: 1, versus: 0)
        let found = try model.gradient(of: target, along: line, at: points)
        let expected = try model.gradientPointByPoint(of: target, along: line, at: points)
        let largest = expected.gradient.values.map(\.magnitude).max() ?? 0
        #expect(largestDifference(found.logits.elements, expected.logits.elements) < 1e-4)
        #expect(
          largestDifference(found.gradient.values, expected.gradient.values) < 1e-3 * largest)
      }
    }
    let nothing = try model.gradient(
      of: Target(classIndex: 0), along: EmbeddingLine(from: nil, to: text), at: [])
    #expect(nothing.logits.rows == 0 && nothing.gradient.values.allSatisfy { $0 == 0 })
  }

  /// The larger the weights, the less smooth the line: of fifty rows 8, 12 or all go back. Equal steps
  /// would be a tie for the maximum.
  @Test(arguments: [nil, 0, 1], [Float(0.1), 0.3, 0.35, 0.4])
  func `the nodes of a line go back for all its points`(baseline: Int?, scale: Float) throws {
    let model = try AWDLSTM.withLargeWeights(Self.wide, scale: scale)
    let text = try model.embeddings(for: [ids(37)])
    let line = EmbeddingLine(
      from: try baseline.map { try model.embeddings(for: [ids(37, from: $0)]) }, to: text)
    // Pooling jumps between the points, and each counts otherwise.
    let points = (1...50).map {
      EmbeddingLine.Point(alpha: Double($0) / 50, weight: $0.isMultiple(of: 2) ? 0.5 : -0.1)
    }
    let target = Target(classIndex: 1, versus: 0)
    let found = try model.gradient(of: target, along: line, at: points)
    let expected = try model.gradientPointByPoint(of: target, along: line, at: points)
    let largest = expected.gradient.values.map(\.magnitude).max() ?? 0
    #expect(
      largestDifference(found.gradient.values, expected.gradient.values) < 1e-5 * largest)
  }

  @Test func `what a backward pass of a line lacks is computed anew, the same`() throws {
    var model = try AWDLSTM.withLargeWeights(Self.wide)
    let line = EmbeddingLine(from: nil, to: try model.embeddings(for: [ids(150)]))
    let points = (1...50).map { EmbeddingLine.Point(alpha: Double($0) / 50, weight: 0.02) }
    let kept = try model.gradient(of: Target(classIndex: 1), along: line, at: points)
    model.traceBudget = 1
    let anew = try model.gradient(of: Target(classIndex: 1), along: line, at: points)
    // With less memory fewer rows go together where none are interpolated.
    let largest = kept.gradient.values.map(\.magnitude).max() ?? 0
    #expect(largestDifference(anew.logits.elements, kept.logits.elements) < 1e-5)
    #expect(largestDifference(anew.gradient.values, kept.gradient.values) < 1e-5 * largest)
  }

  @Test(arguments: [small, bidirectional, wide])
  func `variants of a text are read as texts of their own`(_ settings: AWDLSTMSettings) throws {
    let model = try model(settings)
    for length in [1, 10, 37] {
      let text = ids(length)
      var batch = [text, [], text + [5], Array(text.dropLast()), [39]]
      for index in text.indices {
        var replaced = text
        replaced[index] = 0
        var deleted = text
        deleted.remove(at: index)
        batch += [replaced, deleted]
      }
      let found = try model.variants(of: text).logits(for: batch)
      let expected = try model.logits(for: batch)
      #expect(largestDifference(found.elements, expected.elements) < 1e-5)
    }
    #expect(try model.variants(of: []).logits(for: [[3, 2]]) == model.logits(for: [[3, 2]]))
    #expect(throws: ClassifierError.tokenOutOfVocabulary(id: -3, vocabulary: 40)) {
      _ = try model.variants(of: [1, 2]).logits(for: [[1, -3]])
    }
  }

  @Test(arguments: [small, wide])
  func `variants are answered alike in calls of any size`(_ settings: AWDLSTMSettings) throws {
    let model = try model(settings)
    let text = ids(9)
    let batch = (0..<300).map { mask in
      text.indices.map { mask >> $0 & 1 == 1 ? 0 : text[$0] }
    }
    let all = try model.variants(of: text).logits(for: batch)
    for start in stride(from: 0, to: batch.count, by: 60) {
      let part = try model.variants(of: text).logits(for: Array(batch[start..<start + 60]))
      let expected = all.elements[start * all.columns..<(start + 60) * all.columns]
      #expect(largestDifference(part.elements, Array(expected)) < 1e-6)
    }
  }

  @Test func `a small model takes as many variants in a call as have much in common`() throws {
    let variants = try model(Self.small).variants(of: ids(9))
    #expect(variants.rowsPerCall(tokens: 9) == 1024)
    #expect(variants.rowsPerCall(tokens: 512) == 128)
    #expect(variants.rowsPerCall(tokens: 1 << 20) == 1)
    let (large, bidirectional) = (try model(Self.wide), try model(Self.bidirectional))
    for model in [large, bidirectional] {
      let variants = try model.variants(of: ids(9))
      #expect(variants.rowsPerCall(tokens: 9) == model.rowsPerCall(tokens: 9))
    }
  }

  /// Typing, at the end, in the middle and at the beginning, and back to nothing.
  private static let edits: [(drop: Range<Int>, insert: [Int])] = [
    (0..<0, [2, 9, 16]), (3..<3, Array(repeating: 30, count: 60)), (63..<63, [5]),
    (63..<64, [6, 7]),
    (20..<21, [1]), (20..<21, []), (20..<20, [8, 8]), (0..<1, [4]), (40..<40, [9]), (40..<41, [10]),
    (66..<66, [11]), (1..<50, []), (0..<17, []), (0..<0, [3]),
  ]

  @Test(arguments: [small, bidirectional, wide], [8 << 20, 1])
  func `an edited text is read as any other`(_ settings: AWDLSTMSettings, budget: Int) throws {
    var model = try model(settings)
    model.startBudget = budget
    var text: [Int] = []
    var variants = try model.variants(of: text)
    for (drop, insert) in Self.edits {
      text.replaceSubrange(drop.clamped(to: text.indices), with: insert)
      variants = try variants.moved(to: text)
      let batch = [text, text + [12], Array(text.dropLast(3)), Array(text.dropFirst())]
      let found = try variants.logits(for: batch)
      #expect(largestDifference(found[row: 0], try model.logits(for: [text])[row: 0]) < 1e-5)
      let expected = try model.variants(of: text).logits(for: batch)
      #expect(largestDifference(found.elements, expected.elements) < 1e-5)
    }
  }
}
