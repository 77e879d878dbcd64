public import TerminalUI
public import Workbench

/// The whole state of the explorer: `update` changes it, and the views draw it.
public struct State: Sendable {
  /// Whether the model is available.
  public enum ModelStatus: Sendable, Equatable {
    case loading(name: String)
    case ready(ModelSummary)
    /// The reason is a sentence.
    case failed(String)
  }

  /// The available screens and overlays.
  let catalog: LayerCatalog

  // Shared by all screens
  public internal(set) var document: Document
  public internal(set) var model: ModelStatus
  public internal(set) var opening: ModelOpening
  /// A second model, to compare the first with.
  var secondModel: OtherModel?
  /// How the user matched the classes of second models.
  var classMaps = KeptClassMaps()
  public internal(set) var predictions = Predictions()
  public internal(set) var settings: ExplanationSettings
  public internal(set) var explanations = Explanations()
  var removals = Removals()
  var trust = TrustMeasures()
  var dataset = OpenDataset()
  /// The questions that are not answered yet.
  package internal(set) var asked = Tickets<any AskedQuestion>()

  // The screens
  public internal(set) var screen: Screen
  /// Each screen's own data.
  var layers: LayerValues
  /// The screens that the user came from, the latest last; empty on the first screen, Explore.
  var screensBelow: [Screen] = []

  // The shell
  var journal = Journal()
  public internal(set) var terminal: Terminal
  package var overlay: (any Overlay)?
  /// The beginning of a path whose completions were requested.
  var completionsWanted: String?
  /// The entries that were chosen in the palette, the newest first; they are offered first.
  var usedCommands: [String] = []
  public internal(set) var message: Message?
  /// The form that the last key copied; nil if it copied nothing.
  var copiedForm: CopyForm?
  var isInterruptArmed = false
  /// The target and the time of the last click.
  var pressed: (target: Picture.Target, seconds: Double)?
  /// The last press in a field that is typed into.
  var fieldPress: FieldPress?
  /// The time of the last event, in seconds since the start.
  var now = 0.0
  /// Of the last event.
  var timeOfDay = TimeOfDay()

  public init(
    size: Size, abilities: TerminalAbilities = TerminalAbilities(), modelName: String = "",
    builtIn: [BuiltInModel] = [], session: Session = Session()
  ) {
    self.init(
      catalog: .standard, size: size, abilities: abilities, modelName: modelName, builtIn: builtIn,
      session: session)
  }

  /// Creates a state with other screens and overlays, for tests.
  package init(
    catalog: LayerCatalog, size: Size, abilities: TerminalAbilities = TerminalAbilities(),
    modelName: String = "", builtIn: [BuiltInModel] = [], session: Session = Session()
  ) {
    self.catalog = catalog
    screen = catalog.first.screen
    layers = LayerValues(catalog.screens)
    terminal = Terminal(size: size, abilities: abilities, theme: session.theme)
    model = .loading(name: modelName)
    opening = ModelOpening(session, builtIn: builtIn)
    document = Document(editor: TextEditor(session.text, isPlain: abilities.isPlain))
    document.editor.moveCursor(to: session.cursor)
    if let edits = session.edits { document.editor.restore(edits) }
    if let pair = session.pair { document.restore(pair) }
    document.display = session.view.flatMap(TextDisplay.init)
    settings = ExplanationSettings(session)
    classMaps = session.classMaps ?? KeptClassMaps()
    usedCommands = session.usedCommands ?? []
    terminal.hasPictures = session.pictures ?? true
    dataset.sessions = session.dataSessions ?? KeptDataSessions()
    forEachLayer { $0.restore(session, &$1) }
    forEachLayer { $0.fit(&$1) }
  }
}
