internal import Checkpoints
public import Tokenizers

/// Why a model's texts cannot be tokenized as they were where it was made.
public enum TokenizerProblem: Error, Sendable, Equatable {
  case vocabulary(VocabularyError)
  /// A text rule that is not fastai's.
  case unknownRule(name: String, known: [String])
  /// spaCy's rules for this language are not built in.
  case unsupportedLanguage(name: String)
  /// The tokens are pieces of a SentencePiece model that was not found; its name, if known.
  case noPieceModel(name: String?)
  /// An error in a SentencePiece model.
  case pieceModel(TokenizerFileError)
  /// An invalid name of a splitting.
  case splitting(SplittingError)
  /// It is not known how the custom tokenizer splits texts.
  case unknownSplitting(UnknownSplitting)
}

/// A custom tokenizer without its code, and hints in its vocabulary.
public struct UnknownSplitting: Sendable, Hashable {
  public var className: String
  /// Some tokens of the vocabulary.
  public var examples: [String]
  public var guess: SplittingGuess
}

extension SavedTokenizer {
  /// - Throws: `TokenizerProblem`.
  func tokenizer(isBackwards: Bool) throws -> any Tokenizer {
    do {
      switch kind {
      case .fastaiWords, .fastaiSpaces, .fastaiSplit:
        return try FastaiWords(
          vocabulary: vocabulary, rules: try rules(TextRule.self), splitter: try splitter(),
          backwards: isBackwards, specialCases: specialTokens, exceptions: exceptions,
          hasFiller: hasFiller)
      case .fastai1Words, .fastai1Spaces, .fastai1Split:
        return try Fastai1Words(
          vocabulary: vocabulary, rules: try rules(Fastai1TextRule.self), splitter: try splitter(),
          backwards: isBackwards, specialCases: specialTokens, hasFiller: hasFiller)
      case .fastaiPieces: return try pieces(.fastai2(try rules(TextRule.self)), isBackwards)
      case .fastai1Pieces:
        return try pieces(.fastai1(try rules(Fastai1TextRule.self)), isBackwards)
      }
    } catch let error as VocabularyError {
      throw TokenizerProblem.vocabulary(error)
    } catch let error as TokenizerFileError {
      throw TokenizerProblem.pieceModel(error)
    } catch let error as SplittingError {
      throw TokenizerProblem.splitting(error)
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
    case .fastaiSpaces, .fastai1Spaces: return .singleSpaces
    case .fastaiSplit, .fastai1Split:
      guard let splitting else { throw TokenizerProblem.unknownSplitting(unknownSplitting) }
      return .own(try Splitting(splitting))
    default:
      guard language == "en" else { throw TokenizerProblem.unsupportedLanguage(name: language) }
      return .english
    }
  }
}

extension SavedTokenizer {
  /// The hints for a message if the splitting is unknown.
  private var unknownSplitting: UnknownSplitting {
    let tokens = SplittingGuess.ownTokens(of: vocabulary)
    // Long tokens are the most informative; a few of the others represent the rest.
    let long = tokens.filter { $0.unicodeScalars.count > 1 }.prefix(6)
    let short = tokens.filter { $0.unicodeScalars.count == 1 }.prefix(12 - long.count)
    return UnknownSplitting(
      className: own?.className ?? "unknown", examples: Array(long + short),
      guess: SplittingGuess(for: vocabulary, patterns: own?.patterns ?? []))
  }
}
