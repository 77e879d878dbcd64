/// A classifier that can forget what its layers learnt, for the sanity check of Adebayo et al. 2018.
public protocol RandomizableClassifier: Classifier {
  /// From the output down to the embeddings; never empty.
  var randomizableLayers: [String] { get }
  /// The same model with the first `count` of these layers drawn anew: each tensor from a uniform
  /// distribution around zero with the spread that the trained one has.
  /// - Throws: what making a layer throws.
  func randomizingLayers(first count: Int, seed: UInt64) throws -> any Classifier
}
