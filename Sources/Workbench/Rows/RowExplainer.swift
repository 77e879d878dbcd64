internal import Attribution
internal import Classifiers
internal import Datasets
internal import Reports
internal import Tokenizers

/// Computes which words of a data set's rows contribute most to the predictions: by a method with a
/// single pass if there is one, and never twice for the same text.
struct RowExplainer: Sendable {
  let model: Model
  let explainer: any Explainer
  private let memory: StoredScores?
  private let isOfMolecules: Bool

  /// One gradient per text or, for a model without gradients, one pass per token.
  private static let methods = ["input-x-gradient", "occlusion"]

  /// Longer texts are not explained automatically.
  private static let tokenLimit = 4096

  /// - Throws: `QuestionError.noModel`, `.noFastExplainer`.
  init(_ lab: Lab) throws {
    let opened = try lab.model(in: .main).opened
    let found = Self.methods.compactMap { ExplainerCatalog.explainer(named: $0) }
      .first { $0.card.reasonNotApplicable(to: opened.model.classifier) == nil }
    guard let explainer = found else {
      throw QuestionError.noFastExplainer(model: opened.model.name)
    }
    self.explainer = explainer
    model = opened.model
    isOfMolecules = opened.summary.readsSMILES
    memory = lab.surroundings.scores(of: opened, method: explainer.card.name)
  }

  /// Explains some rows of a table, in order; new results are stored before the call returns.
  /// - Throws: `CancellationError`, and errors of the model.
  func explain(_ rows: [Int], of table: ExampleTable) throws -> [ExplainedRow] {
    let asked = rows.map {
      (content: table.content(ofRow: $0), classIndex: table.explainedClass($0))
    }
    let known = memory?.recall(asked) ?? Array(repeating: nil, count: rows.count)
    var fresh: [(content: TextRecord.Content, scores: WordScores)] = []
    // Results from before a cancellation are stored as well.
    defer { if !fresh.isEmpty { memory?.remember(fresh) } }
    var explained: [ExplainedRow] = []
    for (index, row) in rows.enumerated() {
      let (content, classIndex) = asked[index]
      let scores: WordScores
      if let found = known[index] {
        scores = found
      } else {
        try Task.checkCancellation()
        scores = try self.scores(of: content, classIndex)
        fresh.append((content, scores))
      }
      explained.append(measured(row, scores, table[row], content))
    }
    return explained
  }

  /// A row's prediction, contrasted with another class; computed for one row at a time, and not
  /// stored.
  /// - Throws: `CancellationError`, and errors of the model.
  func contrast(_ asked: ContrastedRow, of table: ExampleTable) throws -> ExplainedRow {
    let content = table.content(ofRow: asked.row)
    let scores = try scores(of: content, table.explainedClass(asked.row), versus: asked.versus)
    return ExplainedRow(row: asked.row, scores: scores)
  }

  private func scores(
    of content: TextRecord.Content, _ classIndex: Int, versus: Int? = nil
  ) throws -> WordScores {
    let encoding = model.tokenizer.encode(content)
    guard encoding.pieces.count <= Self.tokenLimit else {
      return WordScores(classIndex: classIndex, words: [])
    }
    let request = ExplanationRequest(
      model: model, encoding: encoding,
      target: Target(
        classIndex: classIndex, versus: versus, quantity: explainer.card.defaultQuantity))
    let attribution = try explainer.explanation(of: request)
    var joined = encoding.joined
    // The tokenizer treats a whole SMILES string as one word.
    if isOfMolecules { for index in joined.pieces.indices { joined.pieces[index].word = nil } }
    let map = HeatMap(pieces: joined.pieces, scores: attribution.scores)
    return WordScores(
      classIndex: classIndex,
      words: map.units.filter { !$0.utf8Range.isEmpty }.map {
        .init(utf8Range: joined.text.utf8Trimmed($0.utf8Range), score: $0.score)
      })
  }

  /// With the agreement with the annotated rationale.
  private func measured(
    _ row: Int, _ scores: WordScores, _ example: ScoredExample, _ content: TextRecord.Content
  ) -> ExplainedRow {
    let spans = example.rationale.flatMap { RationaleSpans.ranges($0, text: content.text) }
    var explained = ExplainedRow(row: row, scores: scores, rationale: spans)
    if model.readsWindows { explained.windows = model.windows(of: model.tokenizer.encode(content)) }
    guard let spans, !spans.isEmpty else { return explained }
    let items = scores.words.map { word in
      (max(Double(word.score), 0), spans.contains { $0.overlaps(word.utf8Range) })
    }
    if items.contains(where: \.1) {
      explained.plausibility = Plausibility.area(items.map { (score: $0.0, isReason: $0.1) })
    }
    return explained
  }
}
