public import Documents

/// The sizes of fastai's AWD-LSTM text classifier; comments give fastai's own names.
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
  /// The padding id: `pad_idx` of the encoder, whatever the embedding's is.
  public var padding: Int
  /// `bptt`: how many tokens the encoder reads at a time.
  public var chunk: Int
  /// `bptt` of the head, if it differs from the encoder's: how far from the end padding is searched
  /// for.
  public var poolingChunk: Int?
  /// `max_len`: how many tokens at the end the head pools, in whole chunks.
  public var maxLength: Int?
  /// Whether tokens are read from last to first.
  public var isBackwards: Bool
  /// `y_range`: the range that the outputs are scaled to.
  public var outputRange: ClosedRange<Float>?
  /// Whether fastai 1 made the model; it treats padding within a text differently.
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
  /// Upper bound of all sizes, so that no product of them overflows.
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
