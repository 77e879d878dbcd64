internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// The data of the Compare screen, which shows explanations of one text side by side.
package struct CompareScreen: Sendable {
  enum Order: Sendable, CaseIterable { case text, score, disagreement }
  enum Drawer: Sendable { case agreement, faithfulness }

  /// What the columns are.
  enum Columns: Sendable { case explainers, classes, models }

  /// The initial columns: one explainer of each kind, and the control.
  static let usual = [
    "integrated-gradients", "input-x-gradient", "occlusion", "lime", "lrp", "random",
  ]

  /// If there are more classes, only the most probable ones have columns, because each needs an
  /// explanation of its own.
  static let mostClasses = 12

  /// The names of the explainers in the order of the columns; nil until the screen is first shown.
  var methods: [String]?
  var columns = Columns.explainers
  var column = 0
  /// The word at the cursor: an index into `CompareTable.units`.
  var unit = 0
  /// The first visible line; nil keeps the cursor visible.
  var top: Int?
  var order = Order.text
  /// Whether all columns share one scale instead of each having its own.
  var hasSharedScale = false
  /// The column that is subtracted from the others.
  var reference: Int?
  /// The earlier choices of columns, for undo.
  var columnSteps = Steps<ChosenColumns>()
  /// The edition of the text that the cursor's word belongs to.
  var edition: Edition?
  var drawer = Drawer.agreement

  package init() {}

  mutating func cycleOrder() {
    let orders = Order.allCases
    let index = orders.firstIndex(of: order) ?? 0
    order = orders[(index + 1) % orders.count]
    top = nil
  }
}

/// The choice of columns.
struct ChosenColumns: Sendable, Equatable {
  var methods: [String]?
  var columns: CompareScreen.Columns
  var other: OtherModel?
  var column: Int
}

/// A column: an explanation that has been computed or will be.
struct CompareColumn {
  var title: String
  var shortTitle: String
  var choice: ExplanationChoice
  var isSigned: Bool
  /// Whether the column is the control, which is shown like the others but does not count in
  /// verdicts.
  var isControl: Bool
  /// Why the explanation can't be computed.
  var problem: String?
  var explanation: Explanation?
  /// Whether all columns explain the same class, so that their signs can be compared.
  var isOfOneClass = true
  /// The words that the columns share, before this one is explained; nil if they follow from the
  /// text alone.
  var words: [HeatUnit]?
}

/// The content of the Compare screen, computed from the state: what each cell contains.
struct CompareTable {
  let columns: [CompareColumn]
  /// The words; the scores differ by column.
  let units: [HeatUnit]
  /// Indices of units in the order of the lines.
  let lines: [Int]
  private let scales: [Float]
  private let reference: Int?

  init(_ state: State) {
    let screen = state.compare
    columns = state.compareColumns
    let columns = columns
    let shown = columns.compactMap(\.explanation)
    units = columns.first?.words ?? shown.first?.map.units ?? state.bareUnits
    let own = columns.map { $0.explanation?.map.largest ?? 0 }
    let shared = zip(own, columns).filter { $1.isSigned }.map(\.0).max() ?? 0
    scales = zip(own, columns).map { screen.hasSharedScale && $1.isSigned ? shared : $0 }
    reference = screen.reference.flatMap { columns.indices.contains($0) ? $0 : nil }
    switch screen.order {
    case .text: lines = Array(units.indices)
    case .score:
      let map = columns.element(at: screen.column)?.explanation?.map ?? shown.first?.map
      lines = map?.ranking ?? Array(units.indices)
    case .disagreement:
      let scales = scales
      let spreads = units.indices.map { unit -> Float in
        let shares = zip(columns, scales).compactMap { column, scale -> Float? in
          guard column.isSigned, !column.isControl else { return nil }
          return Self.share(column, unit, scale)
        }
        return (shares.max() ?? 0) - (shares.min() ?? 0)
      }
      lines = units.indices.sorted {
        spreads[$0] == spreads[$1] ? $0 < $1 : spreads[$0] > spreads[$1]
      }
    }
  }

  /// The widths of the labels at the left and of each cell, in columns. Whole titles are shown if
  /// there is room, first at the left.
  static func widths(
    _ columns: [CompareColumn], of room: Int, cells: Int, least: Int
  ) -> (label: Int, cell: Int) {
    let longest = columns.map { DisplaySafe.columns(of: $0.shortTitle) }.max() ?? 0
    let label = max(9, min(longest + 1, room - cells * least))
    return (label, max(least, min(longest + 1, (room - label) / max(1, cells))))
  }

