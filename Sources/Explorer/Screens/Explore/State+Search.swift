internal import Reports
internal import TerminalUI

/// Going through the strong words, or through the matches of a search.
extension State {
  /// The units that the keys visit, in the order of the text.
  private var stops: [Int] {
    guard let shown = explanations.shown, !isShownStale else { return [] }
    let units = shown.map.units
    if let search = explore.search, !search.isEmpty {
      let found = places(of: search)
      return units.indices.filter { index in
        found.contains { $0.overlaps(units[index].utf8Range) }
      }
    }
    return units.indices.filter { units[$0].mark == nil && abs(level(of: units[$0])) >= 2 }
  }

  /// The ranges (UTF-8) where a text occurs in the present one, ignoring ASCII case.
  func places(of wanted: String) -> [Range<Int>] {
    let text = Array(document.text.utf8)
    let folded = { (byte: UInt8) in (65...90).contains(byte) ? byte | 32 : byte }
    let sought = wanted.utf8.map(folded)
    guard !sought.isEmpty, sought.count <= text.count else { return [] }
    var found: [Range<Int>] = []
    var start = 0
    while start + sought.count <= text.count {
      if (0..<sought.count).allSatisfy({ folded(text[start + $0]) == sought[$0] }) {
        found.append(start..<start + sought.count)
        start += sought.count
      } else {
        start += 1
      }
    }
    return found
  }

  /// Selects the next stop, and wraps around at the ends.
  mutating func moveToStop(by step: Int) {
    let stops = stops
    guard !stops.isEmpty else {
      return say(explore.search.map { "\($0) is not in the text" } ?? "no high-scoring word here")
    }
    let here = explore.selectedUnit
    let next =
      step > 0
      ? stops.first { $0 > here } ?? stops[0] : stops.last { $0 < here } ?? stops[stops.count - 1]
    select(stop: next, of: stops)
  }

  /// Selects the first stop at or after the selected word, as the search is typed.
  mutating func moveToFirstStop() {
    let stops = stops
    guard let next = stops.first(where: { $0 >= explore.selectedUnit }) ?? stops.first else {
      return
    }
    select(stop: next, of: stops)
  }

  private mutating func select(stop: Int, of stops: [Int]) {
    if explore.focus != .tokens { explore.focus = .heatmap }
    explore.selectedUnit = stop
    explore.molecule.atom = nil
    reveal()
    let place = (stops.firstIndex(of: stop) ?? 0) + 1
    let what = explore.search.map { "\"\($0)\" " } ?? "strong word "
    say("\(what)\(place) of \(stops.count); . next  , previous")
  }

  /// - Returns: false if no search is active.
  mutating func endSearch() -> Bool {
    guard explore.search != nil else { return false }
    explore.search = nil
    say("search closed; . goes to the next strong word")
    return true
  }
}

extension Action {
  static let nextStrong = Action("next strong word") { state, _ in state.moveToStop(by: 1) }
  static let previousStrong = Action("previous strong word") { state, _ in
    state.moveToStop(by: -1)
  }
}
