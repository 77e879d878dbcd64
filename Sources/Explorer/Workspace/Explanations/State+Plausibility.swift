internal import Attribution
internal import Reports
internal import Workbench

/// The plausibility of the map for the open row of a data set.
extension State {
  /// The ranges that annotators marked in the open row, in UTF-8 bytes; empty if there are none.
  var openedRationale: [Range<Int>] {
    guard layer.showsMap, let opened = dataset.openedRow, openedExample != nil else { return [] }
    return dataset.explained[opened]?.rationale ?? []
  }

  /// How well the map agrees with the annotators' rationale, by words: the area under the
  /// precision-recall curve.
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
