/// A change of the shared state, for layers with data that depend on it.
package enum Change: Sendable {
  /// Another explainer was chosen; its name.
  case method(String)
  case classIndex(Int)
  /// The text changed; the value maps its old ranges to the new ones.
  case text(CarriedTexts)
  /// The results for the text or for another class are no longer valid.
  case results
  /// The first model was replaced: no result of the previous one is valid any more.
  case model
  /// A map was painted. A refinement of the same map is not a new map.
  case map(Explanation, isNewText: Bool, isNewMap: Bool)
  /// The painted map is about to be removed.
  case mapRemoval
  /// Rows of a data set are scored from the first one on; whether it is the same data set as
  /// before.
  case dataset(isSame: Bool)
  /// A row of the data set became the current one; its index in the table.
  case row(Int)
  /// Labelling by keys began.
  case labelling
  /// The size of the window changed.
  case size
  /// One pane fills the window now, or all panes are visible again.
  case zoom
  /// The cursor has rested for a moment, or a key did something other than move it.
  case rest
  /// The mouse button was released.
  case release
}

/// Something was opened that a layer may have work for.
package enum Opened: Sendable {
  case model
  /// A second model; awaited if the user has pressed no key since asking for it.
  case secondModel(name: String, isAwaited: Bool)
  case dataset
}

/// The place in the map that is selected.
package enum MapPlace: Sendable {
  case firstWord
  /// A word, by its index in the map.
  case unit(Int)
  /// The place that was selected before.
  case same
}
