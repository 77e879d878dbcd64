import Attribution
import Classifiers
import Explorer
import Tokenizers
import Workbench

/// A model that can be computed mentally: words have weights, capitals have a token, and the logit
/// of `positive` is the sum.
enum Lexicon {
  static let weights: [String: Float] = [
    "brilliant": 2, "gorgeous": 1.5, "good": 1, "acting": 0.3, "score": 0.2, "dull": -2.5,
    "painfully": -1.75, "never": -1.25, "predictable": -1, "but": -0.5, "not": -0.75, "xxmaj": 0.1,
    "xxbos": -0.2,
  ]

  /// - Parameter joinsMarks: whether punctuation marks are parts of the words before them.
  static func encode(_ text: String, joinsMarks: Bool = false) -> Encoding {
    var pieces = [piece("xxbos", 0..<0, isFrame: true, word: nil)]
    var start = 0
    var word = 0
    let bytes = Array(text.utf8)
    while start < bytes.count {
      let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x0A }
      guard !isSpace(bytes[start]) else {
        start += 1
        continue
      }
      let isMark = { (byte: UInt8) in
        !joinsMarks && (byte == UInt8(ascii: ",") || byte == UInt8(ascii: "."))
      }
      var end = start + 1
      if !isMark(bytes[start]) {
        while end < bytes.count, !isSpace(bytes[end]), !isMark(bytes[end]) { end += 1 }
      }
      let typed = String(decoding: bytes[start..<end], as: UTF8.self)
      let range = start..<end
      if typed != typed.lowercased() {
        pieces.append(piece("xxmaj", range, isSpecial: true, word: word))
      }
      pieces.append(piece(typed.lowercased(), range, word: word))
      word += 1
      start = end
    }
    return Encoding(text: text, pieces: pieces)
  }

  private static func piece(
    _ text: String, _ range: Range<Int>, isSpecial: Bool = false, isFrame: Bool = false, word: Int?
  ) -> Piece {
    Piece(
      text: text, id: weights[text] == nil ? 0 : 1 + text.utf8.count, utf8Range: range,
      isSpecial: isSpecial || isFrame, isFrame: isFrame, word: word)
  }

  static func scores(_ encoding: Encoding) -> [Float] {
    encoding.pieces.map { weights[$0.text] ?? 0 }
  }

  static func probabilities(_ scores: [Float]) -> [Float] {
    let sum = scores.reduce(0, +)
    let positive = 1 / (1 + exponential(-sum))
    return [1 - positive, positive]
  }

  /// Encodes a pair of texts, the second after the first.
  static func encode(_ texts: JoinedTexts, joinsMarks: Bool = false) -> Encoding {
    let first = encode(texts.text, joinsMarks: joinsMarks)
    guard let pair = texts.pair else { return first }
    return first.followed(by: encode(pair, joinsMarks: joinsMarks))
  }

  static func predict(
    _ texts: JoinedTexts, without ranges: [Range<Int>] = [], joinsMarks: Bool = false
  ) -> Prediction {
    prediction(encode(texts, joinsMarks: joinsMarks).without(ranges))
  }

  private static func prediction(_ encoding: Encoding) -> Prediction {
    let probabilities = probabilities(scores(encoding))
    return Prediction(
      encoding: encoding, logits: probabilities, probabilities: probabilities,
      classIndex: probabilities[1] > probabilities[0] ? 1 : 0)
  }

  static func predict(
    _ text: String, limit: Int = .max, pooling most: Int = .max, without ranges: [Range<Int>] = [],
    joinsMarks: Bool = false
  ) -> Prediction {
    var encoding = encode(text, joinsMarks: joinsMarks).without(ranges)
    let count = encoding.pieces.count
    if count > limit {
      let unread = encoding.pieces[limit...].map(\.utf8Range.lowerBound).min() ?? 0
      encoding.truncation = Truncation(
        tokens: count, read: limit, side: .right, rest: .unread,
        utf8Range: unread..<text.utf8.count)
    } else if count > most {
      let passed = encoding.pieces[..<(count - most)].map(\.utf8Range).filter { !$0.isEmpty }
      encoding.truncation = Truncation(
        tokens: count, read: most, side: .left, rest: .unpooled,
        utf8Range: 0..<(passed.map(\.upperBound).max() ?? 0))
    }
    encoding.pieces = Array(encoding.pieces.prefix(limit))
    return prediction(encoding)
  }

  static func attribution(_ choice: ExplanationChoice, _ encoding: Encoding) -> TokenAttribution {
    let sign: Float = choice.classIndex == 1 ? 1 : -1
    var raw = scores(encoding).map { $0 * sign }
    if choice.method == "lime" {
      raw = zip(raw, encoding.pieces).map { $1.text == "but" ? -$0 : $0 * 0.8 }
    } else if choice.method == "random" {
      raw = raw.indices.map { Float(($0 * 7 + 3) % 11) - 5 }
    }
    guard choice.method != "intrinsic-attention" else {
      let most = raw.map(abs).max() ?? 1
      return TokenAttribution(
        scores: raw.map { abs($0) / max(most, 0.001) }, targetValue: 0.5, evaluations: 1,
        parameters: ["maximum": .number(most)])
    }
    let factor: Float = choice.method == "occlusion" ? 0.5 : 1
    // As for a model whose weights are NaN.
    let delta: Float = encoding.text.contains("nan") ? .nan : 0.004
    return TokenAttribution(
      scores: raw.map { $0 * factor },
      convergenceDelta: choice.method == "integrated-gradients" ? delta : nil,
      targetValue: 0.5, evaluations: 65,
      parameters: ["baseline": .text("zero"), "steps": .whole(65)])
  }

  static func card(
    _ name: String, _ title: String, _ short: String, isSigned: Bool = true,
    quantity: Target.Quantity = .logit
  ) -> MethodCard {
    MethodCard(
      name: name, title: title, shortTitle: short,
      summary: "What \(title) computes, in one sentence that takes more than one row.",
      source: "a paper", cost: "1 gradient", caveats: "Beware of \(title).", isSigned: isSigned,
      requirement: .gradients, defaultQuantity: quantity)
  }

  static let summary = summary(limitedTo: 1440)

  static func summary(limitedTo tokenLimit: Int) -> ModelSummary {
    ModelSummary(
      name: "lexicon", architecture: "bag of words", classes: ["negative", "positive"],
      tokenLimit: tokenLimit, unknownID: 0, parameterCount: 13,
      methods: [
        .init(card: card("integrated-gradients", "integrated gradients", "IG")),
        .init(card: card("occlusion", "occlusion", "Occ")),
        .init(
          card: card("grad-cam", "Grad-CAM", "GC"),
          reasonNotApplicable: "needs the outputs of a recurrent layer, and this model has none"),
        .init(
          card: card(
            "intrinsic-attention", "intrinsic attention", "IA", isSigned: false,
            quantity: .probability)),
      ])
  }

  /// Readings that are the same for every text: good, fair, as random, and one of a deterministic
  /// method.
  static func trust(_ request: MeasureTrust) -> MeasureTrust.Answer {
    let isRandom = request.choice.method == "random"
    let values: [(String, TrustReading.Best, Float?)] = [
      ("comprehensiveness", .high, isRandom ? 0.07 : 0.54),
      ("sufficiency", .low, isRandom ? 0.3 : 0.22), ("leave-one-out-tau", .high, 0.03),
      ("seed-spread", .low, request.choice.method == "lime" ? 0.4 : 0),
    ]
    return .readings(
      values.map { name, best, value in
        TrustReading(
          name: name, title: name, summary: "What \(name) asks.", best: best, value: value)
      },
      control: request.needsControl
        ? ["comprehensiveness": 0.07, "sufficiency": 0.3, "leave-one-out-tau": 0.02] : [:])
  }

  /// A summary with one more explainer, which reverses the sign of `but`, and the control.
  static let comparable: ModelSummary = {
    var summary = Lexicon.summary
    summary.methods += [
      .init(card: card("lime", "LIME", "LIME")),
      .init(card: card("random", "random control", "Rnd")),
    ]
    return summary
  }()

  private static func exponential(_ x: Float) -> Float {
    // e^x = (e^(x/256))^256, with the inner exponential by its series
    var value = 1 + x / 256 * (1 + x / 512 * (1 + x / 768))
    for _ in 0..<8 { value *= value }
    return value
  }
}
