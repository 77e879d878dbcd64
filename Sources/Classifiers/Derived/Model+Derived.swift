internal import Checkpoints
internal import Tensors
public import Tokenizers

extension Model {
  /// The same model with the user's labels as its classes.
  /// - Throws: `LabelsProblem`; errors of the network for a hypothesis.
  public func answering(_ labels: ZeroShotLabels) throws -> Model {
    try labels.validate()
    guard let network = classifier as? any Network,
      let base = tokenizer as? HuggingFaceTokenizer
    else { throw LabelsProblem.readsOneText }
    let (entailment, isNamed) = try entailment()
    let whole = base.limited(to: nil)
    // The tokens after a text that is followed by a hypothesis.
    let alone = whole.encode("", pair: nil).tokens
    let endings = try labels.hypotheses.map { hypothesis in
      let both = whole.encode("", pair: hypothesis).tokens
      guard both.starts(with: alone), both.count > alone.count else {
        throw LabelsProblem.readsOneText
      }
      return Array(both.dropFirst(alone.count))
    }
    let lengths = endings.map(\.count)
    let contradiction = entailment == 0 ? network.classes.count - 1 : 0
    var model = self
    model.classifier = DerivedClassifier(
      base: network,
      derivation: ZeroShot(
        classes: labels.labels, link: labels.isMany ? .sigmoid : .softmax, hypotheses: lengths,
        entailment: entailment, contradiction: labels.isMany ? contradiction : nil,
        frame: base.frame, limit: base.tokenLimit, cutsLeft: base.truncatesLeft),
      suffixes: try endings.map { try network.embeddings(for: [$0]) })
    let room = base.tokenLimit.map { max(base.frame.count, $0 - (lengths.min() ?? 0)) }
    model.tokenizer = DerivedTokenizer(base: base.limited(to: room), reading: .oneText)
    model.facts.tokenLimit = room
    model.facts.settings += [
      (name: "hypothesis", value: labels.hypothesis),
      (name: "labels", value: labels.isMany ? "each by itself" : "one of them"),
    ]
    if !isNamed { model.facts.notes.append(.assumedEntailment(classes[entailment])) }
    return model
  }

  private var classes: [String] { classifier.classes }

  /// The output for entailment, by name. Like transformers' pipeline, it is the last one if no
  /// class has a name; transformers also takes the last one if classes have other names.
  private func entailment() throws -> (index: Int, isNamed: Bool) {
    if let index = classes.firstIndex(where: { $0.lowercased().hasPrefix("entail") }) {
      guard classes.count > 1 else { throw LabelsProblem.noEntailment(classes: classes) }
      return (index, true)
    }
    guard classes.count > 1, classes.allSatisfy({ $0.hasPrefix("LABEL_") }) else {
      throw LabelsProblem.noEntailment(classes: classes)
    }
    return (classes.count - 1, false)
  }

  /// The same model with windows for texts that are too long.
  /// - Throws: `WindowsProblem`.
  public func windowed(_ windows: WindowReading) throws -> Model {
    guard let network = classifier as? any Network else { throw WindowsProblem.noLimit }
    let base: HuggingFaceTokenizer
    if let plain = tokenizer as? HuggingFaceTokenizer {
      base = plain
    } else if let derived = tokenizer as? DerivedTokenizer, case .oneText = derived.reading {
      base = derived.base
    } else {
      throw WindowsProblem.twoTexts
    }
    // A window has to leave room for the longest hypothesis.
    let labels = (classifier as? DerivedClassifier)?.derivation as? ZeroShot
    let room = labels.flatMap { own in own.limit.map { $0 - (own.hypotheses.max() ?? 0) } }
    guard let limit = room ?? base.tokenLimit else { throw WindowsProblem.noLimit }
    let size = windows.tokens ?? limit
    guard size <= limit else { throw WindowsProblem.tooLong(size, limit: limit) }
    guard size > base.frame.count else {
      throw WindowsProblem.tooShort(size, least: base.frame.count + 1)
    }
    var model = self
    model.classifier = DerivedClassifier(
      base: network,
      derivation: Windows(
        classes: network.classes, link: network.link, size: size, pooling: windows.pooling,
        frame: base.frame, pairFrame: base.pairFrame), suffixes: [])
    let pairs =
      base.pairFrame == nil ? base.limited(to: size) : base.cuttingShorterText(to: size)
    let reading: DerivedTokenizer.Reading =
      tokenizer is HuggingFaceTokenizer ? .windows(pairs: pairs) : .oneText
    model.tokenizer = DerivedTokenizer(base: base.limited(to: nil), reading: reading)
    model.facts.tokenLimit = nil
    model.facts.settings += [
      (name: "windows", value: "\(size) tokens, \(windows.pooling.rawValue) of their logits")
    ]
    return model
  }

  /// Whether a text that is too long is read in windows.
  public var readsWindows: Bool { (classifier as? DerivedClassifier)?.derivation is Windows }

  /// The windows in which a text is read; nil where the model reads it at once.
  public func windows(of encoding: Encoding) -> TextWindows? {
    guard let derived = classifier as? DerivedClassifier,
      let windows = derived.derivation as? Windows,
      let cut = windows.cut(encoding.pieces.map(\.part))
    else { return nil }
    let ranges = cut.windows.map { range in
      let places = encoding.pieces[range].map(\.utf8Range)
      let start = places.map(\.lowerBound).min() ?? 0
      return start..<max(start, places.map(\.upperBound).max() ?? 0)
    }
    let part = encoding.pieces[cut.text].first?.part ?? 0
    return TextWindows(
      size: windows.size, pooling: windows.pooling, part: encoding.pair == nil ? nil : part,
      tokens: cut.windows, utf8Ranges: ranges)
  }
}

/// The windows in which a text is read, in order.
public struct TextWindows: Sendable, Hashable {
  /// The most tokens of a window, including the frame.
  public var size: Int
  public var pooling: WindowReading.Pooling
  /// The text of a pair (0 or 1) that is read in windows, while each window contains all of the
  /// other; nil for a single text.
  public var part: Int?
  /// The text's own tokens in each window.
  public var tokens: [Range<Int>]
  /// The range of the text in each window, in UTF-8 offsets.
  public var utf8Ranges: [Range<Int>]

  package init(
    size: Int, pooling: WindowReading.Pooling, part: Int? = nil, tokens: [Range<Int>],
    utf8Ranges: [Range<Int>]
  ) {
    self.size = size
    self.pooling = pooling
    self.part = part
    self.tokens = tokens
    self.utf8Ranges = utf8Ranges
  }
}

/// Why a text cannot be read in windows.
public enum WindowsProblem: Error, Sendable, Hashable {
  /// The model reads texts of any length, or its limit is unknown.
  case noLimit
  /// The model compares two texts.
  case twoTexts
  case tooLong(Int, limit: Int)
  /// There is no room for a token of the text.
  case tooShort(Int, least: Int)
}
