public import Attribution
internal import Classifiers
public import Reports
public import TerminalUI

/// All that the explorer knows: what `update` changes and what the views draw.
public struct State: Sendable {
  /// What has been learnt of the model.
  public enum ModelStatus: Sendable, Equatable {
    case loading(name: String)
    case ready(ModelSummary)
    /// Why not, as a sentence.
    case failed(String)
  }

  /// Which class is explained.
  public enum ClassChoice: Sendable, Equatable {
    /// Whatever the model predicts, for every kind of model and on every screen.
    case predicted
    /// The user chose it; it stays until the user chooses another or follows the prediction again.
    case fixed(Int)
  }

  /// The panes that take the focus, in the order of Tab.
  public enum Pane: Sendable, Hashable, CaseIterable {
    case editor, heatmap, tokens, findings, prediction, explainers, trust
  }

  public enum TokenOrder: Sendable, Equatable { case score, text }

  /// The screens and overlays that there are.
  let catalog: LayerCatalog

  // the terminal
  public internal(set) var size: Size
  public internal(set) var abilities: TerminalAbilities
  public internal(set) var themes: [String] = []
  public internal(set) var theme: String?
  /// The theme in use has no colours for signs.
  var isThemeMonochrome = false
  /// The theme that was asked for by name; nil follows the terminal's background.
  var chosenTheme: String?

  // the text
  public internal(set) var editor: TextEditor
  public internal(set) var edition: Edition = 0
  var predictedEdition: Edition?
  /// What is tried on the text.
  public internal(set) var experiment = Experiment()
  /// What was tried after each step of undo.
  var experiments: [Int: Experiment] = [:]
  /// What the model says of the text as it was, while something is tried.
  var wholeProbabilities: [Float]?

  // the model
  public internal(set) var model: ModelStatus
  /// What is being opened beside the model that is there.
  public internal(set) var opening: ModelRequest?
  var openingSince = 0.0
  /// How much of it is read, 0 to 1.
  var openedShare: Double?
  var modelRequestCount = 0
  /// What is to be opened first, from the session; nil for the default.
  var wantedModel: String?
  /// What `--model` took for the last models, the newest first.
  var recentModels: [String] = []
  /// What the user said of the classes of second models.
  var classMaps = KeptClassMaps()
  /// The path that could not be opened last, with the reason.
  var refusedModel: ModelPrompt?
  /// No key came since a path was given.
  var isWaitingForModel = false
  /// The beginning of a path whose completions were asked for.
  var completionsWanted: String?

  // what the model says
  public internal(set) var prediction: PredictionAnswer?
  /// The probabilities at the keystroke before.
  var previousProbabilities: [Float]?
  /// The probabilities after each of the last edits, the newest last.
  var history: [[Float]] = []
  var predictionProblem: String?

  // why it says so
  public internal(set) var method = "integrated-gradients"
  /// How explanations are computed, as far as the user set it.
  public internal(set) var explainerOptions = ExplainerOptions()
  public internal(set) var classChoice = ClassChoice.predicted
  /// What that class is set against.
  public internal(set) var contrast = Contrast.none
  /// A class by name, from the session, until the model's classes are known.
  var wantedClass: String?
  /// What it is set against, likewise.
  var wantedContrast: String?
  /// Results for the present edition.
  var explanations: [ExplanationChoice: Explanation] = [:]
  /// What is painted; of an older edition while the newer one is computed.
  public internal(set) var shown: Explanation?
  /// What the panes beside the map are about: the map's first refinements are painted, and the numbers
  /// follow once they are settled.
  var settled: Explanation?
  /// Where the units of a stale map stand in the present text; nil for those that were edited.
  var carried: [Range<Int>?]?
  /// What was painted before something else was asked for, until that one's last result.
  var replaced: Replaced?
  public internal(set) var job: ExplanationJob?
  var jobCount = 0
  /// About how many model passes the job takes, once that is known.
  var expectedPasses: Int?
  /// When the job began, and how many passes it has made.
  var jobSince = 0.0
  var jobPasses: Int?
  /// Choices that were cancelled by hand or that failed, with the reason, for this edition.
  var ended: [ExplanationChoice: String] = [:]
  /// The explainer that would work for the present text in place of one that failed.
  var instead: [ExplanationChoice: String] = [:]
  /// Choices that were asked for although the text is long.
  var forced: Set<ExplanationChoice> = []
  /// Seconds that each explainer took last.
  var times: [String: Double] = [:]
  /// Probabilities of all classes without a unit's pieces, for this edition.
  var removals: [[Int]: [Float]] = [:]
  var removalRequest: RemovalRequest?
  /// What stays beside a map of an older text.
  var older: OlderMeasures?
  /// What was said last of the token that is looked at, for while nothing newer can be.
  var inspected: InspectedToken?
  /// What was measured of explanations of this edition, what random scores reach by class, and
  /// which explanations are measured to the end.
  var trust: [ExplanationChoice: [TrustReading]] = [:]
  var trustControls: [ExplanationChoice.Subject: [String: Float]] = [:]
  var measured: Set<ExplanationChoice> = []
  var trustJob: TrustRequest?
  /// When that began, what of it runs, and how many passes were made.
  var trustSince = 0.0
  var trustProgress: TrustProgress?
  var trustPasses: Int?

