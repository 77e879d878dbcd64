/// Strips the prefixes that training tools add to the names of a model's tensors: `module.` of
/// DataParallel, `_orig_mod.` of `torch.compile`, `model.` and the like of a Lightning module.
enum TensorNames {
  /// - Parameters:
  ///   - names: the names in a file.
  ///   - anchor: a tensor that every such model has, by its own name.
  /// - Returns: each name with its own name, without the prefix of the anchor. Names without that
  ///   prefix are kept, and dropped if another tensor gets the same name.
  static func unwrapped(_ names: [String], anchor: String) -> [(name: String, own: String)] {
    unwrapped(names) {
      $0 == anchor || $0.hasSuffix("." + anchor) ? $0.dropLast(anchor.count) : nil
    }
  }

  /// Names of the module of a model's embeddings.
  private static let embeddings: Set<Substring> = ["embeddings", "embed_tokens", "embed_in", "wte"]

  /// The same for a model of transformers, whose embeddings are in a module of their own:
  /// `bert.embeddings.…`, `model.embed_tokens.…`.
  static func unwrappedEncoder(_ names: [String]) -> [(name: String, own: String)] {
    unwrapped(names) { name in
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      guard let place = parts.firstIndex(where: embeddings.contains), place > 0 else { return nil }
      return name.prefix(parts[..<(place - 1)].reduce(0) { $0 + $1.count + 1 })
    }
  }

  /// - Parameter wrapper: the prefix in a given name, with a trailing dot.
  private static func unwrapped(
    _ names: [String], wrapper: (String) -> Substring?
  ) -> [(name: String, own: String)] {
    let compiled = "_orig_mod."
    let plain = names.map { (name: $0, own: $0.replacing(compiled, with: "")) }
    let prefix =
      plain.compactMap { wrapper($0.own).map(String.init) }
      .min { ($0.utf8.count, $0) < ($1.utf8.count, $1) } ?? ""
    guard !prefix.isEmpty || names.contains(where: { $0.contains(compiled) }) else { return plain }
    let wrapped = plain.filter { $0.own.hasPrefix(prefix) }.map {
      (name: $0.name, own: String($0.own.dropFirst(prefix.count)))
    }
    let taken = Set(wrapped.map(\.own))
    return wrapped + plain.filter { !$0.own.hasPrefix(prefix) && !taken.contains($0.own) }
  }
}
