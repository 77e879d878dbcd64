internal import Datasets
internal import TerminalUI
package import Workbench

/// The latest contrasts of rows: why the predicted class and not another one. At most 100 are kept.
struct ContrastedRows: Sendable {
  private var rows: [ContrastedRow: ExplainedRow] = [:]
  private var order: [ContrastedRow] = []
  /// The latest request.
  var asked: ContrastedRow?

  private static let limit = 100

  subscript(asked: ContrastedRow) -> ExplainedRow? { rows[asked] }

  mutating func add(_ explained: ExplainedRow, for asked: ContrastedRow) {
    if rows.updateValue(explained, forKey: asked) == nil { order.append(asked) }
    if order.count > Self.limit { rows[order.removeFirst()] = nil }
  }
}

/// Contrasts of the rows of a data set.
extension State {
  /// The previewed row with the class that its predicted class is contrasted with; nil if the
  /// prediction is explained alone.
  var contrastedRow: ContrastedRow? {
    guard canContrast, let table = dataset.table, let row = previewedRow,
      row < table.count
    else { return nil }
    let versus: Int?
    switch settings.contrast {
    case .none: return nil
    case .fixed(let index) where index != table.explainedClass(row): versus = index
    case .fixed, .automatic: versus = table.rivalClass(row)
    }
    return versus.map { ContrastedRow(row: row, versus: $0) }
  }

  mutating func settleContrast(_ effects: inout [Effect]) {
    guard screen == .errors, let wanted = contrastedRow, errors.contrasted[wanted] == nil,
      errors.contrasted.asked != wanted, let table = dataset.table
    else { return }
    errors.contrasted.asked = wanted
    ask(ContrastRow(wanted, of: table), &effects)
  }

  /// `why Business and not Sci/Tech?  c: Business alone`; nil if the prediction is
  /// explained alone.
  func contrastLine(_ row: Int) -> String? {
    guard settings.contrast != .none, let table = dataset.table else { return nil }
    guard let asked = contrastedRow else { return "there is no class to contrast it with" }
    func name(_ index: Int) -> String { table.classes.element(at: index) ?? "\(index)" }
    let answer = name(table.explainedClass(row))
    let end = errors.contrasted[asked] == nil ? signs.ellipsis : "?"
    return "why \(answer) and not \(name(asked.versus))\(end)  c: \(answer) alone"
  }
}

extension ContrastRow: AskedQuestion {
  package func receive(
    _ answer: ExplainedRow, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) { state.errors.contrasted.add(answer, for: asked) }
}

extension ExampleTable {
  /// The class that a row's predicted class is contrasted with: the gold class if the prediction is
  /// wrong, and otherwise the next most probable class; nil if a text can have several classes, or
  /// if the probabilities were not stored.
  fileprivate func rivalClass(_ row: Int) -> Int? {
    let (example, answer) = (self[row], explainedClass(row))
    if case .several = example.predicted { return nil }
    if case .one(let gold) = example.gold, gold != answer { return gold }
    return probabilities(ofRow: row)?.mostProbable(besides: answer)
  }
}
