/// A Python pickle as data: nothing in it is imported, called or run.
///
/// What a pickle would call (`REDUCE`, `NEWOBJ`, `INST` …) becomes an object that records the
/// callable and its arguments. Objects refer to each other by number, so that cycles, shared parts
/// and deep nesting are harmless: neither reading nor freeing recurses.
package final class Pickle: Sendable {
  /// The number of a node.
  package typealias ID = UInt32

  enum Node: Sendable {
    case none
    case bool(Bool)
    case integer(Int)
    /// An integer beyond `Int`; its value is not needed.
    case hugeInteger
    case real(Double)
    /// The range of the characters in the pickle.
    case text(start: UInt32, count: UInt32)
    case bytes(start: UInt32, count: UInt32)
    /// Characters as the first protocols write them: with escapes, and in quotes if `isQuoted`.
    case escapedText(start: UInt32, count: UInt32, isQuoted: Bool)
    /// A class or function by name: `collections.OrderedDict`.
    case global(module: ID, name: ID)
    /// A list, a tuple or a set: an index into `sequences`.
    case sequence(ID)
    /// A dictionary: an index into `sequences`, where keys and values alternate.
    case dictionary(ID)
    /// An index into `objects`.
    case object(ID)
    /// An object outside the pickle, by its persistent id.
    case persistent(ID)
  }

  /// The result of calling `constructor` with `arguments`.
  struct Object: Sendable {
    var constructor: ID
    var arguments: ID
    /// The argument of `__setstate__`; for most classes, the attributes.
    var state: ID?
    /// Appended elements: an index into `sequences`.
    var elements: ID?
    /// Items set by key, as in `Node.dictionary`.
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

  /// Reads the pickle that starts at `start`; protocols 0 to 5.
  /// - Throws: `CheckpointError.pickle`; `.foreign` if it breaks off because joblib wrote it.
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

/// Why bytes are not a readable pickle.
public enum PickleFault: Sendable, Equatable {
  case endedEarly
  case unknownOpcode(UInt8)
  /// An opcode that needs Python's own registries or buffers.
  case unsupportedOpcode(UInt8)
  case newProtocol(UInt8)
  /// The opcode needs more elements than the stack has.
  case emptyStack(opcode: UInt8)
  /// The opcode cannot be applied to the elements on the stack.
  case wrongOperand(opcode: UInt8)
  case unknownMemo(Int)
  case badNumber
  /// Its values take more memory than a file of this size may take.
  case tooLarge(limit: Int)
  case tooLong(bytes: Int, limit: Int)
  /// The texts of a list are longer than the whole file.
  case repeatedText(limit: Int)
}
