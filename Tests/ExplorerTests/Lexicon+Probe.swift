import Attribution
import Checkpoints
import Classifiers
import Datasets
import Explorer
import Tensors
import Tokenizers
import Workbench

/// The lexicon as a model, so that the what-if questions are answered by the program's own code.
struct LexiconClassifier: Classifier {
  var classes: [String] { ["negative", "positive"] }
  var link: OutputLink { .softmax }

  func logits(for batch: [[Token]]) -> Matrix {
    Matrix(
      rows: batch.count, columns: 2,
      elements: batch.flatMap { row -> [Float] in
        [
          0,
          row.map(\.id).reduce(0) {
            $0 + (LexiconTokenizer.weights.indices.contains($1) ? LexiconTokenizer.weights[$1] : 0)
          },
        ]
      })
  }

  func rowsPerCall(tokens: Int) -> Int { 4 }
}

struct LexiconTokenizer: Tokenizer {
  private static let words = Lexicon.weights.keys.sorted()
  /// The weights by id; 0 stands for any other word.
  static let weights: [Float] = [0] + words.map { Lexicon.weights[$0] ?? 0 }

  var vocabulary: [String] { ["unknown"] + Self.words }
  var roles: TokenRoles { TokenRoles(unknown: 0) }

  func encode(_ text: String, pair: String?) -> Encoding {
    var encoding = Lexicon.encode(text)
    if let pair { encoding = encoding.followed(by: Lexicon.encode(pair)) }
    return Self.numbered(encoding)
  }

  /// With the ids by which the classifier knows the words.
  static func numbered(_ encoding: Encoding) -> Encoding {
    var encoding = encoding
    for index in encoding.pieces.indices {
      let place = Self.words.firstIndex(of: encoding.pieces[index].text)
      encoding.pieces[index].id = place.map { $0 + 1 } ?? 0
    }
    return encoding
  }

  func encode(words: [String]) -> Encoding { encode(words.joined(separator: " ")) }
}

extension Lexicon {
  static let model = Model(
    name: "lexicon", architecture: "bag of words", classifier: LexiconClassifier(),
    tokenizer: LexiconTokenizer(),
    facts: ModelFacts(
      parameterCount: 13, weightBytes: 0, settings: [], tokenizer: "words", tokenLimit: nil))

  /// Two steps, of which the second changes nothing, and pieces with their ids.
  private static func trace(_ text: String) -> TokenizationTrace {
    let lower = text.lowercased()
    return TokenizationTrace(
      steps: [
        .init("lowercase", .text(lower)), .init("rm_useless_spaces", .text(lower)),
        .init("words", .parts(encode(text).pieces.map(\.text))),
      ], encoding: encode(text))
  }

  /// The program's answer to a what-if question; nil for other questions.
  static func whatIf(_ question: any Question) -> (any Sendable)? {
    switch question {
    case let question as FindNeighbours: try? neighbours(question)
    case let question as TraceText: trace(question.text.text)
    case let question as ExplainText: explained(question)
    case let question as ContrastCandidates: contrasted(question)
    case let question as MeasureRemovalCurves: curves(question)
    case let question as any WhatIfQuestion: try? answer(to: question)
    default: nil
    }
  }

  static func answer<Q: Question>(to question: Q) throws -> Q.Answer {
    try question.answer(lab) { _ in }
  }

  private static let lab = {
    var lab = Lab(Nowhere())
    lab.seat(OpenedModel(model, summary: summary), in: .main)
    return lab
  }()

  /// The lexicon has no embeddings, so two fixed words are the neighbours.
  private static func neighbours(
    _ question: FindNeighbours
  ) throws -> [WordNeighbours.Candidate] {
    let words = ["good", "dull"]
    let values = try EditTrials(question.text, model: model)
      .probabilities(of: words.map { [TextEdit(question.range, replacement: $0)] })
    return zip(words, values).map {
      .init(text: $0, similarity: $0 == "good" ? 0.71 : 0.42, probabilities: $1)
    }
  }

  private static func curves(_ question: MeasureRemovalCurves) -> (any Sendable)? {
    var question = question
    question.encoding = LexiconTokenizer.numbered(question.encoding)
    return try? answer(to: question) as any Sendable
  }

  private static func explained(_ question: ExplainText) -> ExplainText.Answer {
    let prediction = predict(question.text.texts, without: question.text.off)
    return ExplainText.Answer(
      prediction: prediction, attribution: attribution(question.choice, prediction.encoding))
  }
}

extension Lexicon {
  private static func contrasted(_ question: ContrastCandidates) -> ContrastCandidates.Answer {
    func answer(_ candidate: String) -> ExplainText.Answer {
      explained(
        ExplainText(
          question.text.beside(candidate), question.choice, options: question.options))
    }
    return ContrastCandidates.Answer(
      first: answer(question.first), second: answer(question.second))
  }
}

/// Surroundings in which nothing can be opened, stored or written.
private struct Nowhere: Surroundings {
  func open(_ argument: String?, progress: LoadProgress) throws -> OpenedModel {
    throw CancellationError()
  }
  func card(of argument: String?) -> FoundCard { .none }
  func remarks(on model: Model) -> [String] { [] }
  func predictions(of model: OpenedModel, isQuiet: Bool) -> StoredPredictions? { nil }
  func scores(of model: OpenedModel, method: String) -> StoredScores? { nil }
  func notes() -> [ContentHash: Annotations.Entry] { [:] }
  func write(_ export: Export, _ lab: Lab) throws -> Export.Answer { .exists }
  func notify(_ sentence: String) {}
}
