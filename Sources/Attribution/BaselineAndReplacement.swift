public import Classifiers
internal import Tokenizers

/// What a method uses where the caller leaves the choice open, by what the model's traits and its
/// tokenizer say.
extension ExplainerOptions {
  public static func defaultBaseline(for model: Model) -> Baseline {
    masks(model) ? .mask : .zero
  }

  public static func defaultReplacement(for model: Model) -> Replacement {
    if masks(model) { return .mask }
    return model.tokenizer.roles.unknown != nil ? .unk : .delete
  }

  /// A mask token stands for an absent token.
  private static func masks(_ model: Model) -> Bool {
    model.classifier.traits.absentToken == .mask && model.tokenizer.roles.mask != nil
  }
}

extension ExplainerOptions.Baseline {
  /// The tokens whose embeddings are the baseline: the token everywhere but at the frame, which
  /// stays itself. nil for `zero`, which is no token.
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
  /// The token that stands for an absent one; nil for `delete`.
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
  /// - Throws: `ExplainerError.noToken` where the model has none.
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
