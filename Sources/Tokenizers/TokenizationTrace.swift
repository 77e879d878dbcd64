/// How a text became pieces: the result of each step, and the final encoding.
public struct TokenizationTrace: Sendable, Hashable {
  public struct Step: Sendable, Hashable {
    /// The rule's own name: `replace_rep`, `normalizer`.
    public var name: String
    /// 0 for the first text, or for both together; 1 for the second.
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
  /// The result of `encode` for the text.
  public var encoding: Encoding

  public init(steps: [Step], encoding: Encoding) {
    self.steps = steps
    self.encoding = encoding
  }
}

/// Receives the result of a step. The result is a closure, so that nothing is built if nobody
/// records it.
typealias StepNote = (
  _ name: String, _ part: Int, _ content: () -> TokenizationTrace.Content
) -> Void

extension Tokenizer {
  /// The trace of a tokenizer that has no steps before its pieces.
  public func trace(_ text: String, pair: String?) -> TokenizationTrace {
    TokenizationTrace(steps: [], encoding: encode(text, pair: pair))
  }

  /// Runs `encode` and records its steps.
  func traced(_ encode: (StepNote) -> Encoding) -> TokenizationTrace {
    var steps: [TokenizationTrace.Step] = []
    let encoding = encode { name, part, content in
      steps.append(TokenizationTrace.Step(name, part: part, content()))
    }
    return TokenizationTrace(steps: steps, encoding: encoding)
  }
}
