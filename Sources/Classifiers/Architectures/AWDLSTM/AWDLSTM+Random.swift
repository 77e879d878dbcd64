public import Checkpoints
import Tensors

extension AWDLSTM {
  /// A model with random weights and the size of a trained one, for benchmarks and tests.
  ///
  /// Numbers are drawn tensor by tensor in the order of `randomShapes`, row-major, by SplitMix64
  /// (Steele, Lea and Flood 2014) from `seed`: the upper 24 bits of each 64, scaled to -1 to 1,
  /// times 0.1, plus 1 for running variances.
  /// - Throws: `ClassifierError.badSetting`, `TensorError.packingFailed`.
  public static func random(
    configuration: Configuration = .fullSize, vocabulary: Int = 60_000, headSize: Int = 50,
    classes: [String] = ["negative", "positive"], seed: UInt64 = 0
  ) throws -> AWDLSTM {
    try configuration.validate()
    let file = randomFile(
      configuration: configuration, vocabulary: vocabulary, headSize: headSize,
      classes: classes.count, seed: seed)
    return try AWDLSTM(
      configuration: configuration, tensors: Safetensors.tensors(in: file), classes: classes,
      link: .softmax)
  }

  /// The weights of such a model, as a safetensors file.
  public static func randomFile(
    configuration: Configuration, vocabulary: Int, headSize: Int, classes: Int, seed: UInt64
  ) -> ByteSource {
    drawnFile(
      randomShapes(
        configuration: configuration, vocabulary: vocabulary, headSize: headSize,
        classes: classes), seed: seed)
  }

  /// A safetensors file whose numbers are drawn when they are read, so that a large model is never
  /// in memory twice.
  private static func drawnFile(
    _ shapes: [(name: String, shape: [Int])], seed: UInt64
  ) -> ByteSource {
    var members: [String] = []
    var offset = 0
    // Running variances are drawn around 1.
    var variances: [Range<Int>] = []
    for (name, shape) in shapes {
      let end = offset + 4 * shape.reduce(1, *)
      members.append(
        #""\#(name)":{"dtype":"F32","shape":\#(shape),"data_offsets":[\#(offset),\#(end)]}"#)
      if name.hasSuffix("running_var") { variances.append(offset / 4..<end / 4) }
      offset = end
    }
    let header = Array("{\(members.joined(separator: ","))}".utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    let start = length + header
    return ByteSource(count: start.count + offset) { [variances] range in
      if range.upperBound <= start.count { return Array(start[range]) }
      let numbers = (range.lowerBound - start.count) / 4..<(range.upperBound - start.count) / 4
      var bytes: [UInt8] = []
      bytes.reserveCapacity(range.count)
      var random = SplitMix64(seed: seed, skipping: numbers.lowerBound)
      for number in numbers {
        let drawn = Float(Int64(random.next() >> 40) - 1 << 23) / Float(1 << 23) * 0.1
        let value = variances.contains { $0.contains(number) } ? drawn + 1 : drawn
        let bits = value.bitPattern
        bytes.append(UInt8(truncatingIfNeeded: bits))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 24))
      }
      return bytes
    }
  }

  /// The names and shapes of a model's tensors, in reading order.
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
}

extension AWDLSTMSettings {
  /// The defaults of fastai's `text_classifier_learner`.
  public static let fullSize = AWDLSTMSettings(embeddingSize: 400, hiddenSize: 1152, layers: 3)
}
