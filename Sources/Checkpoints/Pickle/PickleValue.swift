/// A value in a pickle, for navigation.
///
/// Nothing is assumed about the contents: each accessor returns nil if the value is of another
/// kind.
package struct PickleValue: Sendable {
  let pickle: Pickle
  let id: Pickle.ID

  private var node: Pickle.Node { pickle.nodes[Int(id)] }

  private func value(_ id: Pickle.ID) -> PickleValue { PickleValue(pickle: pickle, id: id) }

  // MARK: - Simple values

  package var isNone: Bool { if case .none = node { true } else { false } }

  package var flag: Bool? { if case .bool(let flag) = node { flag } else { nil } }

  package var integer: Int? { if case .integer(let integer) = node { integer } else { nil } }

  /// Also an integer.
  package var real: Double? {
    switch node {
    case .real(let real): real
    case .integer(let integer): Double(integer)
    default: nil
    }
  }

  /// Lone surrogates, which Python allows, become U+FFFD.
  package var text: String? {
    switch node {
    case .text(let start, let count): String(decoding: bytes(start, count), as: UTF8.self)
    case .escapedText(let start, let count, let isQuoted):
      PickleEscapes.text(bytes(start, count), isQuoted: isQuoted)
    default: nil
    }
  }

  /// Bytes, or what protocols before 3 write for them: `_codecs.encode(text, "latin1")`.
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

  /// The size of the file that contains the value.
  package var fileSize: Int { pickle.bytes.count }

  // MARK: - Collections

  /// The elements of a list, a tuple or a set, or those appended to an object.
  package var elements: [PickleValue]? {
    switch node {
    case .sequence(let id): pickle.sequences[Int(id)].map(value)
    case .object(let id): pickle.objects[Int(id)].elements.map { sequence($0) }
    default: nil
    }
  }

  /// The items of a dictionary, or those set in an object by key.
  package var pairs: [(key: PickleValue, value: PickleValue)]? {
    let items: [PickleValue]
    switch node {
    case .dictionary(let id): items = sequence(id)
    case .object(let id):
      guard let pairs = pickle.objects[Int(id)].pairs else {
        // An empty one has no items.
        return constructor == "collections.OrderedDict" ? [] : nil
      }
      items = sequence(pairs)
    default: return nil
    }
    return stride(from: 0, to: items.count - 1, by: 2).map { (items[$0], items[$0 + 1]) }
  }

  /// How many elements, or keys and values, there are, without building them.
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

  /// The value of a text key; the last if there are several.
  package subscript(key: String) -> PickleValue? {
    guard let items = pairIDs else { return nil }
    let wanted = Array(key.utf8)
    for place in stride(from: items.count / 2 * 2 - 2, through: 0, by: -2)
    where value(items[place]).isText(wanted) {
      return value(items[place + 1])
    }
    return nil
  }

  /// Alternating keys and values, without a copy.
  private var pairIDs: [Pickle.ID]? {
    switch node {
    case .dictionary(let id): pickle.sequences[Int(id)]
    case .object(let id): pickle.objects[Int(id)].pairs.map { pickle.sequences[Int($0)] }
    default: nil
    }
  }

  /// Compares without building the text: a file may cause a million comparisons with a long one.
  private func isText(_ wanted: [UInt8]) -> Bool {
    switch node {
    case .text(let start, let count):
      Int(count) == wanted.count && bytes(start, count).elementsEqual(wanted)
    case .escapedText(_, let count, _):
      // An escape of one character takes ten bytes at most.
      Int(count) <= 10 * wanted.count + 2 && text.map { Array($0.utf8) == wanted } == true
    default: false
    }
  }

  /// How many bytes of the file a text takes; zero for other values.
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

  /// The name of an object's class, or of the function that would have made it.
  package var constructor: String? {
    guard case .object(let id) = node else { return nil }
    let constructor = value(pickle.objects[Int(id)].constructor)
    if let global = constructor.global { return global }
    // A class of the user's own script is stored with its code: a call of a function that creates
    // it.
    guard let maker = constructor.maker, maker.hasSuffix("._make_skeleton_class") else {
      return nil
    }
    return constructor.arguments.dropFirst().first?.text.map { "__main__." + $0 }
  }

  /// The name of a function of the user's own script, which is stored with its code.
  package var ownFunction: String? {
    guard let maker, maker.hasSuffix("._make_function") else { return nil }
    // Two arguments of a code object are texts: its file, then its name.
    return arguments.first?.arguments.compactMap(\.text).dropFirst().first
  }

  /// The function that would have made an object, if it is a known one.
  private var maker: String? {
    guard case .object(let id) = node else { return nil }
    return value(pickle.objects[Int(id)].constructor).global
  }

  /// The arguments of an object's constructor.
  package var arguments: [PickleValue] {
    guard case .object(let id) = node else { return [] }
    return value(pickle.objects[Int(id)].arguments).elements ?? []
  }

  /// An object's state.
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

  /// The persistent id of an object outside the pickle.
  package var persistent: PickleValue? {
    guard case .persistent(let id) = node else { return nil }
    return value(id)
  }
}
