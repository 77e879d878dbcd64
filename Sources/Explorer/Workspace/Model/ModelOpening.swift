public import Workbench

/// The model that is being opened, and the recent ones.
public struct ModelOpening: Sendable {
  /// The running request; the present model stays in use meanwhile.
  public internal(set) var request: OpenModel?
  /// What the model is opened for.
  private(set) var use = ModelUse.main
  private(set) var since = 0.0
  /// The share of the weights that has been read, 0 to 1.
  var share: Double?
  /// The session's model, which is opened first; nil for the default.
  private(set) var wanted: String?
  /// The `--model` values of the recent models, the newest first.
  private(set) var recent: [String] = []
  /// The built-in models.
  let builtIn: [BuiltInModel]
  /// The prompt with the path that could not be opened, and the reason.
  var refused: ModelPrompt?
  /// Whether no key was pressed since a path was given.
  var isAwaited = false

  /// The maximum number of recent models.
  static let mostRecent = 10

  init(_ session: Session, builtIn: [BuiltInModel]) {
    self.builtIn = builtIn
    wanted = session.model
    recent = session.recentModels ?? []
  }

  /// Starts a request, which replaces a running one.
  mutating func begin(
    _ argument: String, for seat: ModelSeat, as use: ModelUse, at now: Double
  ) -> OpenModel {
    let next = OpenModel(argument: argument, seat: seat)
    (request, self.use) = (next, use)
    since = now
    share = nil
    return next
  }

  /// Adds a model to the recent ones, each of which is listed once.
  mutating func remember(_ summary: ModelSummary) {
    let name = summary.argument ?? summary.name
    recent = [name] + recent.filter { $0 != name }.prefix(Self.mostRecent - 1)
  }
}
