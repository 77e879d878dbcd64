/// A change of what all screens share, for the layers that keep something about it.
package enum Change: Sendable {
  /// Another explainer was chosen, by its name.
  case method(String)
  case classIndex(Int)
  /// The text changed: where its parts stand now.
  case text(CarriedTexts)
  /// What was found out about the text, or for another class, is void.
  case results
  /// Another model took the first seat: nothing that the one before it said counts any more.
  case model
  /// A map is painted. A refinement of it is no new map.
  case map(Explanation, isNewText: Bool, isNewMap: Bool)
  /// The painted map is about to go.
  case mapRemoval
  /// The rows of a data set are scored from the first one on. It may be the one from before.
  case dataset(isSame: Bool)
  /// A row of the data set is looked at, by its number in the table.
  case row(Int)
  /// Rows are labelled by keys from now on.
  case labelling
  /// The window has another size.
  case size
  /// One pane fills the window, or all are seen again.
  case zoom
  /// The cursor rests, or a key did something else than move it.
  case rest
  /// The mouse's button was let go.
  case release
}

/// What a layer may have work for.
package enum Opened: Sendable {
  case model
  /// One beside the first; awaited by somebody who has done nothing else since.
  case secondModel(name: String, isAwaited: Bool)
  case dataset
}

/// Where the map of the text is looked at.
package enum MapPlace: Sendable {
  case firstWord
  /// A word by its number in the map.
  case unit(Int)
  /// Wherever it was looked at before.
  case same
}
