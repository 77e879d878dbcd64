// spaCy's URL pattern as code, with the same matches but without backtracking, in linear time.

extension EnglishWords {
  /// `^(scheme://)?(user(:password)?@)?(IP address|domain)(:port)?([/?#]path)?$`
  func isURL(_ string: MappedSlice) -> Bool {
    guard string.contains(where: { $0.value == dot }) else { return false }
    return starts(of: string).contains { isHostToEnd($0, of: string) }
  }

  /// Where a host may start: at the front, after the scheme, after any `@` that follows something.
  private func starts(of string: MappedSlice) -> [Int] {
    var starts = [string.startIndex]
    let scheme = string.end(from: string.startIndex) {
      $0.isWord || $0.value == 0x2B || $0.value == 0x2D || $0.value == dot
    }
    if scheme - string.startIndex >= 2 && string.has("://", at: scheme) {
      starts.append(scheme + 3)
    }
    // A user name may contain anything, even a scheme, so one start at the front is enough.
    for place in string.indices.dropFirst() where string[place].value == 0x40 {
      starts.append(place + 1)
    }
    return starts
  }

  private func isHostToEnd(_ start: Int, of string: MappedSlice) -> Bool {
    isAddressToEnd(start, of: string) || isDomainToEnd(start, of: string)
  }

  /// `(?::\d{2,5})?(?:[/?#]\S*)?$`
  private func isPortAndPath(_ start: Int, of string: MappedSlice) -> Bool {
    var place = start
    if place < string.endIndex && string[place].value == 0x3A {
      let end = string.end(from: place + 1) { $0.classes.contains(.digit) }
      guard (2...5).contains(end - place - 1) else { return false }
      place = end
    }
    guard place < string.endIndex else { return true }
    return [0x2F, 0x3F, 0x23].contains(string[place].value)
  }

  /// `(?:(?:[hc][hc_-]{0,62})?[hc]\.)+(?:[{al}]{2,63})`, where hc is a letter or digit of a host.
  /// Neither a label nor the top-level domain may contain a full stop, so there is only one way to
  /// parse it.
  private func isDomainToEnd(_ start: Int, of string: MappedSlice) -> Bool {
    var label = start
    while true {
      let end = string.end(from: label) { $0.isHost || $0.value == 0x5F || $0.value == 0x2D }
      guard (1...64).contains(end - label), end < string.endIndex, string[end].value == dot,
        string[label].isHost, string[end - 1].isHost
      else { return false }
      label = end + 1
      let top = string.end(from: label) { $0.classes.contains(.lowerAlpha) }
      if (2...63).contains(top - label) && isPortAndPath(top, of: string) { return true }
    }
  }

  /// Four numbers, except private and reserved networks. `\d` is any decimal digit of Unicode;
  /// digits that the pattern spells out are ASCII.
  private func isAddressToEnd(_ start: Int, of string: MappedSlice) -> Bool {
    var octets: [MappedSlice] = []
    var place = start
    while octets.count < 4 {
      let end = string.end(from: place) { $0.classes.contains(.digit) }
      guard (1...3).contains(end - place) else { return false }
      octets.append(string[place..<end])
      place = end
      if octets.count < 4 {
        guard place < string.endIndex, string[place].value == dot else { return false }
        place += 1
      }
    }
    return octets[0].isOne(of: ["[1-9]", "[1-9]d", "1dd", "2[0-1]d", "22[0-3]"])
      && octets[1...2].allSatisfy { $0.isOne(of: ["d", "dd", "1d", "1dd", "2[0-4]d", "25[0-5]"]) }
      && octets[3].isOne(of: ["[1-9]", "[1-9]d", "1dd", "2[0-4]d", "25[0-4]"])
      && !isPrivate(octets) && isPortAndPath(place, of: string)
  }

  private func isPrivate(_ octets: [MappedSlice]) -> Bool {
    octets[0].isOne(of: ["10", "127"])
      || octets[0].isOne(of: ["169"]) && octets[1].isOne(of: ["254"])
      || octets[0].isOne(of: ["192"]) && octets[1].isOne(of: ["168"])
      || octets[0].isOne(of: ["172"]) && octets[1].isOne(of: ["1[6-9]", "2d", "3[0-1]"])
  }
}

extension MappedScalar {
  /// `[A-Za-z0-9\u00a1-\uffff]`
  fileprivate var isHost: Bool {
    isCapital || isSmall || isASCIIDigit || (value >= 0xA1 && value <= 0xFFFF)
  }
}

extension MappedSlice {
  /// Patterns of ASCII characters, `d` for any digit and `[2-4]` for a range.
  fileprivate func isOne(of patterns: [String]) -> Bool {
    patterns.contains { pattern in
      var rest = self
      var pattern = pattern.unicodeScalars[...]
      while let next = pattern.popFirst() {
        guard let scalar = rest.popFirst() else { return false }
        if next == "d" {
          guard scalar.classes.contains(.digit) else { return false }
        } else if next == "[", pattern.count >= 4 {
          let bounds = [pattern.removeFirst(), pattern.removeFirst(), pattern.removeFirst()]
          pattern.removeFirst()
          guard scalar.value >= bounds[0].value, scalar.value <= bounds[2].value else {
            return false
          }
        } else if scalar.value != next.value {
          return false
        }
      }
      return rest.isEmpty
    }
  }
}

private let dot: UInt32 = 0x2E