  // what if
  var findings = Findings()
  /// The question that runs.
  var probe: ProbeRequest?
  var probeCount = 0

  // the screens
  public internal(set) var screen = Screen.explore
  /// What the screens keep for themselves.
  var layers: [Screen: any ScreenLayer] = [:]
  /// The screens that one came from, the last one on top; empty on the first screen, Explore.
  var screensBelow: [Screen] = []
  var errors = ErrorsScreen()
  var compare = CompareScreen()
  var journal = Journal()
  /// Seconds since the start, as of the last event.
  var now = 0.0

  // what is looked at
  public internal(set) var focus = Pane.editor
  /// The unit of the heatmap that is looked at while the editor is not.
  public internal(set) var selectedUnit = 0
  /// Where the selected word begins in the present text (UTF-8), until the map of that text is there.
  var selectionOffset: Int?
  /// The line of the explainers' and the classes' list that Enter would use.
  var selectedMethod = 0
  var selectedClass = 0
  /// The first visible rows; nil follows what is looked at.
  var heatScroll: Int?
  var tokensTop = 0
  var scale = HeatScale.text
  /// nil: only where colours are few.
  var signRow: Bool?
  var showsValues = false
  var showsSpecials = false
  var tokenOrder = TokenOrder.score
  package var overlay: (any Overlay)?
  /// What was chosen in the palette, the newest first: it is offered first.
  var usedCommands: [String] = []
  public internal(set) var message: Message?
  var isInterruptArmed = false
  var latency: Double?

  public init(
    size: Size, abilities: TerminalAbilities = TerminalAbilities(), modelName: String = "",
    session: Session = Session()
  ) {
    self.init(
      catalog: .standard, size: size, abilities: abilities, modelName: modelName, session: session)
  }

  /// With screens and overlays of one's own.
  package init(
    catalog: LayerCatalog, size: Size, abilities: TerminalAbilities = TerminalAbilities(),
    modelName: String = "", session: Session = Session()
  ) {
    self.catalog = catalog
    for screen in catalog.screens { layers[screen.screen] = screen.init() }
    self.size = size
    self.abilities = abilities
    model = .loading(name: modelName)
    editor = TextEditor(session.text, isPlain: abilities.isPlain)
    editor.moveCursor(to: session.cursor)
    if let edits = session.edits { editor.restore(edits) }
    if let explainer = session.explainer { method = explainer }
    wantedClass = session.targetClass
    wantedContrast = session.contrast
    explainerOptions = Self.options(of: session.settings ?? [])
    recentModels = session.recentModels ?? []
    classMaps = session.classMaps ?? KeptClassMaps()
    usedCommands = session.usedCommands ?? []
    wantedModel = session.model
    errors.kept = session.dataSessions ?? KeptDataSessions()
    findings.earlier = session.texts ?? []
    // a row of a data set is there to be looked at
    if session.hasOpenRow { focus = .heatmap }
    (theme, chosenTheme) = (session.theme, session.theme)
    fitEditor()
  }
}

/// A whole map that made way for another question, with what was asked then.
struct Replaced: Sendable, Equatable {
  var explanation: Explanation
  var classChoice: State.ClassChoice
  var contrast: State.Contrast
}

/// An explanation as it came, and the heatmap that was made of it.
public struct Explanation: Sendable, Equatable {
  public var job: ExplanationJob
  public var text: String
  public var attribution: Attribution
  public var map: HeatMap
  public var seconds: Double
  public var isFinal: Bool
}

/// A line for the status row.
public struct Message: Sendable, Equatable {
  public enum Kind: Sendable, Equatable { case notice, warning, error }
  public var kind: Kind
  public var text: String
}
