/// SentencePiece's character map as the library applies it: to short grapheme clusters as a whole,
/// then to single scalars. The shortest matching key is used, and replaces the whole cluster.
struct Precompiled: Normalizer {
  private let map: CharacterMap
  /// Replacements of ASCII characters; nil if a character is unchanged.
  private let ascii: [[UInt32]?]

  init(_ map: CharacterMap) {
    self.map = map
    ascii = (UInt8(0)..<128).map { map.shortestMatch(CollectionOfOne($0))?.scalarValues }
  }

  func normalize(_ text: inout AlignedText) {
    var changes: [ScalarChange] = []
    changes.reserveCapacity(text.scalars.count)
    var isChanged = false
    var place = 0
    while place < text.scalars.count, changes.count <= text.growthLimit {
      let end = clusterEnd(in: text.scalars, from: place)
      let cluster = text.scalars[place..<end]
      if let whole = replacement(cluster) {
        append(whole, for: cluster.count, to: &changes)
        isChanged = true
      } else {
        for scalar in cluster {
          if let single = replacement(of: scalar.value) {
            append(single, for: 1, to: &changes)
            isChanged = true
          } else {
            changes.append(ScalarChange(scalar.value, 0))
          }
        }
      }
      place = end
    }
    if isChanged { text.transform(changes) }
  }

  /// Clusters of six bytes or more are replaced scalar by scalar.
  private func replacement(_ cluster: ArraySlice<AlignedScalar>) -> [UInt32]? {
    if cluster.count == 1, let first = cluster.first, first.value < 128 {
      return ascii[Int(first.value)]
    }
    let bytes = cluster.prefix(6).flatMap { utf8Bytes(of: $0.value) }
    return bytes.count < 6 ? map.shortestMatch(bytes)?.scalarValues : nil
  }

  private func replacement(of scalar: UInt32) -> [UInt32]? {
    scalar < 128 ? ascii[Int(scalar)] : map.shortestMatch(utf8Bytes(of: scalar))?.scalarValues
  }

  /// Additional scalars count as inserted; if there are fewer, the last one covers the removed
  /// ones.
  private func append(_ text: [UInt32], for count: Int, to changes: inout [ScalarChange]) {
    let start = changes.count
    for value in text { changes.append(ScalarChange(value, 0)) }
    if text.count > count {
      for place in start + count..<changes.count { changes[place].change = 1 }
    } else if text.count < count, !changes.isEmpty {
      changes[changes.count - 1].change += text.count - count
    }
  }

  private func clusterEnd(in scalars: [AlignedScalar], from start: Int) -> Int {
    guard start + 1 < scalars.count else { return scalars.count }
    if scalars[start].value < 0x300, scalars[start].value != 0x0D, scalars[start].value != 0xA9,
      scalars[start].value != 0xAE, scalars[start + 1].value < 0x300
    {
      return start + 1
    }
    // A cluster of less than six bytes has no more scalars than that.
    let text = String(scalarValues: scalars[start..<min(start + 7, scalars.count)].map(\.value))
    return start + (text.first?.unicodeScalars.count ?? 1)
  }
}
