import Attribution
import Classifiers
import TestSupport
import Testing
import Tokenizers

/// Changes of a text that are tried: what is measured of them is what the model says once they are
/// made.
struct EditTrialsTests {
  static let text = "An Apple a day keeps me away"

  static let models: [Model] = [
    .tiny(), .tiny(BagOfTokens()), .tiny(TinyClassifier(link: .sigmoid)),
    .tiny(PredictionsOnly(TinyClassifier())), .tiny(TinyClassifier(classes: 20)),
  ]

  /// What the model says once the changes are made.
  static func made(
    _ edits: [TextEdit], in subject: EditedText, _ model: Model
  ) throws -> [Float] {
    let changed = subject.applying(edits)
    return try model.predict(model.tokenizer.encode(changed.text).without(changed.off))
      .probabilities
  }

  static func difference(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).map { abs($0 - $1) }.max() ?? 0
  }

  @Test func `changes are made from the front, and what is off moves with the text`() {
    let subject = EditedText("one two three four", off: [8..<13])
    let changed = subject.applying([
      TextEdit(14..<18, replacement: "5"), TextEdit(0..<3, replacement: "eleven"), TextEdit(4..<7),
    ])
    #expect(changed.text == "eleven two three 5")
    #expect(changed.off == [7..<10, 11..<16])
    #expect(subject.applying([TextEdit(8..<13, replacement: "3")]) == EditedText("one two 3 four"))
    #expect(subject.applying([TextEdit(18..<18, replacement: "!")]).text == "one two three four!")
    // of overlapping changes the first counts; what lies outside of the text is cut
    let odd = EditedText("abc").applying([
      TextEdit(0..<2, replacement: "x"), TextEdit(1..<3, replacement: "y"),
      TextEdit(9..<12, replacement: "z"),
    ])
    #expect(odd.text == "xcz")
  }

  @Test(arguments: EditTrialsTests.models.indices)
  func `a trajectory ends in the text and each point is its beginning alone`(
    index: Int
  ) throws {
    let model = Self.models[index]
    let subject = EditedText(Self.text, off: [11..<14])
    var partial = 0
    let result = try PrefixTrajectory().measure(subject, model: model, classIndex: 1) {
      partial += 1
      #expect($0.measured <= $0.points.count)
    }
    #expect(partial > 0 || model.classifier.rowsPerCall(tokens: 8) > 7)
    let encoding = EditTrials(subject, model: model).encoding
    #expect(
      result.words.map { Self.text.utf8.dropFirst($0.lowerBound).prefix($0.count).count }
        == result.words.map(\.count))
    #expect(result.words.count == 6)
    for (word, point) in zip(result.words, result.points) {
      var beginning = encoding
      beginning.pieces.removeAll { !$0.isFrame && $0.utf8Range.lowerBound >= word.upperBound }
      let plain = try model.predict(beginning).probabilities
      #expect(Self.difference(point ?? [], plain) < 1e-6)
    }
    let whole = try model.predict(encoding).probabilities
    #expect(Self.difference(result.points.last.flatMap { $0 } ?? [], whole) < 1e-6)
    let decision = Decision(model.rule, classIndex: 1)
    let at = try #require(result.decidedAt)
    for (place, point) in result.points.enumerated() where place >= at {
      #expect(decision(point ?? []) == decision(whole))
    }
    if at > 0 { #expect(decision(result.points[at - 1] ?? []) != decision(whole)) }
  }

  /// A recurrent model reads the text once and each beginning from where it departs.
  @Test(arguments: ["uni", "bi", "window"])
  func `the trajectory of an AWD-LSTM is that of its beginnings read alone`(name: String) throws {
    let model = try Peer(name).model()
    let text = String(repeating: "An Apple a day keeps me away ", count: 8)
    let result = try PrefixTrajectory().measure(
      EditedText(text), model: model, classIndex: 0
    ) { _ in }
    #expect(result.words.count == 56)
    let encoding = model.tokenizer.encode(text)
    var largest: Float = 0
    for (word, point) in zip(result.words, result.points) {
      var beginning = encoding
      beginning.pieces.removeAll { !$0.isFrame && $0.utf8Range.lowerBound >= word.upperBound }
      let plain = try model.predict(beginning).probabilities
      largest = max(largest, Self.difference(point ?? [], plain))
    }
    #expect(largest < 1e-5, "the largest difference is \(largest)")
  }

  @Test func `texts without words have a trajectory without points`() throws {
    for text in ["", "   "] {
      let result = try PrefixTrajectory().measure(
        EditedText(text), model: .tiny(), classIndex: 0
      ) { _ in }
      #expect(result.points.isEmpty && result.start?.count == 3)
    }
  }

  @Test(arguments: EditTrialsTests.models.indices)
  func `what is said to flip flips once it is made`(index: Int) throws {
    let model = Self.models[index]
    let subject = EditedText(Self.text)
    let decision = Decision(model.rule, classIndex: 1)
    let own = decision(try Self.made([], in: subject, model))
    let found = try FlipFinder().find(in: subject, model: model, classIndex: 1) { _ in }
    #expect(found.tried == found.expected && found.tried >= 7)
    for flip in found.flips {
      let made = try Self.made(flip.edits, in: subject, model)
      #expect(Self.difference(made, flip.probabilities) < 1e-6)
      #expect(decision(made) != own)
    }
    let deletions = found.flips.filter { $0.edits.allSatisfy { $0.replacement == nil } }
    // no fewer words do it
    let words = EditTrials(subject, model: model).words
    for mask in 1..<1 << words.count
    where mask.nonzeroBitCount < min(3, deletions.first?.edits.count ?? 3) {
      let edits = words.indices.filter { mask >> $0 & 1 == 1 }.map { TextEdit(words[$0]) }
      #expect(decision(try Self.made(edits, in: subject, model)) == own)
    }
    for flip in deletions where flip.edits.count > 2 {
      for edit in flip.edits {
        let fewer = flip.edits.filter { $0 != edit }
        #expect(decision(try Self.made(fewer, in: subject, model)) == own)
      }
    }
    #expect(found.lacksSwaps == !model.classifier.can(.gradients))
  }

  @Test(arguments: 0..<6) func `a label that does not apply is raised, one that applies lowered`(
    seed: Int
  ) throws {
    let model = Model.tiny(TinyClassifier(seed: UInt64(seed), link: .sigmoid))
    let subject = EditedText("An Apple a")
    let own = try Self.made([], in: subject, model)
    // No two words of the tiny tokenizer have one length.
    let forms = (1...16).map { String(repeating: "x", count: $0) }
    let words = EditTrials(subject, model: model).words
    for index in own.indices {
      let decision = Decision(model.rule, classIndex: index)
      let swaps = try words.flatMap { word in
        try forms.filter {
          decision(try Self.made([TextEdit(word, replacement: $0)], in: subject, model))
            != decision(own)
        }
      }
      let found = try FlipFinder().find(in: subject, model: model, classIndex: index) { _ in }
      let flips = found.flips.filter { $0.edits.contains { $0.replacement != nil } }
      // What is found is among what there is; words of the vocabulary are not typed as they are spelt.
      #expect(flips.isEmpty || !swaps.isEmpty, "class \(index) has \(own[index])")
      for flip in flips {
        #expect((flip.probabilities[index] > 0.5) == (own[index] <= 0.5))
      }
      let attack = try #require(
        try HotFlip().attack(subject.text.tiny, model: model, classIndex: index))
      #expect(attack.direction == (own[index] > 0.5 ? .down : .up))
      #expect(attack.classIndex == index)
      #expect(attack.isFlipped == ((attack.probabilities[index] > 0.5) != (own[index] > 0.5)))
      for flip in attack.flips { #expect((flip.estimate > 0) == (own[index] <= 0.5)) }
    }
  }

  @Test func `a regression flips nothing, and an empty text is searched`() throws {
    let regression = Model.tiny(TinyClassifier(classes: 1, link: .identity))
    let found = try FlipFinder().find(
      in: EditedText(Self.text), model: regression, classIndex: 0
    ) { _ in }
    #expect(found.isUndecided && found.flips.isEmpty)
    for text in ["", "one"] {
      for model in Self.models {
        _ = try FlipFinder().find(in: EditedText(text), model: model, classIndex: 0) { _ in }
        _ = try Robustness().measure(EditedText(text), model: model, classIndex: 0) { _ in }
      }
    }
    let robust = try Robustness().measure(
      EditedText(Self.text), model: regression, classIndex: 0
    ) { _ in }
    #expect(robust.flips == 0 && robust.trials.count == Robustness().mostKept)
    #expect(try HotFlip().attack(Self.text.tiny, model: regression) == nil)
    #expect(try DecisiveSets().flipping(Self.text.tiny, model: regression) == nil)
    #expect(try DecisiveSets().keeping(Self.text.tiny, model: regression) == nil)
  }

  @Test func `the phrase of one word has the word's Shapley value`() throws {
    let encoding = "An Apple a day".tiny
    var options = ExplainerOptions()
    options.replacement = .delete
    options.grouping = .word
    let request = ExplanationRequest(
      model: .tiny(), encoding: encoding, target: Target(classIndex: 1, quantity: .probability),
      options: options)
    let exact = try ExactShapley().explain(request) { _ in }
    let words = exact.scores(by: .word, of: encoding).filter { !$0.isFrame }
    for word in words {
      let reading = try PhraseMeter().measure(
        word.utf8Range, in: EditedText(encoding.text), model: .tiny(), classIndex: 1
      ) { _ in }
      let estimate = try #require(reading.shapley)
      #expect(estimate.standardError == nil && estimate.samples == 8)
      #expect(abs(Float(estimate.value) - word.score) < 1e-6)
    }
  }

  @Test func `drawn sets come near to all sets, as near as they say`() throws {
    var drawing = PhraseMeter()
    drawing.mostCounted = 0
    drawing.samples = 512
    let subject = EditedText(Self.text)
    func read(_ meter: PhraseMeter) throws -> PhraseReading {
      try meter.measure(0..<8, and: 15..<20, in: subject, model: .tiny(), classIndex: 1) { _ in }
    }
    let (exact, drawn) = (try read(PhraseMeter()), try read(drawing))
    for (a, b) in [(exact.shapley, drawn.shapley), (exact.interaction, drawn.interaction)] {
      let (all, some) = (try #require(a), try #require(b))
      let error = try #require(some.standardError)
      #expect(all.standardError == nil && error > 0)
      #expect(abs(all.value - some.value) < 4 * error + 1e-4)
    }
  }

  @Test func `a phrase's effect is what deleting it does, and two make a second difference`() throws
  {
    let subject = EditedText(Self.text)
    let model = Model.tiny()
    let reading = try PhraseMeter().measure(
      0..<8, and: 11..<14, in: subject, model: model, classIndex: 1
    ) { _ in }
    let whole = try Self.made([], in: subject, model)
    let a = try Self.made([TextEdit(0..<8)], in: subject, model)
    let b = try Self.made([TextEdit(11..<14)], in: subject, model)
    let none = try Self.made([TextEdit(0..<8), TextEdit(11..<14)], in: subject, model)
    #expect(Self.difference(reading.without, a) < 1e-6)
    #expect(Self.difference(reading.withoutOther ?? [], b) < 1e-6)
    let difference = try #require(reading.secondDifference(of: 1))
    #expect(abs(difference - (whole[1] - a[1] - b[1] + none[1])) < 1e-6)
    // a bag of words decides by a sum: in logits, and so here with few words, phrases still interact
    // only through the softmax
    #expect(reading.interaction != nil)
    let request = ExplanationRequest(
      model: model, encoding: Self.text.tiny, target: Target(classIndex: 1))
    let shares = try ContextualDecomposition().shares(of: [[1, 2, 3, 4], [6]], for: request)
    #expect(abs((reading.decomposition ?? .nan) - shares[0]) < 1e-6)
    let together = try ContextualDecomposition().interaction(
      of: [1, 2, 3, 4], and: [6], for: request)
    #expect(abs((reading.decompositionInteraction ?? .nan) - together) < 1e-6)
    let bag = try PhraseMeter().measure(
      0..<8, in: subject, model: .tiny(BagOfTokens()), classIndex: 1
    ) { _ in }
    #expect(bag.decomposition == nil)
  }

  @Test func `neighbours are the words whose embeddings point the same way`() throws {
    let subject = EditedText("a bb ccc")
    let model = Model.tiny()
    let found = try WordNeighbours().candidates(at: 2..<4, in: subject, model: model)
    #expect(found.count == 12)
    let classifier = TinyClassifier()
    func vector(_ id: Int) -> ArraySlice<Float> {
      let all = classifier.embeddings(for: [[id]])
      return all.values[all.range(row: 0, token: 0)]
    }
    func cosine(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
      func dot(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
        zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
      }
      return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
    }
    #expect(
      zip(found, found.dropFirst()).allSatisfy { ($0.similarity ?? 0) >= ($1.similarity ?? 0) })
    for candidate in found {
      let id = try #require(model.tokenizer.vocabulary.firstIndex(of: candidate.text))
      #expect(abs(cosine(vector(5), vector(id)) - (candidate.similarity ?? 2)) < 1e-5)
      let made = try Self.made(
        [TextEdit(2..<4, replacement: candidate.text)], in: subject, model)
      #expect(Self.difference(made, candidate.probabilities) < 1e-6)
    }
    #expect(throws: ExplainerError.notApplicable(method: "a list of neighbours", needs: .gradients))
    {
      try WordNeighbours().candidates(
        at: 2..<4, in: subject, model: .tiny(PredictionsOnly(TinyClassifier())))
    }
  }

  @Test func `small changes are of every kind, each measured as made`() throws {
    let subject = EditedText("Very good, they said!")
    let model = Model.tiny()
    var last = 0
    let result = try Robustness().measure(subject, model: model, classIndex: 1) {
      #expect($0.tried > last || $0.tried == $0.expected)
      last = $0.tried
    }
    #expect(result.tried == result.expected && result.tried > 20)
    let flips = result.trials.prefix { $0.isFlip }
    #expect(flips.count == min(result.flips, Robustness().mostFlips))
    for trial in result.trials {
      let made = try Self.made(trial.edits, in: subject, model)
      #expect(Self.difference(made, trial.probabilities) < 1e-6)
    }
  }

  @Test func `a search stops when its task is cancelled`() async {
    let task = Task {
      unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
      #expect(throws: CancellationError.self) {
        try FlipFinder().find(in: EditedText(Self.text), model: .tiny(), classIndex: 0) { _ in }
      }
      #expect(throws: CancellationError.self) {
        try Robustness().measure(EditedText(Self.text), model: .tiny(), classIndex: 0) { _ in }
      }
      #expect(throws: CancellationError.self) {
        try PrefixTrajectory().measure(
          EditedText(Self.text), model: .tiny(), classIndex: 0
        ) { _ in }
      }
      #expect(throws: CancellationError.self) {
        try PhraseMeter().measure(
          0..<2, in: EditedText(Self.text), model: .tiny(), classIndex: 0
        ) { _ in }
      }
    }
    await task.value
  }
}
