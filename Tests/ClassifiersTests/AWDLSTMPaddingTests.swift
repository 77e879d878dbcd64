import Checkpoints
import Classifiers
import Tensors
import TestSupport
import Testing

/// Padding that stands in a text itself. The numbers of fastai's own model for such texts are among
/// those of `AWDLSTMParityTests`; here everything else has to agree with them.
struct AWDLSTMPaddingTests {
  private static let forwards = AWDLSTMSettings(
    embeddingSize: 8, hiddenSize: 12, layers: 2, chunk: 5, maxLength: 12)
  private static let bidirectional = AWDLSTMSettings(
    embeddingSize: 8, hiddenSize: 12, layers: 2, isBidirectional: true, chunk: 5, maxLength: 12)
  private static let all = [forwards, bidirectional]

  /// Padding within chunks, at the beginning of one that is pooled and of one that is not.
  private static let text = [2, 7, 1, 9, 30, 1, 5, 6, 7, 8, 1, 12, 1, 14, 15, 16, 17, 1, 19]

  private let target = Target(classIndex: 1, versus: 0, quantity: .logit)

  @Test(arguments: all)
  func `padding is left out and words in its place are not`(_ settings: AWDLSTMSettings) throws {
    let model = try AWDLSTM.withLargeWeights(settings)
    var embeddings = try model.embeddings(for: [Self.text])
    let masked = try model.logits(from: embeddings)
    #expect(try masked == model.logits(for: [Self.text]))
    embeddings.padding = []
    let unmasked = try model.logits(from: embeddings)
    #expect(largestDifference(masked.elements, unmasked.elements) > 0.001)
  }

  @Test(arguments: all)
  func `gradients are those of central differences`(_ settings: AWDLSTMSettings) throws {
    let model = try AWDLSTM.withLargeWeights(settings)
    let found = try model.expectCentralDifferences(Self.text, target)
    // What stands in a chunk that begins with padding, and before it, has no way to the result.
    let read = found.range(row: 0, token: 15).lowerBound
    #expect(found.values[..<read].allSatisfy { $0 == 0 })
  }

  @Test(arguments: all)
  func `a line's gradient is that of its points`(_ settings: AWDLSTMSettings) throws {
    let model = try AWDLSTM.withLargeWeights(settings)
    let line = EmbeddingLine(from: nil, to: try model.embeddings(for: [Self.text]))
    let points = [0, 0.3, 0.8, 1].map { EmbeddingLine.Point(alpha: $0, weight: 0.5 * $0) }
    let found = try model.gradient(of: target, along: line, at: points)
    let expected = try model.gradientPointByPoint(of: target, along: line, at: points)
    #expect(largestDifference(found.logits.elements, expected.logits.elements) < 1e-5)
    #expect(largestDifference(found.gradient.values, expected.gradient.values) < 1e-5)
  }

  @Test(arguments: all)
  func `rules add up to what the model says`(_ settings: AWDLSTMSettings) throws {
    let model = try AWDLSTM.withLargeWeights(settings)
    let text = try model.embeddings(for: [Self.text])
    // fastai's pooled maximum of zeros in a chunk that is not read belongs to no token.
    let logits = try model.logits(from: text)
    let baseline = TokenVectors(lengths: text.lengths, width: text.width)
    let result = try model.backward(.chords(from: baseline), of: [target], at: text)
    let change = text.values.indices.reduce(0.0) {
      $0 + Double(text.values[$1]) * Double(result.gradient.values[$1])
    }
    #expect(abs(change - result.change(of: target, link: model.link)) < 1e-4)
    let parts = try model.contextualDecomposition(of: [[1, 13, 18]], at: text)
    let sums = zip(parts.relevant.elements, parts.irrelevant.elements).map { $0 + $1 }
    #expect(largestDifference(sums, logits.elements) < 1e-4)
    let activations = try model.activations(.layers, of: [target], at: text)
    #expect(largestDifference(activations.logits.elements, logits.elements) < 1e-5)
    #expect(try model.poolingLedgers(of: [target], at: text)[0].entries.count == 3)
  }

  @Test(arguments: all)
  func `what takes a word's place is no padding`(_ settings: AWDLSTMSettings) throws {
    let model = try AWDLSTM.withLargeWeights(settings)
    for text in [Self.text, [2, 7, 4, 9, 30, 8, 5, 6, 7, 8]] {
      let variants = try model.variants(of: text)
      var replaced = text
      replaced[6] = 1
      let found = try variants.logits(for: [text, replaced, Array(text.dropLast(2))])
      var vectors = try model.embeddings(for: [text, replaced])
      let padding = text.indices.filter { text[$0] == 1 }
      vectors.padding = padding.isEmpty ? [] : [padding, padding]
      let expected = try model.logits(from: vectors)
      #expect(largestDifference(found[row: 0], expected[row: 0]) < 1e-5)
      #expect(largestDifference(found[row: 1], expected[row: 1]) < 1e-5)
      let shorter = try model.logits(for: [Array(text.dropLast(2))])
      #expect(largestDifference(found[row: 2], shorter[row: 0]) < 1e-5)
    }
  }

  @Test func `fastai 1 reads every chunk and takes the end as the last step`() throws {
    var settings = Self.forwards
    settings.isFastai1 = true
    let model = try AWDLSTM.withLargeWeights(settings)
    let text = try model.embeddings(for: [Self.text])
    let found = try model.activations(.lastRecurrentLayer, of: [target], at: text)
    let layer = found.parts[0]
    var unmasked = text
    unmasked.padding = []
    // No state begins anew: the outputs are those of the text as any other.
    let outputs = try model.activations(.lastRecurrentLayer, of: [target], at: unmasked)
    #expect(layer.outputs.values == outputs.parts[0].outputs.values)
    #expect(found.logits != outputs.logits)
    let last = layer.gradient.range(row: 0, token: 18)
    #expect(layer.gradient.values[last].contains { $0 != 0 })
    let padded = layer.gradient.range(row: 0, token: 17)
    #expect(layer.gradient.values[padded].allSatisfy { $0 == 0 })
  }

  @Test func `texts of nothing but padding are answered`() throws {
    for settings in Self.all {
      let model = try AWDLSTM.withLargeWeights(settings)
      for count in [1, 3, 5, 6, 40] {
        let ids = [Int](repeating: 1, count: count)
        let embeddings = try model.embeddings(for: [ids, [3, 4]])
        let result = try model.gradient(of: [target, target], at: embeddings)
        let values = result.logits.elements + result.gradient.values
        #expect(values.allSatisfy { $0.isFinite })
        #expect(
          try model.backward(.relevance, of: [target, target], at: embeddings).scores.count == 2)
      }
    }
  }
}
