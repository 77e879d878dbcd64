internal import Explorer

extension Manual {
  /// The keys, where they work and what they do, in the order of the key table.
  static var keys: [(names: String, context: String, help: String)] {
    Keymap.standard.bindings.map { binding in
      (
        names: binding.keys.map(\.name).joined(separator: ", "), context: binding.context.title,
        help: binding.help
      )
    }
  }
}
