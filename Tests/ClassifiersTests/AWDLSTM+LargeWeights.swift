import Checkpoints
import Classifiers
import Tensors
import TestSupport
import Testing

extension AWDLSTM {
  /// Random weights of a model with 40 tokens and two classes, large enough for gradients well above
  /// rounding.
  /// - Parameter scale: the factor of all matrices; the larger it is, the less smooth is the model.
  static func largeWeights(
    _ settings: AWDLSTMSettings, scale: Float = 1
  ) -> [String: NamedTensors.Entry] {
    let shapes = randomShapes(configuration: settings, vocabulary: 40, headSize: 6, classes: 2)
    var random = SeededRandom(seed: 1)
    return Dictionary(
      uniqueKeysWithValues: shapes.map { name, shape in
        let range: ClosedRange<Float> = name.hasSuffix("running_var") ? 0.5...1.5 : -0.6...0.6
        let values = (0..<shape.reduce(1, *)).map { _ in
          Float.random(in: range, using: &random) * (shape.count > 1 ? scale : 1)
        }
        return (name, NamedTensors.Entry(shape: shape, values: values))
      })
  }

  /// The model with these weights.
  static func withLargeWeights(_ settings: AWDLSTMSettings, scale: Float = 1) throws -> AWDLSTM {
    try AWDLSTM(
      configuration: settings, tensors: NamedTensors(largeWeights(settings, scale: scale)),
      classes: ["a", "b"], link: .softmax)
  }

  /// Compares the gradient of a text with central differences.
  /// - Returns: the gradient.
  @discardableResult
  func expectCentralDifferences(
    _ tokens: [Int], _ target: Target, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> TokenVectors {
    let embeddings = try embeddings(for: [tokens])
    let found = try gradient(of: [target], at: embeddings).gradient
    let expected = try numericGradient(at: embeddings.values, step: 4e-3) { values in
      var changed = embeddings
      changed.values = values
      return Double(target.value(logits: try logits(from: changed)[row: 0], link: link))
    }
    let largest = found.values.map(\.magnitude).max() ?? 0
    #expect(largest > 0.001, sourceLocation: sourceLocation)
    // Where the pooled maximum moves to another token within a step, the two differ by more than
    // rounding.
    let far = zip(found.values, expected).count { abs($0 - $1) > 0.02 * largest }
    #expect(
      far <= found.values.count / 20, "\(far) of \(found.values.count), largest \(largest)",
      sourceLocation: sourceLocation)
    return found
  }
}
