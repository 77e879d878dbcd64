/// The names of a model's tensors without what training tools put before them: `module.` of
/// DataParallel, `_orig_mod.` of `torch.compile`, `model.` and the like of a Lightning module.
enum TensorNames {
  /// - Parameters:
  ///   - names: of a file.
  ///   - anchor: a tensor that every such model has, by its own name.
  /// - Returns: each name with what it is without the wrapper of the anchor, where it has that. What
  ///   stands outside of the wrapper keeps its name, and goes where another would have the same.
  static func unwrapped(_ names: [String], anchor: String) -> [(name: String, own: String)] {
    unwrapped(names) {
      $0 == anchor || $0.hasSuffix("." + anchor) ? $0.dropLast(anchor.count) : nil
    }
  }

  /// What the module of a model's embeddings may be called.
  private static let embeddings: Set<Substring> = ["embeddings", "embed_tokens", "embed_in", "wte"]

  /// The same for a model of transformers, whose embeddings stand in a module of its own:
  /// `bert.embeddings.…`, `model.embed_tokens.…`.
  static func unwrappedEncoder(_ names: [String]) -> [(name: String, own: String)] {
    unwrapped(names) { name in
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      guard let place = parts.firstIndex(where: embeddings.contains), place > 0 else { return nil }
      return name.prefix(parts[..<(place - 1)].reduce(0) { $0 + $1.count + 1 })
    }
  }

  /// - Parameter wrapper: what stands before the model in a name that tells, with a dot at its end.
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
