import Classifiers
import Tensors
import TestSupport
import Testing

/// The layers of transformers, as conductance and the randomisation check ask for them.
struct TransformerLayersTests {
  private static let batch = [[3, 10, 17, 24, 31], [8, 15]]

  @Test(arguments: TransformerCase.all)
  func `a small step of the input is the same step of the score through every layer`(
    _ parity: TransformerCase
  ) throws {
    let model = try Transformer(parity.folder())
    let targets = Self.batch.map { _ in Target(classIndex: 0) }
    let x = try model.embeddings(for: Self.batch)
    var (above, below) = (x, x)
    for row in Self.batch.indices {
      for token in 0..<x.lengths[row] {
        let place = x.range(row: row, token: token).lowerBound + token
        above.values[place] += 0x1p-6
        below.values[place] -= 0x1p-6
      }
    }
    let middle = try model.activations(.layers, of: targets, at: x)
    let (after, before) = try (
      model.activations(.layers, of: targets, at: above),
      model.activations(.layers, of: targets, at: below)
    )
    #expect(middle.parts.count == model.layerNames.count)
    #expect(
      largestDifference(middle.logits.elements, try model.logits(from: x).elements) < 1e-5)
    for row in Self.batch.indices {
      let change = Double(after.logits[row, 0]) - Double(before.logits[row, 0])
      for (index, layer) in middle.parts.enumerated() {
        let outputs = (after.parts[index].outputs, before.parts[index].outputs)
        var (through, size) = (0.0, 0.0)
        for token in 0..<x.lengths[row] {
          for place in layer.outputs.range(row: row, token: token) {
            let step = Double(outputs.0.values[place]) - Double(outputs.1.values[place])
            through += Double(layer.gradient.values[place]) * step
            size += abs(Double(layer.gradient.values[place]) * step)
          }
        }
        // Terms of both signs cancel, so what is left is measured by their size.
        #expect(abs(through - change) < 0.02 * size + 2e-5, "layer \(index)")
      }
    }
  }

  @Test(arguments: TransformerCase.all)
  func `layers are forgotten from the head down`(_ parity: TransformerCase) throws {
    let model = try Transformer(parity.folder())
    let logits = try (0...model.randomizableLayers.count).map {
      try model.randomizingLayers(first: $0, seed: 4).logits(for: Self.batch).elements
    }
    #expect(logits[0] == (try model.logits(for: Self.batch).elements))
    for depth in 1..<logits.count { #expect(logits[depth] != logits[depth - 1]) }
    let again = try model.randomizingLayers(first: 2, seed: 4).logits(for: Self.batch).elements
    #expect(again == logits[2])
  }
}
