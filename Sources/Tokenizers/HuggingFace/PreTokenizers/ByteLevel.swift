/// GPT-2's words, byte by byte.
struct ByteLevel: PreTokenizer {
  /// GPT-2's expression (Radford et al. 2019, encoder.py); nil to keep the text whole.
  let pattern: RegexPattern?
  let addsPrefixSpace: Bool

  static let gpt2Pattern =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

  func split(_ text: inout SplitText) {
    if addsPrefixSpace {
      text.rewrite { scalars, result in
        if let first = scalars.first, first.value != 0x20 {
          result.append(AlignedScalar(value: 0x20, start: first.start, end: first.end))
        }
        result += scalars
      }
    }
    if let pattern {
      text.cut { SplitBehavior.isolated.parts(of: $0, matches: pattern.matches(in: $0)) }
    }
    text.rewrite { scalars, result in
      for scalar in scalars { ByteAlphabet.append(scalar, to: &result) }
    }
  }
}
