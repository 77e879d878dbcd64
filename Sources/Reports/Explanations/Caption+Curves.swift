package import Attribution
internal import Classifiers

/// The curves of those measures that are areas under a curve.
extension Caption {
  package struct Curve {
    package var curve: PerturbationCurve
    /// How the output changes along the curve, and the measure.
    package var sentence: String
    /// The range of its vertical axis; for probabilities, 0 to 1.
    package var range: ClosedRange<Float>

    /// At most this many values, evenly spaced.
    package func values(atMost most: Int) -> [Float] {
      let values = curve.values
      guard values.count > most, most > 1 else { return values.map { Float($0) } }
      return (0..<most).map { Float(values[$0 * (values.count - 1) / (most - 1)]) }
    }
  }

  /// The curves of an explanation's measures.
  static func curves(of explanation: ExplainedText, model: Model) -> [Curve] {
    explanation.measurements.compactMap { measurement -> Curve? in
      guard let curve = measurement.result.curve, let first = curve.values.first,
        let last = curve.values.last, let lowest = curve.values.min(),
        let highest = curve.values.max()
      else { return nil }
      let isNumber = model.classifier.link == .identity
      let name = model.classifier.classes[explanation.target.classIndex]
      let digits =
        isNumber ? 3 : Numerals.digits(ofProbabilities: [Float(first), Float(last)])
      let change =
        switch curve.direction {
        case .deletion: "removed"
        case .insertion: "put back"
        }
      return Curve(
        curve: curve,
        sentence: "\(isNumber ? name : "p(\(name))") \(Numerals.fixed(Float(first), digits)) → "
          + "\(Numerals.fixed(Float(last), digits)) as tokens are \(change), the highest scores "
          + "first: area \(Self.number(Float(curve.area))) (\(measurement.name))",
        range: isNumber ? Float(lowest)...Float(highest) : 0...1)
    }
  }
}
