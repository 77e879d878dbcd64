/// What a key or a line of the palette does, as a value: whoever adds one writes it where it belongs,
/// and no list of all of them has to know.
public struct Action: Sendable, Hashable {
  /// Tells it from all others.
  let name: String
  /// It would change the present text or what is known of it, so that it waits while an older one is
  /// looked at.
  let isAboutPresentText: Bool
  let perform: @Sendable (inout State, inout [Effect]) -> Void

  package init(
    _ name: String, isAboutPresentText: Bool = false,
    _ perform: @escaping @Sendable (inout State, inout [Effect]) -> Void
  ) {
    self.name = name
    self.isAboutPresentText = isAboutPresentText
    self.perform = perform
  }

  public static func == (a: Action, b: Action) -> Bool { a.name == b.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
