/// Runs a `RegexProgram` over a text with backtracking, for a bounded number of steps.
struct RegexMatcher {
  /// A point to resume at when a match fails.
  private enum Way {
    case resume(instruction: Int, place: Int)
    /// A greedy run that may give scalars back: from `place` down to `least`.
    case shorten(instruction: Int, place: Int, least: Int)
    /// A lazy run that may take more scalars.
    case lengthen(instruction: Int, place: Int, most: Int)
    case restore(register: Int, Note)
  }

  private struct Note {
    var place = 0
    var ways = 0
  }

  private let program: RegexProgram
  private let text: ArraySlice<AlignedScalar>
  private var ways: [Way] = []
  private var notes: [Note]
  /// Oniguruma gives up a match after ten million backtracks; here the limit is for the whole text.
  private var steps: Int

  init(_ program: RegexProgram, _ text: ArraySlice<AlignedScalar>) {
    self.program = program
    self.text = text
    notes = [Note](repeating: Note(), count: program.registerCount)
    steps = 1_000_000 + text.count * 100
  }

  /// Where the match that starts at `start` ends.
  mutating func end(from start: Int) -> Int? {
    ways.removeAll(keepingCapacity: true)
    var instruction = 0
    var place = start
    while true {
      steps -= 1
      if steps < 0 { return nil }
      if case .done = program.instructions[instruction] { return place }
      if let next = step(instruction, &place) {
        instruction = next
      } else if let next = goBack(&place) {
        instruction = next
      } else {
        return nil
      }
    }
  }

  /// The next instruction; nil if this one fails.
  @inline(__always)
  private mutating func step(_ index: Int, _ place: inout Int) -> Int? {
    switch program.instructions[index] {
    case .set(let set):
      guard place < text.endIndex, program.contains(text[place].value, in: set) else {
        return nil
      }
      place += 1
      return index + 1
    case .run(let set, let minimum, let maximum, let greed):
      return run(index, &place, set, minimum, maximum, greed)
    case .fork(let first, let second):
      if !canStart(first, place) { return second }
      ways.append(.resume(instruction: second, place: place))
      return first
    case .jump(let target): return target
    case .anchor(let anchor): return holds(anchor, at: place) ? index + 1 : nil
    case .mark(let register):
      note(register, place)
      return index + 1
    case .leaveIfStuck(let register, let exit):
      return notes[register].place == place ? exit : index + 1
    case .enter(let register):
      note(register, place)
      return index + 1
    case .forgetWays(let register):
      forget(register)
      return index + 1
    case .returnTo(let register):
      forget(register)
      place = notes[register].place
      return index + 1
    case .enterNegative(let register, let target):
      // Pushed after the note, so that both are discarded together.
      note(register, place)
      ways.append(.resume(instruction: target, place: place))
      return index + 1
    case .failNegative(let register):
      forget(register)
      return nil
    case .back(let count):
      guard place - count >= text.startIndex else { return nil }
      place -= count
      return index + 1
    case .fail, .done: return nil
    }
  }

  /// Whether an instruction could match here at all; tested before a backtracking point is pushed.
  @inline(__always)
  private func canStart(_ index: Int, _ place: Int) -> Bool {
    switch program.instructions[index] {
    case .set(let set):
      return place < text.endIndex && program.contains(text[place].value, in: set)
    case .run(let set, let minimum, _, _) where minimum > 0:
      return place < text.endIndex && program.contains(text[place].value, in: set)
    default: return true
    }
  }

  @inline(__always)
  private mutating func run(
    _ index: Int, _ place: inout Int, _ set: Int, _ minimum: Int, _ maximum: Int,
    _ greed: RegexRepetition.Greed
  ) -> Int? {
    let start = place
    let most = maximum < text.endIndex - start ? start + maximum : text.endIndex
    guard minimum <= text.endIndex - start else { return nil }
    let least = start + minimum
    let limit = greed == .lazy ? least : most
    while place < limit, program.contains(text[place].value, in: set) { place += 1 }
    steps -= place - start
    if place < least { return nil }
    if greed == .greedy, place > least {
      ways.append(.shorten(instruction: index + 1, place: place - 1, least: least))
    }
    if greed == .lazy, place < most {
      ways.append(.lengthen(instruction: index, place: place, most: most))
    }
    return index + 1
  }

  private mutating func goBack(_ place: inout Int) -> Int? {
    while let way = ways.popLast() {
      steps -= 1
      switch way {
      case .resume(let instruction, let from):
        place = from
        return instruction
      case .shorten(let instruction, let from, let least):
        if from > least {
          ways.append(.shorten(instruction: instruction, place: from - 1, least: least))
        }
        place = from
        return instruction
      case .lengthen(let index, let from, let most):
        guard case .run(let set, _, _, _) = program.instructions[index],
          program.contains(text[from].value, in: set)
        else { continue }
        if from + 1 < most {
          ways.append(.lengthen(instruction: index, place: from + 1, most: most))
        }
        place = from + 1
        return index + 1
      case .restore(let register, let note): notes[register] = note
      }
    }
    return nil
  }

  private mutating func note(_ register: Int, _ place: Int) {
    ways.append(.restore(register: register, notes[register]))
    notes[register] = Note(place: place, ways: ways.count)
  }

  private mutating func forget(_ register: Int) {
    let kept = notes[register].ways
    // What the discarded points would have restored is written again before it is read.
    if ways.count > kept { ways.removeLast(ways.count - kept) }
  }

  private func holds(_ anchor: RegexAnchor, at place: Int) -> Bool {
    let (start, end) = (text.startIndex, text.endIndex)
    func isLineEnd(_ place: Int) -> Bool { text[place].value == 0x0A }
    switch anchor {
    case .lineStart: return place == start || (place < end && isLineEnd(place - 1))
    case .lineEnd: return place == end || isLineEnd(place)
    case .textStart: return place == start
    case .textEnd: return place == end
    case .textEndOrLastLineEnd:
      return place == end || (place == end - 1 && isLineEnd(place))
    case .wordBoundary: return isWord(place - 1) != isWord(place)
    case .noWordBoundary: return isWord(place - 1) == isWord(place)
    }
  }

  private func isWord(_ place: Int) -> Bool {
    text.indices.contains(place)
      && ScalarFacts(of: text[place].value).has(ScalarFacts.regexWord)
  }
}
