import Attribution
import Classifiers
import Datasets
import Reports
import TestSupport
import Tokenizers

/// A prediction and an explanation made by hand, for the writers.
enum Sample {
  static let text = "Very good film & plot"
  static let model = model(classes: ["bad", "good"])

  static func model(classes: [String]) -> Model {
    var classifier = TinyClassifier(classes: classes.count)
    classifier.classes = classes
    return .tiny(classifier)
  }

  static func prediction(_ text: String = text) -> Prediction {
    Prediction(
      encoding: text.tiny, logits: [-0.5, 0.5], probabilities: [0.25, 0.75], classIndex: 1)
  }

  /// Words count by their place: the second most, the third against.
  static func explained(_ text: String = text, isSigned: Bool = true) -> ExplainedText {
    let prediction = prediction(text)
    let words: [Float] = [0.25, 2, -1]
    return ExplainedText(
      prediction: prediction,
      card: MethodCard(
        name: "by-hand", title: "by hand", shortTitle: "BH", summary: "Made by hand.",
        source: "none", cost: "none", caveats: "none", isSigned: isSigned, requirement: .predictions
      ),
      target: Target(classIndex: 1),
      attribution: TokenAttribution(
        scores: prediction.encoding.pieces.map { piece in
          piece.isSpecial ? 0 : piece.word.map { $0 < words.count ? words[$0] : 0 } ?? 0
        }, targetValue: 0.5, evaluations: 3),
      seconds: 0.01)
  }

  static func record(_ text: String = text) -> TextRecord {
    TextRecord(line: 1, content: .text(text))
  }
}

extension Report {
  /// What it writes of the sample.
  func sample(_ text: String = Sample.text, isSigned: Bool = true) -> String {
    whole(Sample.explained(text, isSigned: isSigned), record: Sample.record(text)).text
  }
}
