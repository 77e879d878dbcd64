/// How a text became pieces: what each step made of it, and the encoding that came out.
public struct TokenizationTrace: Sendable, Hashable {
  public struct Step: Sendable, Hashable {
    /// The rule's own name: `replace_rep`, `normalizer`.
    public var name: String
    public var content: Content

    public init(_ name: String, _ content: Content) {
      self.name = name
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
typealias StepNote = (_ name: String, _ content: () -> TokenizationTrace.Content) -> Void

extension Tokenizer {
  /// For a tokenizer that knows no steps but its pieces.
  public func trace(_ text: String) -> TokenizationTrace {
    TokenizationTrace(steps: [], encoding: encode(text))
  }

  /// The steps of a way to encode that tells them.
  func traced(_ encode: (StepNote) -> Encoding) -> TokenizationTrace {
    var steps: [TokenizationTrace.Step] = []
    let encoding = encode { name, content in
      steps.append(TokenizationTrace.Step(name, content()))
    }
    return TokenizationTrace(steps: steps, encoding: encoding)
  }
}
