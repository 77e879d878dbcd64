public import Workbench

/// The model that is being opened, and those that were.
public struct ModelOpening: Sendable {
  /// The request being processed, while the present model stays in use.
  public internal(set) var request: OpenModel?
  /// What it was requested for.
  private(set) var use = ModelUse.main
  private(set) var since = 0.0
  /// How much of it is read, 0 to 1.
  var share: Double?
  /// What is to be opened first, from the session; nil for the default.
  private(set) var wanted: String?
  /// The arguments of `--model` of the last models, the newest first.
  private(set) var recent: [String] = []
  /// Those that come with the program.
  let builtIn: [BuiltInModel]
  /// The path that could not be opened last, with the reason.
  var refused: ModelPrompt?
  /// No key was pressed since a path was given.
  var isAwaited = false

  /// How many are remembered.
  static let mostRecent = 10

  init(_ session: Session, builtIn: [BuiltInModel]) {
    self.builtIn = builtIn
    wanted = session.model
    recent = session.recentModels ?? []
  }

  /// Starts a request, which replaces one that is being processed.
  mutating func begin(
    _ argument: String, for seat: ModelSeat, as use: ModelUse, at now: Double
  ) -> OpenModel {
    let next = OpenModel(argument: argument, seat: seat)
    (request, self.use) = (next, use)
    since = now
    share = nil
    return next
  }

  /// The newest first, each once.
  mutating func remember(_ summary: ModelSummary) {
    let name = summary.argument ?? summary.name
    recent = [name] + recent.filter { $0 != name }.prefix(Self.mostRecent - 1)
  }
}
