/// One value in a pickle, for looking around.
///
/// Nothing is promised about what a file holds: each question has nil for an answer.
package struct PickleValue: Sendable {
  let pickle: Pickle
  let id: Pickle.ID

  private var node: Pickle.Node { pickle.nodes[Int(id)] }

  private func value(_ id: Pickle.ID) -> PickleValue { PickleValue(pickle: pickle, id: id) }

  // MARK: - Simple values

  package var isNone: Bool { if case .none = node { true } else { false } }

  package var flag: Bool? { if case .bool(let flag) = node { flag } else { nil } }

  package var integer: Int? { if case .integer(let integer) = node { integer } else { nil } }

  /// An integer counts too.
  package var real: Double? {
    switch node {
    case .real(let real): real
    case .integer(let integer): Double(integer)
    default: nil
    }
  }

  /// Python allows lone surrogates, Swift does not: they come out as U+FFFD.
  package var text: String? {
    switch node {
    case .text(let start, let count): String(decoding: bytes(start, count), as: UTF8.self)
    case .escapedText(let start, let count, let isQuoted):
      PickleEscapes.text(bytes(start, count), isQuoted: isQuoted)
    default: nil
    }
  }

  /// Bytes as such, or as protocols before 3 spell them: `_codecs.encode(text, "latin1")`.
  package var bytes: [UInt8]? {
    if case .bytes(let start, let count) = node { return Array(bytes(start, count)) }
    guard constructor == "_codecs.encode", let text = arguments.first?.text else { return nil }
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard let byte = UInt8(exactly: scalar.value) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  /// No class has a longer name.
  private static let nameLimit = 1024

  private func bytes(_ start: UInt32, _ count: UInt32) -> ArraySlice<UInt8> {
    pickle.bytes[Int(start)..<Int(start) + Int(count)]
  }

  /// Of the file that the value stands in.
  package var fileSize: Int { pickle.bytes.count }

  // MARK: - Collections

  /// Of a list, a tuple or a set, or what would have been appended to an object.
  package var elements: [PickleValue]? {
    switch node {
    case .sequence(let id): pickle.sequences[Int(id)].map(value)
    case .object(let id): pickle.objects[Int(id)].elements.map { sequence($0) }
    default: nil
    }
  }

  /// Of a dictionary, or what would have been set in an object by key.
  package var pairs: [(key: PickleValue, value: PickleValue)]? {
    let items: [PickleValue]
    switch node {
    case .dictionary(let id): items = sequence(id)
    case .object(let id):
      guard let pairs = pickle.objects[Int(id)].pairs else {
        // Nothing was ever set in an empty one.
        return constructor == "collections.OrderedDict" ? [] : nil
      }
      items = sequence(pairs)
    default: return nil
    }
    return stride(from: 0, to: items.count - 1, by: 2).map { (items[$0], items[$0 + 1]) }
  }

  /// How many elements, or keys and values, there are; nothing is made of them to know.
  var itemCount: Int {
    switch node {
    case .sequence(let id), .dictionary(let id): pickle.sequences[Int(id)].count
    case .object(let id):
      [pickle.objects[Int(id)].elements, pickle.objects[Int(id)].pairs].compactMap { $0 }
        .map { pickle.sequences[Int($0)].count }.max() ?? 0
    default: 0
    }
  }

  private func sequence(_ id: Pickle.ID) -> [PickleValue] {
    pickle.sequences[Int(id)].map(value)
  }

  /// The value of a key that is text, the last of that name.
  package subscript(key: String) -> PickleValue? {
    guard let items = pairIDs else { return nil }
    let wanted = Array(key.utf8)
    for place in stride(from: items.count / 2 * 2 - 2, through: 0, by: -2)
    where value(items[place]).isText(wanted) {
      return value(items[place + 1])
    }
    return nil
  }

  /// Keys and values in turns, not copied.
  private var pairIDs: [Pickle.ID]? {
    switch node {
    case .dictionary(let id): pickle.sequences[Int(id)]
    case .object(let id): pickle.objects[Int(id)].pairs.map { pickle.sequences[Int($0)] }
    default: nil
    }
  }

  /// Without making a text of it: a file may ask that of a long one a million times.
  private func isText(_ wanted: [UInt8]) -> Bool {
    switch node {
    case .text(let start, let count):
      Int(count) == wanted.count && bytes(start, count).elementsEqual(wanted)
    case .escapedText(_, let count, _):
      // An escape of one character takes ten at most.
      Int(count) <= 10 * wanted.count + 2 && text.map { Array($0.utf8) == wanted } == true
    default: false
    }
  }

  /// How many bytes of the file a text takes; zero for what is none.
  package var textSize: Int {
    switch node {
    case .text(_, let count), .escapedText(_, let count, _): Int(count)
    default: 0
    }
  }

  // MARK: - Objects

  /// A class or function by its full name: `torch.nn.modules.linear.Linear`.
  ///
  /// PyTorch's older container wraps the classes of modules: `('module', class, file, source)`.
  package var global: String? {
    if let parts = persistent?.elements, parts.count >= 2, parts[0].text == "module",
      parts[1].persistent == nil
    {
      return parts[1].global
    }
    guard case .global(let module, let name) = node,
      value(module).textSize + value(name).textSize <= Self.nameLimit,
      let module = value(module).text, let name = value(name).text
    else { return nil }
    return module + "." + name
  }

  /// What an object's class, or the function that would have made it, is called.
  package var constructor: String? {
    guard case .object(let id) = node else { return nil }
    let constructor = value(pickle.objects[Int(id)].constructor)
    if let global = constructor.global { return global }
    // A class of the user's own script comes with its code: a call of a function that makes it.
    guard let maker = constructor.maker, maker.hasSuffix("._make_skeleton_class") else {
      return nil
    }
    return constructor.arguments.dropFirst().first?.text.map { "__main__." + $0 }
  }

  /// The name of a function of the user's own script, which comes with its code.
  package var ownFunction: String? {
    guard let maker, maker.hasSuffix("._make_function") else { return nil }
    // Of what a code object is made of, two are texts: its file and its name come first.
    return arguments.first?.arguments.compactMap(\.text).dropFirst().first
  }

  /// The function that would have made an object, where it is a known one.
  private var maker: String? {
    guard case .object(let id) = node else { return nil }
    return value(pickle.objects[Int(id)].constructor).global
  }

  /// What an object's constructor would have been called with.
  package var arguments: [PickleValue] {
    guard case .object(let id) = node else { return [] }
    return value(pickle.objects[Int(id)].arguments).elements ?? []
  }

  /// What an object keeps beside its arguments.
  package var state: PickleValue? {
    guard case .object(let id) = node else { return nil }
    return pickle.objects[Int(id)].state.map(value)
  }

  /// An attribute of an object; the state of a class with slots is a pair of dictionaries.
  package func attribute(_ name: String) -> PickleValue? {
    guard let state else { return nil }
    if let found = state[name] { return found }
    return state.elements?.lazy.compactMap { $0[name] }.first
  }

  /// What the file calls something that lies outside of the pickle.
  package var persistent: PickleValue? {
    guard case .persistent(let id) = node else { return nil }
    return value(id)
  }
}
