public import Documents

/// The sizes of fastai's AWD-LSTM text classifier, by fastai's own names in the comments.
public struct AWDLSTMSettings: ArchitectureSettings {
  public static let architecture = "awd-lstm"

  /// `emb_sz`
  public var embeddingSize: Int
  /// `n_hid`
  public var hiddenSize: Int
  /// `n_layers`
  public var layers: Int
  /// `bidir`
  public var isBidirectional: Bool
  /// The id that counts as padding: `pad_idx` of the encoder, whatever the embedding's is.
  public var padding: Int
  /// `bptt`: tokens that the encoder reads at a time.
  public var chunk: Int
  /// `bptt` of the head, where it is not the encoder's: how far from the end padding is looked for.
  public var poolingChunk: Int?
  /// `max_len`: tokens at the end whose outputs the head sees, counted in whole chunks.
  public var maxLength: Int?
  /// The tokens are read from the last to the first.
  public var isBackwards: Bool
  /// `y_range`: the outputs are squeezed into it.
  public var outputRange: ClosedRange<Float>?
  /// fastai 1 made the model: it treats padding within a text in another way.
  public var isFastai1 = false

  public init(
    embeddingSize: Int, hiddenSize: Int, layers: Int, isBidirectional: Bool = false,
    padding: Int = 1, chunk: Int = 72, maxLength: Int? = 1440, isBackwards: Bool = false,
    outputRange: ClosedRange<Float>? = nil
  ) {
    self.embeddingSize = embeddingSize
    self.hiddenSize = hiddenSize
    self.layers = layers
    self.isBidirectional = isBidirectional
    self.padding = padding
    self.chunk = chunk
    self.maxLength = maxLength
    self.isBackwards = isBackwards
    self.outputRange = outputRange
  }
}

extension AWDLSTMSettings {
  /// Nothing is larger than this, so that no product of sizes overflows.
  private static let sizes = 1...1_000_000

  public init(_ section: Settings) throws {
    self.init(
      embeddingSize: try section.integer("emb_sz", in: Self.sizes),
      hiddenSize: try section.integer("n_hid", in: Self.sizes),
      layers: try section.integer("n_layers", in: 1...100),
      isBidirectional: try section.bool("bidir"),
      padding: try section.integer("pad_token", in: 0...Self.sizes.upperBound),
      chunk: try section.integer("bptt", in: Self.sizes),
      maxLength: try section.optionalInteger("max_len", in: Self.sizes),
      isBackwards: try section.bool("backwards"),
      outputRange: try section.optionalRange("y_range"))
    if section.has("head_bptt") {
      poolingChunk = try section.integer("head_bptt", in: Self.sizes)
    }
  }

  public var json: JSON {
    .object(
      [
        .init("emb_sz", .integer(embeddingSize)), .init("n_hid", .integer(hiddenSize)),
        .init("n_layers", .integer(layers)), .init("bidir", .bool(isBidirectional)),
        .init("pad_token", .integer(padding)), .init("bptt", .integer(chunk)),
        .init("max_len", maxLength.map(JSON.integer) ?? .null),
        .init("backwards", .bool(isBackwards)),
        .init(
          "y_range",
          outputRange.map { .array([.float($0.lowerBound), .float($0.upperBound)]) } ?? .null),
      ] + (poolingChunk.map { [.init("head_bptt", .integer($0))] } ?? []))
  }
}