  private static func share(_ column: CompareColumn, _ unit: Int, _ scale: Float) -> Float? {
    guard let score = column.explanation?.map.units.element(at: unit)?.score else { return nil }
    return scale > 0 ? score / scale : 0
  }

  func score(_ unit: Int, _ column: Int) -> Float? {
    columns.element(at: column)?.explanation?.map.units.element(at: unit)?.score
  }

  /// The score as a share of its column's scale, minus that of the reference column.
  func share(_ unit: Int, _ column: Int) -> Float? {
    guard columns.indices.contains(column),
      let share = Self.share(columns[column], unit, scales[column])
    else { return nil }
    guard let reference, reference != column else { return share }
    return Self.share(columns[reference], unit, scales[reference]).map { share - $0 }
  }

  /// The columns that score a word for and against the class strongly enough to paint it.
  func votes(_ unit: Int) -> (for: [Int], against: [Int]) {
    var votes: (for: [Int], against: [Int]) = ([], [])
    for (index, column) in columns.enumerated() where column.isSigned && !column.isControl {
      guard let score = score(unit, index), let scale = column.explanation?.map.largest else {
        continue
      }
      let level = HeatLevel.level(of: score, scale: scale)
      if level > 0 { votes.for.append(index) }
      if level < 0 { votes.against.append(index) }
    }
    return votes
  }

  /// Whether some columns score the word for the class and others against it. Columns for different
  /// classes are expected to differ, so they have no disputes.
  func isDisputed(_ unit: Int) -> Bool {
    guard columns.allSatisfy(\.isOfOneClass) else { return false }
    let votes = votes(unit)
    return !votes.for.isEmpty && !votes.against.isEmpty
  }

  var hasDispute: Bool { lines.contains { isDisputed($0) } }

  /// The scores of a column's words for a rank comparison with another column: absolute values if
  /// one of the two is unsigned.
  func scores(_ column: Int, besides other: Int) -> [Float]? {
    guard columns.indices.contains(column), columns.indices.contains(other),
      let units = columns[column].explanation?.map.units
    else { return nil }
    let hasSign = columns[column].isSigned && columns[other].isSigned
    return units.map { hasSign ? $0.score : abs($0.score) }
  }
}

extension State {
  var compare: CompareScreen {
    _read { yield self[CompareScreen.self] }
    _modify { yield &self[CompareScreen.self] }
  }

  var chosenColumns: ChosenColumns {
    get {
      ChosenColumns(
        methods: compare.methods, columns: compare.columns, other: secondModel,
        column: compare.column)
    }
    set {
      (compare.methods, compare.columns) = (newValue.methods, newValue.columns)
      secondModel = newValue.other
      // Its prediction for this text is requested again.
      secondModel?.asked = nil
      secondModel?.prediction = nil
      (compare.column, compare.reference) = (newValue.column, nil)
    }
  }

  /// The columns of the Compare screen with the results so far.
  var compareColumns: [CompareColumn] {
    guard let summary, let target = targetClass else { return [] }
    if compare.columns == .models { return modelColumns }
    let cards: [(card: MethodCard, classIndex: Int)] =
      switch compare.columns {
      case .explainers:
        (compare.methods ?? []).compactMap { summary.method(named: $0) }.map { ($0.card, target) }
      case .classes:
        summary.method(named: settings.method).map { entry in
          likelyClasses(atMost: CompareScreen.mostClasses).map { (entry.card, $0) }
        } ?? []
      case .models: []
      }
    return cards.map { card, index in
      let choice = ExplanationChoice(
        method: card.name, classIndex: index, quantity: card.defaultQuantity)
      let name = summary.className(index)
      let isByClass = compare.columns == .classes
      return CompareColumn(
        title: isByClass ? name : card.title, shortTitle: isByClass ? name : card.shortTitle,
        choice: choice, isSigned: card.isSigned, isControl: card.name == "random",
        problem: summary.method(named: card.name)?.reasonNotApplicable
          ?? explanations.ended[choice],
        explanation: isPredictionFresh ? explanations.results[choice] : nil,
        isOfOneClass: !isByClass || summary.classes.count == 1)
    }
  }

  /// The words of the present text before any explanation.
  fileprivate var bareUnits: [HeatUnit] {
    guard isPredictionFresh, let pieces = predictions.latest?.prediction.encoding.joined.pieces
    else {
      return []
    }
    return HeatMap(
      pieces: pieces, scores: [Float](repeating: 0, count: pieces.count),
      showsSpecials: explanations.showsSpecials, off: off
    ).units
  }

  /// The next explanation that a column needs.
  var wantedForCompare: ExplanationChoice? {
    compareColumns.first {
      $0.problem == nil && $0.explanation?.isFinal != true && isFresh($0.choice.seat)
    }?.choice
  }
}
