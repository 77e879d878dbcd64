/// What a key or a palette entry does, as a value. Each is declared in the file that it belongs to; there
/// is no central list.
public struct Action: Sendable, Hashable {
  /// Identifies it: no two actions share a name.
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
