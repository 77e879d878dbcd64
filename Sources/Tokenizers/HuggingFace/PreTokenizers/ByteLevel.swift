/// GPT-2's words, byte by byte.
struct ByteLevel: PreTokenizer {
  /// GPT-2's expression (Radford et al. 2019, encoder.py); nil to keep the text in one piece.
  let pattern: RegexPattern?
  let addsPrefixSpace: Bool

  static let gpt2Pattern =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

  func split(_ text: inout SplitText) {
    if addsPrefixSpace {
      text.rewrite { scalars in
        var text = AlignedText(Array(scalars))
        if text.scalars.first?.value != 0x20 { text.prepend([0x20]) }
        return text
      } then: {
        [$0.startIndex..<$0.endIndex]
      }
    }
    if let pattern {
      text.cut { SplitBehavior.isolated.parts(of: $0, matches: pattern.matches(in: $0)) }
    }
    text.rewrite { scalars in
      var bytes: [AlignedScalar] = []
      bytes.reserveCapacity(scalars.count + 8)
      for scalar in scalars { ByteAlphabet.append(scalar, to: &bytes) }
      return AlignedText(bytes)
    } then: {
      [$0.startIndex..<$0.endIndex]
    }
  }
}
