/// What a key or a palette entry does, as a value. Each action is declared in the file that it
/// belongs to; there is no central list.
public struct Action: Sendable, Hashable {
  /// Identifies the action: no two actions share a name.
  let name: String
  /// Whether the action changes the present text or its results, so that it is refused while an
  /// older text is shown.
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
