/// A Python pickle as data: nothing in it is imported, called or run.
///
/// What a pickle would call (`REDUCE`, `NEWOBJ`, `INST` …) becomes an object that says what would
/// have been called with what. Objects refer to each other by number, so that cycles, shared parts
/// and deep nesting cost nothing: neither reading nor freeing recurses.
package final class Pickle: Sendable {
  /// The number of a node.
  package typealias ID = UInt32

  enum Node: Sendable {
    case none
    case bool(Bool)
    case integer(Int)
    /// An integer that no `Int` holds; its value is of no use here.
    case hugeInteger
    case real(Double)
    /// Where the characters lie in the pickle.
    case text(start: UInt32, count: UInt32)
    case bytes(start: UInt32, count: UInt32)
    /// Characters as the first protocols spell them: with escapes, and in quotes if `isQuoted`.
    case escapedText(start: UInt32, count: UInt32, isQuoted: Bool)
    /// A class or a function by its name: `collections.OrderedDict`.
    case global(module: ID, name: ID)
    /// A list, a tuple or a set: a number into `sequences`.
    case sequence(ID)
    /// A dictionary: a number into `sequences`, where keys and values take turns.
    case dictionary(ID)
    /// A number into `objects`.
    case object(ID)
    /// Something that lies outside of the pickle, by what the file calls it.
    case persistent(ID)
  }

  /// What calling `constructor` with `arguments` would have made.
  struct Object: Sendable {
    var constructor: ID
    var arguments: ID
    /// What `__setstate__` would have got; for most classes the attributes.
    var state: ID?
    /// What would have been appended: a number into `sequences`.
    var elements: ID?
    /// What would have been set by key, as in `Node.dictionary`.
    var pairs: ID?
  }

  let bytes: [UInt8]
  let nodes: [Node]
  let sequences: [[ID]]
  let objects: [Object]
  let rootID: ID
  /// Where the pickle ends; other data may follow.
  package let end: Int

  init(
    bytes: [UInt8], nodes: [Node], sequences: [[ID]], objects: [Object], rootID: ID, end: Int
  ) {
    self.bytes = bytes
    self.nodes = nodes
    self.sequences = sequences
    self.objects = objects
    self.rootID = rootID
    self.end = end
  }

  /// Reads the pickle that begins at `start`; protocols 0 to 5.
  /// - Throws: `CheckpointError.pickle`; `.foreign` where it breaks off because joblib wrote it.
  package convenience init(_ bytes: [UInt8], from start: Int = 0) throws {
    var unpickler = try Unpickler(bytes: bytes, position: start)
    let root: ID
    do {
      root = try unpickler.run()
    } catch {
      let read = Pickle(
        bytes: bytes, nodes: unpickler.nodes, sequences: unpickler.sequences,
        objects: unpickler.objects, rootID: 0, end: unpickler.position)
      throw ForeignModel(broken: read).map { CheckpointError.foreign($0) } ?? error
    }
    self.init(
      bytes: bytes, nodes: unpickler.nodes, sequences: unpickler.sequences,
      objects: unpickler.objects, rootID: root, end: unpickler.position)
  }

  package var root: PickleValue { PickleValue(pickle: self, id: rootID) }
}

/// Why bytes are no pickle that can be read.
public enum PickleFault: Sendable, Equatable {
  case endedEarly
  case unknownOpcode(UInt8)
  /// An opcode of the format that needs Python's own registries or buffers.
  case unsupportedOpcode(UInt8)
  case newProtocol(UInt8)
  /// The opcode needs more on the stack than there is.
  case emptyStack(opcode: UInt8)
  /// The opcode can't be applied to what lies on the stack.
  case wrongOperand(opcode: UInt8)
  case unknownMemo(Int)
  case badNumber
  /// Its values take more bytes than those of a file of this size do.
  case tooLarge(limit: Int)
  case tooLong(bytes: Int, limit: Int)
  /// The texts of a list come to more than the file has.
  case repeatedText(limit: Int)
}
