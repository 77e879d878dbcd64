/// How a text became pieces: what each step made of it, and the encoding that came out.
public struct TokenizationTrace: Sendable, Hashable {
  public struct Step: Sendable, Hashable {
    /// The rule's own name: `replace_rep`, `normalizer`.
    public var name: String
    /// 0 for the first text, or for both together, 1 for the second.
    public var part: Int
    public var content: Content

    public init(_ name: String, part: Int = 0, _ content: Content) {
      self.name = name
      self.part = part
      self.content = content
    }
  }

  public enum Content: Sendable, Hashable {
    case text(String)
    case parts([String])
  }

  public var steps: [Step]
  /// What `encode` gives for the text.
  public var encoding: Encoding

  public init(steps: [Step], encoding: Encoding) {
    self.steps = steps
    self.encoding = encoding
  }
}

/// Hears what a step made of a text; who does not listen does not pay for the words.
typealias StepNote = (
  _ name: String, _ part: Int, _ content: () -> TokenizationTrace.Content
) -> Void

extension Tokenizer {
  /// For a tokenizer that knows no steps but its pieces.
  public func trace(_ text: String, pair: String?) -> TokenizationTrace {
    TokenizationTrace(steps: [], encoding: encode(text, pair: pair))
  }

  /// The steps of a way to encode that tells them.
  func traced(_ encode: (StepNote) -> Encoding) -> TokenizationTrace {
    var steps: [TokenizationTrace.Step] = []
    let encoding = encode { name, part, content in
      steps.append(TokenizationTrace.Step(name, part: part, content()))
    }
    return TokenizationTrace(steps: steps, encoding: encoding)
  }
}
