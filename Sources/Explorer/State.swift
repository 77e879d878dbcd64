public import TerminalUI
public import Workbench

/// The whole state of the explorer: `update` changes it, the views draw it.
public struct State: Sendable {
  /// What is known of the model.
  public enum ModelStatus: Sendable, Equatable {
    case loading(name: String)
    case ready(ModelSummary)
    /// Why not, as a sentence.
    case failed(String)
  }

  /// The screens and overlays that there are.
  let catalog: LayerCatalog

  // what all screens share
  public internal(set) var document: Document
  public internal(set) var model: ModelStatus
  public internal(set) var opening: ModelOpening
  /// A second model beside it.
  var secondModel: OtherModel?
  /// What the user said of the classes of second models.
  var classMaps = KeptClassMaps()
  public internal(set) var predictions = Predictions()
  public internal(set) var settings: ExplanationSettings
  public internal(set) var explanations = Explanations()
  var removals = Removals()
  var trust = TrustMeasures()
  var dataset = OpenDataset()
  /// The questions that are waited for.
  package internal(set) var asked = Tickets<any AskedQuestion>()

  // the screens
  public internal(set) var screen: Screen
  /// What each screen keeps for itself.
  var layers: LayerValues
  /// The screens that one came from, the last one on top; empty on the first screen, Explore.
  var screensBelow: [Screen] = []

  // the shell
  var journal = Journal()
  public internal(set) var terminal: Terminal
  package var overlay: (any Overlay)?
  /// The beginning of a path whose completions were asked for.
  var completionsWanted: String?
  /// What was chosen in the palette, the newest first: it is offered first.
  var usedCommands: [String] = []
  public internal(set) var message: Message?
  /// What the last key copied; nil where it did not copy.
  var copiedForm: CopyForm?
  var isInterruptArmed = false
  /// What was clicked on last, and when.
  var pressed: (target: Picture.Target, seconds: Double)?
  /// Seconds since the start, as of the last event.
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

  /// With screens and overlays of one's own.
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
    everyLayer { $0.restore(session, &$1) }
    everyLayer { $0.fit(&$1) }
  }
}
