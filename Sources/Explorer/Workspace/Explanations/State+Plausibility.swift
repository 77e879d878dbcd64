internal import Attribution
internal import Reports
internal import Workbench

/// What annotators marked in the row of a data set that is open.
extension State {
  /// UTF-8 ranges of its text; empty if nothing was marked.
  var openedRationale: [Range<Int>] {
    guard layer.showsMap, let opened = dataset.openedRow, openedExample != nil else { return [] }
    return dataset.explained[opened]?.rationale ?? []
  }

  /// How well the map agrees with the annotators, by words: the area under the precision-recall
  /// curve.
  var openedPlausibility: Double? {
    let rationale = openedRationale
    guard !rationale.isEmpty, let shown = explanations.shown, !isShownStale else { return nil }
    let items = shown.map.units.filter { $0.mark == nil }.map { unit in
      (
        score: max(Double(unit.score), 0),
        isReason: rationale.contains { $0.overlaps(unit.utf8Range) }
      )
    }
    return items.contains(where: \.isReason) ? Plausibility.area(items) : nil
  }
}
