import Checkpoints
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing

/// fastai's own numbers; `Tests/Fixtures/parity/awd-lstm/generate.py` made them.
struct AWDLSTMParityTests {
  static let cases: [ParityCase] =
    (try? JSONDecoder().decode(
      [String: ParityCase.Settings].self,
      from: Data(contentsOf: fixture("parity/awd-lstm/cases.json"))
    ).map { ParityCase(name: $0, settings: $1) }.sorted { $0.name < $1.name }) ?? []

  @Test func `there are cases`() {
    #expect(Self.cases.count == 19)
  }

  @Test(arguments: cases) func `logits and gradients are those of fastai`(_ parity: ParityCase)
    throws
  {
    let expected = try parity.tensors()
    let model = try parity.model(expected)
    for text in parity.settings.lengths.indices {
      try check(model, try parity.text(text, in: expected), stride: parity.gradientStride)
    }
  }

  @Test(arguments: cases) func `a text's results do not depend on its batch`(_ parity: ParityCase)
    throws
  {
    let expected = try parity.tensors()
    let model = try parity.model(expected)
    let texts = try parity.settings.lengths.indices.map { try parity.text($0, in: expected) }
    let embeddings = try model.embeddings(for: texts.map(\.ids))
    let result = try model.gradient(
      of: texts.map { _ in Target(classIndex: 0) }, at: embeddings)
    for (row, text) in texts.enumerated() {
      #expect(largestDifference(result.logits[row: row], text.logits) < 1e-5)
      expectClose(result.gradient.row(row), text.gradients[0], stride: parity.gradientStride)
    }
  }

  private func check(_ model: AWDLSTM, _ text: ParityCase.Text, stride: Int) throws {
    let logits = try model.logits(for: [text.ids])
    #expect(largestDifference(logits[row: 0], text.logits) < 1e-5)
    let embeddings = try model.embeddings(for: [text.ids])
    for (classIndex, gradient) in text.gradients.enumerated() {
      let targets = [Target(classIndex: classIndex)]
      let result = try model.gradient(of: targets, at: embeddings)
      expectClose(result.gradient.row(0), gradient, stride: stride)
      guard let whole = text.whole, let outputs = text.outputs else { continue }
      let unwindowed = try model.backward(.unwindowed, of: targets, at: embeddings)
      #expect(largestDifference(unwindowed.logits[row: 0], whole.logits) < 1e-5)
      expectClose(unwindowed.gradient.row(0), whole.gradients[classIndex], stride: 1)
      let layer = try model.activations(.lastRecurrentLayer, of: targets, at: embeddings).parts[0]
      #expect(
        largestDifference(layer.outputs.row(0).flatMap(\.self), outputs.values) < 1e-5)
      expectClose(layer.gradient.row(0), outputs.gradients[classIndex], stride: 1)
    }
  }

  /// Within 1e-4 of the text's largest number: Float's rounding through hundreds of steps stays
  /// below 1e-5 of it.
  private func expectClose(_ found: [[Float]], _ expected: [[Float]], stride step: Int) {
    let sampled = stride(from: 0, to: found.count, by: step).map { found[$0] }
    let largest = expected.flatMap(\.self).map(\.magnitude).max() ?? 0
    let difference = largestDifference(sampled.flatMap(\.self), expected.flatMap(\.self))
    #expect(difference <= 1e-4 * largest, "\(difference) of \(largest)")
  }
}

extension TokenVectors {
  /// The vectors of one text.
  fileprivate func row(_ row: Int) -> [[Float]] {
    (0..<lengths[row]).map { Array(values[range(row: row, token: $0)]) }
  }
}
