internal import Checkpoints
public import Tokenizers

/// Why a model's texts can't be read as it read them where it was made.
public enum TokenizerProblem: Error, Sendable, Equatable {
  case vocabulary(VocabularyError)
  /// A rule for texts that is not fastai's.
  case unknownRule(name: String, known: [String])
  /// spaCy's rules for this language are not built in.
  case unsupportedLanguage(name: String)
  /// The tokens are pieces of a SentencePiece model that stands nowhere; its name, where it has one.
  case noPieceModel(name: String?)
  /// What is wrong in a SentencePiece model.
  case pieceModel(TokenizerFileError)
}

extension SavedTokenizer {
  /// - Throws: `TokenizerProblem`.
  func tokenizer(isBackwards: Bool) throws -> any Tokenizer {
    do {
      switch kind {
      case .fastaiWords, .fastaiSpaces:
        return try FastaiWords(
          vocabulary: vocabulary, rules: try rules(TextRule.self), splitter: try splitter(),
          backwards: isBackwards, specialCases: specialTokens, exceptions: exceptions,
          hasFiller: hasFiller)
      case .fastaiFirstWords, .fastaiFirstSpaces:
        return try FastaiFirstWords(
          vocabulary: vocabulary, rules: try rules(FirstTextRule.self), splitter: try splitter(),
          backwards: isBackwards, specialCases: specialTokens, hasFiller: hasFiller)
      case .fastaiPieces: return try pieces(.second(try rules(TextRule.self)), isBackwards)
      case .fastaiFirstPieces:
        return try pieces(.first(try rules(FirstTextRule.self)), isBackwards)
      }
    } catch let error as VocabularyError {
      throw TokenizerProblem.vocabulary(error)
    } catch let error as TokenizerFileError {
      throw TokenizerProblem.pieceModel(error)
    }
  }

  private func pieces(
    _ version: FastaiPieces.Version, _ isBackwards: Bool
  ) throws -> FastaiPieces {
    guard let pieceModel else { throw TokenizerProblem.noPieceModel(name: pieceModelName) }
    return try FastaiPieces(
      model: pieceModel, vocabulary: vocabulary, version: version, backwards: isBackwards,
      hasFiller: hasFiller)
  }

  private func rules<Rule: RawRepresentable<String> & CaseIterable>(
    _ type: Rule.Type
  ) throws -> [Rule] {
    try rules.map { name in
      guard let rule = Rule(rawValue: name) else {
        throw TokenizerProblem.unknownRule(name: name, known: Rule.allCases.map(\.rawValue))
      }
      return rule
    }
  }

  private func splitter() throws -> FastaiWords.Splitter {
    switch kind {
    case .fastaiSpaces, .fastaiFirstSpaces: return .singleSpaces
    default:
      guard language == "en" else { throw TokenizerProblem.unsupportedLanguage(name: language) }
      return .english
    }
  }
}

extension SavedArchitecture {
  /// The tokens are read from the last to the first.
  var isBackwards: Bool {
    switch self {
    case .awdLSTM(let settings): settings.isBackwards
    }
  }
}
