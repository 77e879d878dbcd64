/// A regular expression compiled to instructions for `RegexMatcher`.
struct RegexProgram: Sendable {
  static let instructionLimit = 20_000

  enum Instruction: Sendable, Hashable {
    case set(Int)
    /// Repeats a set; the next instruction follows.
    case run(set: Int, minimum: Int, maximum: Int, greed: RegexRepetition.Greed)
    /// Tries `first`, then `second` if that fails.
    case fork(first: Int, second: Int)
    case jump(Int)
    case anchor(RegexAnchor)
    /// Stores the position in a register, so that a loop that matched nothing ends.
    case mark(register: Int)
    case leaveIfStuck(register: Int, exit: Int)
    /// Stores the number of backtracking points (and the position), to discard those pushed in
    /// between.
    case enter(register: Int)
    case forgetWays(register: Int)
    /// The same, and returns to the stored position.
    case returnTo(register: Int)
    /// Continues at `target` if what follows fails.
    case enterNegative(register: Int, target: Int)
    case failNegative(register: Int)
    case back(Int)
    case fail
    case done
  }

  private(set) var instructions: [Instruction] = []
  private(set) var sets: [ScalarSet] = []
  /// The members of each set below U+0080, two words each.
  private(set) var asciiMembers: [UInt64] = []
  private(set) var registerCount = 0
  private var compiledNodes = 0

  /// - Throws: `RegexError`.
  init(_ node: RegexNode) throws {
    try compile(node)
    try emit(.done)
    asciiMembers = sets.flatMap { [$0.low, $0.high] }
  }

  @inline(__always)
  func contains(_ scalar: UInt32, in set: Int) -> Bool {
    scalar < 128
      ? asciiMembers[2 * set + Int(scalar >> 6)] & (1 << UInt64(scalar & 63)) != 0
      : sets[set].contains(scalar)
  }

  private mutating func emit(_ instruction: Instruction) throws {
    guard instructions.count < Self.instructionLimit else {
      throw RegexError.tooLong(limit: Self.instructionLimit)
    }
    instructions.append(instruction)
  }

  private mutating func register() -> Int {
    registerCount += 1
    return registerCount - 1
  }

  private mutating func index(of set: ScalarSet) -> Int {
    if let known = sets.firstIndex(of: set) { return known }
    sets.append(set)
    return sets.count - 1
  }

  private mutating func compile(_ node: RegexNode) throws {
    // Repetitions of nothing emit no instruction, but may be nested a thousand within a thousand.
    compiledNodes += 1
    guard compiledNodes <= 10 * Self.instructionLimit else {
      throw RegexError.tooLong(limit: Self.instructionLimit)
    }
    switch node {
    case .set(let set): try emit(.set(index(of: set)))
    case .sequence(let nodes): for node in nodes { try compile(node) }
    case .alternatives(let nodes): try compileAlternatives(nodes) { try $0.compile($1) }
    case .repetition(let node, let times): try compileRepetition(node, times)
    case .anchor(let anchor): try emit(.anchor(anchor))
    case .atomic(let node):
      let register = register()
      try emit(.enter(register: register))
      try compile(node)
      try emit(.forgetWays(register: register))
    case .look(let node, let behind, let negated):
      try compileLook(node, behind: behind, negated: negated)
    }
  }

  /// - Parameter compile: compiles one alternative, forwards or for a lookbehind.
  private mutating func compileAlternatives(
    _ nodes: [RegexNode], by compile: (inout Self, RegexNode) throws -> Void
  ) throws {
    var jumps: [Int] = []
    for (index, node) in nodes.enumerated() {
      let fork = instructions.count
      if index < nodes.count - 1 { try emit(.fail) }
      try compile(&self, node)
      if index < nodes.count - 1 {
        jumps.append(instructions.count)
        try emit(.fail)
        instructions[fork] = .fork(first: fork + 1, second: instructions.count)
      }
    }
    for jump in jumps { instructions[jump] = .jump(instructions.count) }
  }

  private mutating func compileRepetition(_ node: RegexNode, _ times: RegexRepetition) throws {
    if case .set(let set) = node {
      let run = Instruction.run(
        set: index(of: set), minimum: times.minimum, maximum: times.maximum ?? Int.max,
        greed: times.greed)
      return try emit(run)
    }
    if times.greed == .possessive {
      var greedy = times
      greedy.greed = .greedy
      return try compile(.atomic(.repetition(node, greedy)))
    }
    for _ in 0..<times.minimum { try compile(node) }
    if let maximum = times.maximum {
      var forks: [Int] = []
      for _ in times.minimum..<max(times.minimum, maximum) {
        forks.append(instructions.count)
        try emit(.fail)
        try compile(node)
      }
      for fork in forks { instructions[fork] = choice(at: fork, times.greed) }
      return
    }
    let loop = instructions.count
    try emit(.fail)
    let register = node.canBeEmpty ? register() : nil
    if let register { try emit(.mark(register: register)) }
    try compile(node)
    if let register {
      try emit(.leaveIfStuck(register: register, exit: instructions.count + 2))
    }
    try emit(.jump(loop))
    instructions[loop] = choice(at: loop, times.greed)
  }

  /// Enters or leaves a loop at its start.
  private func choice(at place: Int, _ greed: RegexRepetition.Greed) -> Instruction {
    greed == .lazy
      ? .fork(first: instructions.count, second: place + 1)
      : .fork(first: place + 1, second: instructions.count)
  }

  private mutating func compileLook(_ node: RegexNode, behind: Bool, negated: Bool) throws {
    let register = register()
    let start = instructions.count
    try emit(negated ? .fail : .enter(register: register))
    if behind {
      try compileBehind(node)
    } else {
      try compile(node)
    }
    try emit(negated ? .failNegative(register: register) : .returnTo(register: register))
    if negated {
      instructions[start] = .enterNegative(register: register, target: instructions.count)
    }
  }

  private mutating func compileBehind(_ node: RegexNode) throws {
    if case .alternatives(let nodes) = node {
      let branches = try nodes.map { branch in
        guard branch.width != nil else { throw RegexError.unsupported("(?<=…*)", at: 0) }
        return branch
      }
      return try compileAlternatives(branches) { try $0.compileBehind($1) }
    }
    guard let width = node.width else { throw RegexError.unsupported("(?<=…*)", at: 0) }
    try emit(.back(width))
    try compile(node)
  }
}
