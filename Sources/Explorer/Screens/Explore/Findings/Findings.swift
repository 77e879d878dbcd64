internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// What experiments can find out about a text: the pages of one pane.
public enum Finding: String, Sendable, Hashable, CaseIterable {
  case trajectory, flips, phrase, xray, robustness, history, pair, interactions, candidates, curve

  /// As on its tab.
  public var title: String {
    switch self {
    case .trajectory: "Trajectory"
    case .flips: "Flips"
    case .phrase: "Phrase"
    case .xray: "X-ray"
    case .robustness: "Typos"
    case .history: "History"
    case .pair: "A|B"
    case .interactions: "Meet"
    case .candidates: "Rank"
    case .curve: "Curve"
    }
  }
}

/// The pane of findings: which page is open, and what is known of the present text.
struct Findings: Sendable {
  /// The page that is shown; nil while the pane is closed.
  var page: Finding?
  /// The selected line of each page.
  var lists: [Finding: ListScroll] = [:]

  /// What is known of the present edition and class.
  var results = FindingResults()

  /// Phrases that were selected, as UTF-8 ranges; the newest last, two at most.
  var phrases: [Range<Int>] = []
  /// Where a phrase that is being selected begins.
  var phraseAnchor: Int?
  /// The unit that the mouse was pressed on.
  var dragAnchor: Int?

  /// Texts of earlier sessions and of other models, whose results are not known. They come before
  /// the visits in the history.
  var earlier: [JoinedTexts] = []
  /// The texts of this session, each with its results, the newest last.
  var visits: [Visit] = []
  /// The point of the curve that the arrows went to.
  var curvePoint: Int?
  /// The line of the history that is shown instead of the present text.
  var visited: Int?
  /// The text that is kept for comparison.
  var pinned: Visit?

  /// Texts that are ranked beside the first one.
  var candidates = Candidates()

  var historyCount: Int { earlier.count + visits.count }

  func list(_ page: Finding) -> ListScroll { lists[page] ?? ListScroll() }
}

/// What the pages show of one text.
struct FindingResults: Sendable {
  /// The class that they are about.
  var classIndex: Int?
  var trajectory: PrefixTrajectory.Result?
  var flips: FlipFinder.Result?
  /// Of a molecule.
  var swaps: SwapSearch.Result?
  var phrase: PhraseReading?
  var trace: TokenizationTrace?
  var robustness: Robustness.Result?
  var interactions: PairInteractions.Result?
  /// Of each explanation.
  var curves: [ExplanationChoice: MeasuredCurves] = [:]
  /// Pages that are complete, and why others failed.
  var done: Set<Finding> = []
  var problems: [Finding: String] = [:]
}

/// A line of a page.
struct FindingLine: Sendable, Equatable {
  struct Part: Sendable, Equatable {
    var text: String
    var style = Style()
    /// Where it begins, from the left; nil follows the part before.
    var column: Int?

    init(_ text: String, _ style: Style = Style(), column: Int? = nil) {
      self.text = text
      self.style = style
      self.column = column
    }
  }

  var parts: [Part]
  /// What Enter tries.
  var edits: [TextEdit] = []

  init(_ parts: [Part], edits: [TextEdit] = []) {
    self.parts = parts
    self.edits = edits
  }

  init(_ text: String, _ style: Style = Style()) { parts = [Part(text, style)] }
}
