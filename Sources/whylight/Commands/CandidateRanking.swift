internal import Classifiers
internal import Datasets
internal import Reports
internal import Workbench

/// A second text with the model's prediction for it and the first one.
struct RankedCandidate: Sendable {
  /// Its rank, from 1.
  var rank = 0
  /// Its place in the input, from 0.
  var index: Int
  var record: TextRecord
  var prediction: Prediction
  /// The time of the prediction.
  var pass: PassTime

  var text: String { record.content.secondText ?? "" }
}

extension BatchRun {
  /// The candidates for one text, the one with the highest score first. Those that cannot be read
  /// are reported and left out.
  /// - Parameter classIndex: the class whose probability, or the output whose number, ranks them.
  mutating func ranked(
    _ input: InputOptions, by classIndex: Int, for model: Model, to sink: borrowing Sink
  ) throws -> [RankedCandidate] {
    var found: [RankedCandidate] = []
    try forEachRecord(of: input, for: model, to: sink) { record, index in
      let (prediction, pass) = try model.timedPrediction(model.encode(record))
      found.append(
        RankedCandidate(index: index, record: record, prediction: prediction, pass: pass))
    }
    let scores = found.map { $0.prediction.probabilities[classIndex] }
    return RankCandidates.order(of: scores).enumerated().map { place, candidate in
      var ranked = found[candidate]
      ranked.rank = place + 1
      return ranked
    }
  }
}

extension Model {
  /// The class whose score ranks candidates.
  /// - Parameter name: a class by name or index; nil for the only one.
  /// - Returns: nil if there are several and none is named.
  /// - Throws: `Failure` if there is no such class.
  func rankingClass(_ name: String?) throws -> Int? {
    if let name { return try ExplanationOptions.classIndex(name, of: self) }
    return classifier.classes.count == 1 ? 0 : nil
  }

  /// The message that asks for the class that ranks candidates.
  var unknownRanking: String {
    "the model has \(Numerals.count(classifier.classes.count, "class", "classes")); --target CLASS "
      + "says whose score ranks the candidates"
  }
}
