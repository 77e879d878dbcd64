/// A part of a model whose weights can be randomised.
protocol Randomizable {
  func randomized(by numbers: inout UniformNumbers) throws -> Self
}

/// A classifier's parts from the input up, which are randomised from the output down.
struct RandomizableParts<Words: Randomizable, Layer: Randomizable, Head: Randomizable> {
  var words: Words
  var layers: [Layer]
  var head: Head

  /// Randomises the first `count` of the head, the layers from the last to the first, and the
  /// words.
  mutating func randomize(first count: Int, seed: UInt64) throws {
    var numbers = UniformNumbers(seed: seed)
    if count > 0 { head = try head.randomized(by: &numbers) }
    for index in layers.indices.reversed() where layers.count - index < count {
      layers[index] = try layers[index].randomized(by: &numbers)
    }
    if count > layers.count + 1 { words = try words.randomized(by: &numbers) }
  }
}
