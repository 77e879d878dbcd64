import Checkpoints
import Classifiers
import Tensors
import TestSupport
import Testing

/// The mean gradient on a line, of which a few points alone go through the layers.
struct AWDLSTMIntegralTests {
  private static let forwards = AWDLSTMSettings(
    embeddingSize: 8, hiddenSize: 12, layers: 2, chunk: 5, maxLength: 12)
  private static let bidirectional = AWDLSTMSettings(
    embeddingSize: 8, hiddenSize: 12, layers: 2, isBidirectional: true, chunk: 5, maxLength: 12)
  private static let wide = AWDLSTMSettings(
    embeddingSize: 16, hiddenSize: 400, layers: 2, chunk: 5)

  /// Padding among them.
  private static let text = [2, 7, 11, 9, 30, 1, 5, 6, 7, 8, 1, 12, 13, 14, 15, 16, 17, 18, 19]
  private static let target = Target(classIndex: 1, versus: 0)

  private static func lines(_ model: AWDLSTM) throws -> [EmbeddingLine] {
    let text = try model.embeddings(for: [text])
    let baseline = try model.embeddings(for: [Self.text.map { ($0 + 5) % 40 }])
    return [EmbeddingLine(from: nil, to: text), EmbeddingLine(from: baseline, to: text)]
  }

  @Test(arguments: [forwards, bidirectional, wide], [Float(0.3), 1])
  func `the integral is the mean gradient of its points`(
    settings: AWDLSTMSettings, scale: Float
  ) throws {
    let scale = settings.hiddenSize == 400 ? scale / 4 : scale
    let model = try AWDLSTM.withLargeWeights(settings, scale: scale)
    for line in try Self.lines(model) {
      let found = try #require(try model.integral(of: Self.target, along: line))
      let points = (0..<found.points).map {
        EmbeddingLine.Point(
          alpha: (Double($0) + 0.5) / Double(found.points), weight: 1 / Double(found.points))
      }
      let ends = [0, 1].map { EmbeddingLine.Point(alpha: $0, weight: 0) }
      let expected = try model.gradientPointByPoint(
        of: Self.target, along: line, at: points + ends)
      let largest = expected.gradient.values.map(\.magnitude).max() ?? 0
      #expect(largest > 0)
      #expect(
        largestDifference(found.gradient.values, expected.gradient.values) < 2e-3 * largest)
      #expect([9, 17, 33].contains(found.passes))
      let endLogits = (0..<2).flatMap { expected.logits[row: found.points + $0] }
      #expect(largestDifference(found.logits.elements, endLogits) < 1e-5)
    }
  }

  @Test(arguments: [forwards, bidirectional], [Float(0.3), 1])
  func `it adds up to the difference of the ends`(
    settings: AWDLSTMSettings, scale: Float
  ) throws {
    let model = try AWDLSTM.withLargeWeights(settings, scale: scale)
    for line in try Self.lines(model) {
      let found = try #require(try model.integral(of: Self.target, along: line))
      let sum = zip(line.difference, found.gradient.values).reduce(0.0) {
        $0 + Double($1.0) * Double($1.1)
      }
      let ends = (0..<2).map {
        Double(Self.target.value(logits: found.logits[row: $0], link: model.link))
      }
      #expect(abs(sum - (ends[1] - ends[0])) < 0.01 * abs(ends[1] - ends[0]))
    }
  }

  @Test(arguments: [forwards, bidirectional, wide])
  func `nodes together on one thread give what groups of them on several give`(
    settings: AWDLSTMSettings
  ) throws {
    var model = try AWDLSTM.withLargeWeights(settings, scale: settings.hiddenSize == 400 ? 0.25 : 1)
    for line in try Self.lines(model) {
      model.workers = Workers(3)
      let many = try model.integral(of: Self.target, along: line)
      let alone = try Workers.alone { try model.integral(of: Self.target, along: line) }
      model.workers = .one
      let one = try model.integral(of: Self.target, along: line)
      #expect(many != nil && one == many && alone == many)
    }
  }

  @Test func `what is computed anew on the backward pass changes nothing`() throws {
    var model = try AWDLSTM.withLargeWeights(Self.forwards, scale: 1)
    let line = try Self.lines(model)[0]
    let kept = try #require(try model.integral(of: Self.target, along: line))
    // Enough for the outputs, and not for the traces.
    model.traceBudget = 19 * 33 * 8 * 2
    let anew = try #require(try model.integral(of: Self.target, along: line))
    let largest = kept.gradient.values.map(\.magnitude).max() ?? 0
    #expect(largestDifference(anew.gradient.values, kept.gradient.values) < 1e-5 * largest)
    model.traceBudget = 1
    #expect(try model.integral(of: Self.target, along: line) == nil)
  }
}
