import Attribution
import Classifiers
import Explorer
import Tensors
import Tokenizers

/// The lexicon as a model, so that the questions of the what-if panes are answered by what answers
/// them in the program.
struct LexiconClassifier: Classifier {
  var classes: [String] { ["negative", "positive"] }
  var link: OutputLink { .softmax }

  func logits(for batch: [[Int]]) -> Matrix {
    Matrix(
      rows: batch.count, columns: 2,
      elements: batch.flatMap { row -> [Float] in
        [
          0,
          row.reduce(0) {
            $0 + (LexiconTokenizer.weights.indices.contains($1) ? LexiconTokenizer.weights[$1] : 0)
          },
        ]
      })
  }

  func rowsPerCall(tokens: Int) -> Int { 4 }
}

struct LexiconTokenizer: Tokenizer {
  private static let words = Lexicon.weights.keys.sorted()
  /// By id; 0 is any other word.
  static let weights: [Float] = [0] + words.map { Lexicon.weights[$0] ?? 0 }

  var vocabulary: [String] { ["unknown"] + Self.words }
  var roles: TokenRoles { TokenRoles(unknown: 0) }

  func encode(_ text: String) -> Encoding {
    var encoding = Lexicon.encode(text)
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

  /// - Parameter progress: whether more is to come.
  static func probe(_ request: ProbeRequest, progress: Bool) -> ProbeAnswer {
    ProbeAnswer(request: request, finding: finding(request), isFinal: !progress)
  }

  /// Two steps, of which the second changes nothing, and pieces with their ids.
  private static func trace(_ text: String) -> TokenizationTrace {
    let lower = text.lowercased()
    return TokenizationTrace(
      steps: [
        .init("lowercase", .text(lower)), .init("rm_useless_spaces", .text(lower)),
        .init("words", .parts(encode(text).pieces.map(\.text))),
      ], encoding: encode(text))
  }

  private static func finding(_ request: ProbeRequest) -> ProbeAnswer.Finding {
    let subject = request.subject
    do {
      switch request.question {
      case .neighbours(let range):
        // the lexicon has no embeddings: two words that are always near
        let trials = EditTrials(subject, model: model)
        let words = ["good", "dull"]
        let values = try trials.probabilities(
          of: words.map { [TextEdit(range, replacement: $0)] })
        return .neighbours(
          zip(words, values).map {
            .init(text: $0, similarity: $0 == "good" ? 0.71 : 0.42, probabilities: $1)
          })
      case .word(let text, let range):
        let values = try EditTrials(subject, model: model)
          .probabilities(of: [[TextEdit(range, replacement: text)]])
        return .word(.init(text: text, probabilities: values.first ?? []))
      case .trajectory:
        return .trajectory(
          try PrefixTrajectory().measure(
            subject, model: model, classIndex: request.classIndex
          ) { _ in })
      case .flips:
        return .flips(
          try FlipFinder().find(in: subject, model: model, classIndex: request.classIndex) { _ in })
      case .phrase(let phrase, let other):
        return .phrase(
          try PhraseMeter().measure(
            phrase, and: other, in: subject, model: model, classIndex: request.classIndex
          ) { _ in })
      case .trace: return .trace(trace(subject.text))
      case .robustness:
        return .robustness(
          try Robustness().measure(
            subject, model: model, classIndex: request.classIndex
          ) { _ in })
      case .explain(let text, let choice):
        let prediction = predict(text.text, without: text.off)
        return .explained(prediction, attribution(choice, prediction.encoding))
      }
    } catch {
      return .failed("\(error)")
    }
  }
}
