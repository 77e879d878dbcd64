public import Checkpoints
import Tensors

extension AWDLSTM {
  /// A model with random weights of a trained one's size, for benchmarks and tests.
  ///
  /// Numbers are drawn tensor by tensor in the order of `randomShapes`, row-major, by SplitMix64
  /// (Steele, Lea and Flood 2014) from `seed`: the upper 24 bits of each 64, as a number from
  /// -1 to 1, times 0.1, and for running variances plus 1.
  /// - Throws: `ClassifierError.badSetting`, `TensorError.packingFailed`.
  public static func random(
    configuration: Configuration = .fullSize, vocabulary: Int = 60_000, headSize: Int = 50,
    classes: [String] = ["negative", "positive"], seed: UInt64 = 0
  ) throws -> AWDLSTM {
    try configuration.validate()
    var state = seed
    var entries: [String: NamedTensors.Entry] = [:]
    let shapes = randomShapes(
      configuration: configuration, vocabulary: vocabulary, headSize: headSize,
      classes: classes.count)
    for (name, shape) in shapes {
      let offset: Float = name.hasSuffix("running_var") ? 1 : 0
      let values = (0..<shape.reduce(1, *)).map { _ in
        Float(Int64(splitMix64(&state) >> 40) - 1 << 23) / Float(1 << 23) * 0.1 + offset
      }
      entries[name] = .init(shape: shape, values: values)
    }
    return try AWDLSTM(
      configuration: configuration, tensors: NamedTensors(entries), classes: classes,
      link: .softmax)
  }

  /// Names and shapes of the tensors of a model, in reading order.
  package static func randomShapes(
    configuration: Configuration, vocabulary: Int, headSize: Int, classes: Int
  ) -> [(name: String, shape: [Int])] {
    let width = configuration.embeddingSize
    var shapes = [("0.module.encoder.weight", [vocabulary, width])]
    for layer in 0..<configuration.layers {
      let prefix = "0.module.rnns.\(layer)"
      let units = configuration.units(layer: layer)
      let input = layer == 0 ? width : configuration.hiddenSize
      for suffix in configuration.isBidirectional ? ["", "_reverse"] : [""] {
        shapes += [
          (
            suffix.isEmpty ? "\(prefix).weight_hh_l0_raw" : "\(prefix).module.weight_hh_l0_reverse",
            [4 * units, units]
          ),
          ("\(prefix).module.weight_ih_l0\(suffix)", [4 * units, input]),
          ("\(prefix).module.bias_ih_l0\(suffix)", [4 * units]),
          ("\(prefix).module.bias_hh_l0\(suffix)", [4 * units]),
        ]
      }
    }
    for (block, sizes) in [(3 * width, headSize), (headSize, classes)].enumerated() {
      shapes += ["weight", "bias", "running_mean", "running_var"].map {
        ("1.layers.\(block).0.\($0)", [sizes.0])
      }
      shapes.append(("1.layers.\(block).2.weight", [sizes.1, sizes.0]))
    }
    return shapes
  }

  private static func splitMix64(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

extension AWDLSTMSettings {
  /// What fastai's `text_classifier_learner` uses.
  public static let fullSize = AWDLSTMSettings(embeddingSize: 400, hiddenSize: 1152, layers: 3)
}
