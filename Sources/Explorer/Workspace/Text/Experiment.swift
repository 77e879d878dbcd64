internal import Attribution

/// What is tried on a text: words that are not read, and words that replace others.
public struct Experiment: Sendable, Equatable {
  /// A range of the present text, and the text that it replaces.
  public struct Swap: Sendable, Equatable {
    public var utf8Range: Range<Int>
    public var original: String
    /// The number of a molecule's groups that were swapped in the range; 0 if no groups were
    /// swapped.
    var swaps = 0
  }

  /// The words that are switched off: the model does not read them, but they stay in the text. In
  /// ascending order.
  public internal(set) var off: [Range<Int>] = []
  /// In ascending order, without overlaps.
  public internal(set) var swaps: [Swap] = []

  public var isEmpty: Bool { off.isEmpty && swaps.isEmpty }

  /// The number of replacements; one range of a molecule can contain several swapped groups.
  var replacements: Int { swaps.reduce(0) { $0 + max(1, $1.swaps) } }

  /// The text with all replacements undone.
  func original(of text: String) -> String {
    Rewriting(swaps.map { TextEdit($0.utf8Range, replacement: $0.original) }, of: text).result
  }

  /// The experiment after an edit of the text, without what the edit touched.
  func carried(by move: CarriedRanges) -> Experiment {
    var result = Experiment()
    result.off = off.compactMap { move.range($0) }
    result.swaps = swaps.compactMap { swap in
      move.range(swap.utf8Range).map { swap.moved(to: $0) }
    }
    return result
  }

  /// The experiment shifted by a number of bytes.
  func moved(by bytes: Int) -> Experiment {
    func moved(_ range: Range<Int>) -> Range<Int> {
      range.lowerBound + bytes..<range.upperBound + bytes
    }
    var result = Experiment()
    result.off = off.map(moved)
    result.swaps = swaps.map { $0.moved(to: moved($0.utf8Range)) }
    return result
  }

  /// The part of the experiment within a range of the text.
  func within(_ stretch: Range<Int>) -> Experiment {
    var result = Experiment()
    result.off = off.map { $0.clamped(to: stretch) }.filter { !$0.isEmpty }
    result.swaps = swaps.filter {
      $0.utf8Range.lowerBound >= stretch.lowerBound && $0.utf8Range.upperBound <= stretch.upperBound
    }
    return result
  }

  /// Combines experiments on two ranges of a text.
  static func + (a: Experiment, b: Experiment) -> Experiment {
    var result = a
    result.off += b.off
    result.swaps += b.swaps
    return result
  }

  /// The experiment with further edits of the text; a replacement that is replaced again keeps its
  /// original.
  func applying(_ edits: [TextEdit], to text: String) -> (text: String, experiment: Experiment) {
    let whole = edits.filter { $0.replacement != nil }.map { widened($0, text) }
    let rewriting = Rewriting(whole, of: text)
    var result = Experiment()
    let switchedOff = edits.filter { $0.replacement == nil }.map(\.utf8Range)
    result.off = EditedText.joined((off + switchedOff).compactMap { rewriting.moved($0) })
    let bytes = text.utf8.count
    result.swaps = swaps.filter { swap in
      swap.utf8Range.upperBound <= bytes
        && !rewriting.placed.contains { touches($0.old, swap.utf8Range) }
    }.compactMap { swap in
      rewriting.moved(swap.utf8Range).map { swap.moved(to: $0) }
    }
    for (old, new) in rewriting.placed {
      let original = originalText(old, of: text)
      guard original != rewriting.result.utf8Text(new) else { continue }
      let swaps = whole.first { $0.utf8Range == old }?.swaps ?? 0
      result.swaps.append(Swap(utf8Range: new, original: original, swaps: swaps))
    }
    result.swaps.sort { $0.utf8Range.lowerBound < $1.utf8Range.lowerBound }
    return (rewriting.result, result)
  }

  /// The edit extended over the whole of all swaps that it touches.
  private func widened(_ edit: TextEdit, _ text: String) -> TextEdit {
    let touched = swaps.filter { touches(edit.utf8Range, $0.utf8Range) }
    let start = min(edit.utf8Range.lowerBound, touched.map(\.utf8Range.lowerBound).min() ?? .max)
    let end = max(edit.utf8Range.upperBound, touched.map(\.utf8Range.upperBound).max() ?? 0)
    let before = text.utf8Text(start..<edit.utf8Range.lowerBound)
    let after = text.utf8Text(edit.utf8Range.upperBound..<end)
    // An edit that replaces exactly another swap does not count as a further one.
    let others = touched.filter { $0.utf8Range != edit.utf8Range }.map(\.swaps)
    return TextEdit(
      start..<end, replacement: before + (edit.replacement ?? "") + after,
      swaps: edit.swaps + others.reduce(0, +))
  }

  /// The original text of a range whose ends are not inside a swap.
  private func originalText(_ range: Range<Int>, of text: String) -> String {
    let inner = swaps.filter { touches(range, $0.utf8Range) }.map {
      let local =
        $0.utf8Range.lowerBound - range.lowerBound..<$0.utf8Range.upperBound - range.lowerBound
      return TextEdit(local, replacement: $0.original)
    }
    return Rewriting(inner, of: text.utf8Text(range)).result
  }

  private func touches(_ edit: Range<Int>, _ swap: Range<Int>) -> Bool {
    edit.overlaps(swap) || edit == swap
      || (swap.isEmpty && edit.contains(swap.lowerBound))
      || (edit.isEmpty && swap.contains(edit.lowerBound) && edit.lowerBound > swap.lowerBound)
  }
}

extension Experiment.Swap {
  fileprivate func moved(to range: Range<Int>) -> Self {
    Self(utf8Range: range, original: original, swaps: swaps)
  }
}
