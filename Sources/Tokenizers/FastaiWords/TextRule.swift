/// A rule that rewrites a text before it is split, by fastai's name for it.
/// Source: fastai 2.8, `text/core.py`.
public enum TextRule: String, Sendable, CaseIterable {
  case fixHTML = "fix_html"
  case replaceRep = "replace_rep"
  case replaceWrep = "replace_wrep"
  case specAddSpaces = "spec_add_spaces"
  case rmUselessSpaces = "rm_useless_spaces"
  case replaceAllCaps = "replace_all_caps"
  case replaceMaj = "replace_maj"
  case lowercase

  func applied(to text: MappedText) -> MappedText {
    switch self {
    case .fixHTML: unescapedHTML(withKnownMistakes(text))
    case .replaceRep: withRepeatedCharacters(text)
    case .replaceWrep: withRepeatedWords(text)
    case .specAddSpaces: withSpacedMarks(text)
    case .rmUselessSpaces: withSingleSpaces(text)
    case .replaceAllCaps: withCapsMarked(text)
    case .replaceMaj: withCapitalsMarked(text)
    case .lowercase: inLowercase(text)
    }
  }
}
