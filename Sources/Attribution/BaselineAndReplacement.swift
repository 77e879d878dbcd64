public import Classifiers
internal import Tokenizers

/// The baseline and replacement that a method uses by default, by the model's traits and its
/// tokenizer.
extension ExplainerOptions {
  /// `mask` for a transformer, `zero` for an AWD-LSTM.
  ///
  /// A transformer without a mask token, as most decoders are, has `unk` or `pad`: at zero vectors,
  /// its normalisations have a slope that holds nowhere else on the path, so that scores from there
  /// do not add up. If neither token has an embedding, it is `zero`.
  public static func defaultBaseline(for model: Model) -> Baseline {
    if masks(model) { return .mask }
    guard model.classifier.traits.absentToken == .mask else { return .zero }
    let roles = model.tokenizer.roles
    if hasEmbedding(roles.unknown, model) { return .unk }
    return hasEmbedding(roles.padding, model) ? .pad : .zero
  }

  /// Whether a token exists and is in the model's embedding, which may be smaller than the
  /// vocabulary.
  private static func hasEmbedding(_ id: Int?, _ model: Model) -> Bool {
    guard let id, let classifier = model.classifier.differentiable else { return false }
    return (try? classifier.embeddings(for: [[Token(id: id)]])) != nil
  }

  public static func defaultReplacement(for model: Model) -> Replacement {
    if masks(model) { return .mask }
    return model.tokenizer.roles.unknown != nil ? .unk : .delete
  }

  /// Whether a mask token stands for an absent token.
  private static func masks(_ model: Model) -> Bool {
    model.classifier.traits.absentToken == .mask && model.tokenizer.roles.mask != nil
  }
}

extension ExplainerOptions.Baseline {
  /// The tokens whose embeddings are the baseline: the same token everywhere except in the frame,
  /// which is kept. nil for `zero`, which is not a token.
  func tokens(for encoding: Encoding, roles: TokenRoles) throws -> [Token]? {
    let token: Int
    switch self {
    case .zero: return nil
    case .pad: token = try roles.required(.padding)
    case .mask: token = try roles.required(.mask)
    case .unk: token = try roles.required(.unknown)
    }
    return zip(encoding.pieces, encoding.tokens).map { piece, own in
      piece.isFrame ? own : own.replaced(by: token)
    }
  }
}

extension ExplainerOptions.Replacement {
  /// The token that replaces an absent one; nil for `delete`.
  func token(roles: TokenRoles) throws -> Int? {
    switch self {
    case .unk: try roles.required(.unknown)
    case .mask: try roles.required(.mask)
    case .pad: try roles.required(.padding)
    case .delete: nil
    }
  }
}

extension TokenRoles {
  enum Role: String { case unknown, padding, mask }

  /// The token in a role.
  /// - Throws: `ExplainerError.noToken` if the model has none.
  func required(_ role: Role) throws -> Int {
    let token =
      switch role {
      case .unknown: unknown
      case .padding: padding
      case .mask: mask
      }
    guard let token else { throw ExplainerError.noToken(role: role.rawValue) }
    return token
  }
}
