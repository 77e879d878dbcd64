/// The pickle machine without anything that could do harm.
///
/// Source: CPython's `Lib/pickletools.py`, which describes each opcode.
struct Unpickler {
  /// Nodes refer to positions in the pickle by 32 bits.
  static let lengthLimit = 1 << 30

  let bytes: [UInt8]
  var position: Int
  private(set) var nodes: [Pickle.Node] = []
  private(set) var sequences: [[Pickle.ID]] = []
  private(set) var objects: [Pickle.Object] = []
  var stack: [Pickle.ID] = []
  /// The greatest height of the stack so far.
  private var highest = 0
  private var marks: [Int] = []
  private var memo = PickleMemo()
  /// How many bytes the values take so far, and may take.
  private var memory = 0
  private let memoryLimit: Int
  private let opcodeStart: Int

  init(bytes: [UInt8], position: Int) throws {
    guard bytes.count <= Self.lengthLimit else {
      throw CheckpointError.pickle(
        .tooLong(bytes: bytes.count, limit: Self.lengthLimit), offset: 0)
    }
    self.bytes = bytes
    self.position = position
    opcodeStart = position
    // A growing array exists twice for a moment.
    memoryLimit = 24 << 20 + bytes.count / 16
  }

  mutating func run() throws -> Pickle.ID {
    while true {
      let opcode = try byte()
      if opcode == UInt8(ascii: ".") { return try pop(opcode) }
      try perform(opcode)
    }
  }

  // MARK: - The stack

  mutating func pop(_ opcode: UInt8) throws -> Pickle.ID {
    guard stack.count > (marks.last ?? 0), let top = stack.popLast() else {
      throw fault(.emptyStack(opcode: opcode))
    }
    return top
  }

  func top(_ opcode: UInt8) throws -> Pickle.ID {
    guard stack.count > (marks.last ?? 0), let top = stack.last else {
      throw fault(.emptyStack(opcode: opcode))
    }
    return top
  }

  mutating func mark() throws {
    try count(MemoryLayout<Int>.stride)
    marks.append(stack.count)
  }

  /// Everything above the last mark, which is removed as well.
  mutating func popToMark(_ opcode: UInt8) throws -> [Pickle.ID] {
    guard let mark = marks.popLast() else { throw fault(.emptyStack(opcode: opcode)) }
    // A slice would keep the stack alive, which would then be copied at each opcode.
    let items = Array(stack[mark...])
    stack.removeLast(items.count)
    return items
  }

  /// `POP` removes a mark if there is nothing above it.
  mutating func discard(_ opcode: UInt8) throws {
    if let mark = marks.last, mark == stack.count {
      marks.removeLast()
    } else {
      _ = try pop(opcode)
    }
  }

  mutating func push(_ node: Pickle.Node) throws {
    try count(MemoryLayout<Pickle.Node>.stride)
    try push(Pickle.ID(nodes.count))
    nodes.append(node)
  }

  private mutating func push(_ id: Pickle.ID) throws {
    if stack.count == highest {
      try count(Self.id)
      highest += 1
    }
    stack.append(id)
  }

  mutating func pushSequence(_ elements: [Pickle.ID]) throws {
    try push(.sequence(try newSequence(elements)))
  }

  mutating func pushDictionary(_ elements: [Pickle.ID], _ opcode: UInt8) throws {
    guard elements.count.isMultiple(of: 2) else { throw fault(.wrongOperand(opcode: opcode)) }
    try push(.dictionary(try newSequence(elements)))
  }

  mutating func pushObject(_ constructor: Pickle.ID, _ arguments: Pickle.ID) throws {
    try count(MemoryLayout<Pickle.Object>.stride)
    objects.append(Pickle.Object(constructor: constructor, arguments: arguments))
    try push(.object(Pickle.ID(objects.count - 1)))
  }

  private mutating func newSequence(_ elements: [Pickle.ID]) throws -> Pickle.ID {
    try count(Self.sequence + Self.id * elements.count)
    sequences.append(elements)
    return Pickle.ID(sequences.count - 1)
  }

  private static let id = MemoryLayout<Pickle.ID>.stride
  /// A reference and an array's header.
  private static let sequence = 56

  private mutating func count(_ added: Int) throws {
    memory += added
    guard memory <= memoryLimit else { throw fault(.tooLarge(limit: memoryLimit)) }
  }

  // MARK: - Changing what was made

  /// Appends to a list or set, or to an object as its elements.
  mutating func append(
    _ elements: [Pickle.ID], to target: Pickle.ID, _ opcode: UInt8
  ) throws {
    try count(Self.id * elements.count)
    switch nodes[Int(target)] {
    case .sequence(let id): sequences[Int(id)] += elements
    case .object(let id):
      if let own = objects[Int(id)].elements {
        sequences[Int(own)] += elements
      } else {
        objects[Int(id)].elements = try newSequence(elements)
      }
    default: throw fault(.wrongOperand(opcode: opcode))
    }
  }

  /// Sets items of a dictionary, or of an object that acts as one.
  mutating func set(
    _ pairs: [Pickle.ID], in target: Pickle.ID, _ opcode: UInt8
  ) throws {
    guard pairs.count.isMultiple(of: 2) else { throw fault(.wrongOperand(opcode: opcode)) }
    try count(Self.id * pairs.count)
    switch nodes[Int(target)] {
    case .dictionary(let id): sequences[Int(id)] += pairs
    case .object(let id):
      if let own = objects[Int(id)].pairs {
        sequences[Int(own)] += pairs
      } else {
        objects[Int(id)].pairs = try newSequence(pairs)
      }
    default: throw fault(.wrongOperand(opcode: opcode))
    }
  }

  mutating func build(_ target: Pickle.ID, _ state: Pickle.ID, _ opcode: UInt8) throws {
    guard case .object(let id) = nodes[Int(target)] else {
      throw fault(.wrongOperand(opcode: opcode))
    }
    objects[Int(id)].state = state
  }

  mutating func remember(_ index: Int?, _ opcode: UInt8) throws {
    let index = index ?? memo.count
    try count(memo.cost(of: index))
    memo[index] = try top(opcode)
  }

  mutating func recall(_ index: Int) throws {
    guard let id = memo[index] else { throw fault(.unknownMemo(index)) }
    try push(id)
  }

  mutating func duplicate(_ opcode: UInt8) throws {
    try push(try top(opcode))
  }

  // MARK: - Reading

  mutating func byte() throws -> UInt8 {
    guard position < bytes.count else { throw fault(.endedEarly) }
    defer { position += 1 }
    return bytes[position]
  }

  /// The next `count` bytes, which are skipped, not copied.
  mutating func span(_ count: UInt64) throws -> Range<Int> {
    guard count <= UInt64(bytes.count - position) else { throw fault(.endedEarly) }
    let range = position..<position + Int(count)
    position = range.upperBound
    return range
  }

  /// An unsigned little-endian number of up to eight bytes.
  mutating func unsigned(_ size: Int) throws -> UInt64 {
    bytes[try span(UInt64(size))].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
  }

  /// The bytes up to the next line end, which is skipped too.
  mutating func line() throws -> Range<Int> {
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
      throw fault(.endedEarly, at: bytes.count)
    }
    defer { position = end + 1 }
    return position..<end
  }

  mutating func lineText() throws -> String {
    String(decoding: bytes[try line()], as: UTF8.self)
  }

  func fault(_ fault: PickleFault, at offset: Int? = nil) -> CheckpointError {
    .pickle(fault, offset: offset ?? position)
  }
}
