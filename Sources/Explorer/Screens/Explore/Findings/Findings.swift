internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// The pages of the pane of findings, which show the results of experiments on a text.
public enum Finding: String, Sendable, Hashable, CaseIterable {
  case trajectory, flips, phrase, xray, robustness, history, pair, interactions, candidates, curve

  /// The title on its tab.
  public var title: String {
    switch self {
    case .trajectory: "Trajectory"
    case .flips: "Flips"
    case .phrase: "Phrase"
    case .xray: "X-ray"
    case .robustness: "Typos"
    case .history: "History"
    case .pair: "A|B"
    case .interactions: "Interact"
    case .candidates: "Rank"
    case .curve: "Curve"
    }
  }
}

/// The state of the pane of findings: the open page, and the results for the present text.
struct Findings: Sendable {
  /// The open page; nil while the pane is closed.
  var page: Finding?
  /// The selected line of each page.
  var lists: [Finding: ListScroll] = [:]

  /// The results for the present edition and class.
  var results = FindingResults()

  /// The selected phrases as UTF-8 ranges; the newest last, at most two.
  var phrases: [Range<Int>] = []
  /// The unit at which the phrase that is being selected begins.
  var phraseAnchor: Int?
  /// The unit that the mouse was pressed on.
  var dragAnchor: Int?

  /// Texts of earlier sessions and of other models, without results. They precede the visits in the
  /// history.
  var earlier: [JoinedTexts] = []
  /// The texts of this session, each with its results, the newest last.
  var visits: [Visit] = []
  /// The point of the curve that the user selected with the arrows.
  var curvePoint: Int?
  /// The index in the history of the text that is shown instead of the present one.
  var visited: Int?
  /// The text that is kept for comparison.
  var pinned: Visit?

  /// Candidates that are ranked against the first text.
  var candidates = Candidates()

  var historyCount: Int { earlier.count + visits.count }

  func list(_ page: Finding) -> ListScroll { lists[page] ?? ListScroll() }
}

/// The results of the pages for one text.
struct FindingResults: Sendable {
  /// The class that the results are about.
  var classIndex: Int?
  var trajectory: PrefixTrajectory.Result?
  var flips: FlipFinder.Result?
  /// For a molecule, in place of `flips`.
  var swaps: SwapSearch.Result?
  var phrase: PhraseReading?
  var trace: TokenizationTrace?
  var robustness: Robustness.Result?
  var interactions: PairInteractions.Result?
  /// The curves of each explanation.
  var curves: [ExplanationChoice: MeasuredCurves] = [:]
  /// The pages that are complete, and the reasons why others failed.
  var done: Set<Finding> = []
  var problems: [Finding: String] = [:]
}

/// A line of a page.
struct FindingLine: Sendable, Equatable {
  struct Part: Sendable, Equatable {
    var text: String
    var style = Style()
    /// The column at which the part begins; nil follows the previous part.
    var column: Int?

    init(_ text: String, _ style: Style = Style(), column: Int? = nil) {
      self.text = text
      self.style = style
      self.column = column
    }
  }

  var parts: [Part]
  /// The edits that Enter applies.
  var edits: [TextEdit] = []

  init(_ parts: [Part], edits: [TextEdit] = []) {
    self.parts = parts
    self.edits = edits
  }

  init(_ text: String, _ style: Style = Style()) { parts = [Part(text, style)] }
}
