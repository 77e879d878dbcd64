internal import Synchronization

extension Depiction {
  /// How many drawings are kept.
  private static let mostKept = 32
  private static let keptDrawings = Mutex<[(text: String, drawing: Depiction)]>([])

  /// The drawing of a molecule on its own. The last ones are cached, because a layout takes
  /// milliseconds, and the same molecule is drawn for each format and each time its row is shown.
  /// - Throws: `DepictionRefusal`.
  public static func kept(of molecule: Molecule) throws(DepictionRefusal) -> Depiction {
    let known = keptDrawings.withLock { kept in
      kept.last { $0.text.utf8.elementsEqual(molecule.text.utf8) }?.drawing
    }
    // the same text may be read as different molecules: as a whole, or as far as it has been typed
    if let known, known.molecule == molecule { return known }
    let drawing = try Depiction(of: molecule)
    keptDrawings.withLock { kept in
      kept.append((molecule.text, drawing))
      if kept.count > mostKept { kept.removeFirst() }
    }
    return drawing
  }
}
