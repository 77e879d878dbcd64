/// A PyTorch module in a pickle: its attributes, tensors and submodules.
struct FastaiModule {
  /// More than any model has; guards against modules that contain each other.
  private static let moduleLimit = 1_000
  private static let tensorLimit = 10_000
  private static let depthLimit = 50
  private static let nameLimit = 1_000

  let value: PickleValue
  /// Without the package: `LinBnDrop`.
  let className: String
  private let submodules: [(name: String, value: PickleValue)]

  /// - Throws: `CheckpointError.fastai(.missing)` if the value is not a module.
  init(_ value: PickleValue) throws {
    guard let className = value.className, let modules = value.attribute("_modules")?.pairs else {
      throw CheckpointError.fastai(.missing(part: "model"))
    }
    self.value = value
    self.className = className
    submodules = modules.compactMap { pair in pair.key.text.map { ($0, pair.value) } }
  }

  func child(_ name: String) -> FastaiModule? {
    guard let child = submodules.last(where: { $0.name == name }) else { return nil }
    return try? FastaiModule(child.value)
  }

  /// The submodules in order; those that are None are left out.
  func children() throws -> [(name: String, module: FastaiModule)] {
    try submodules.filter { !$0.value.isNone }.map { ($0.name, try FastaiModule($0.value)) }
  }

  /// Without PyTorch's wrappers for several devices or compilation.
  var unwrapped: FastaiModule {
    let inner: String
    switch className {
    case "DataParallel", "DistributedDataParallel": inner = "module"
    case "OptimizedModule": inner = "_orig_mod"
    default: return self
    }
    guard let child = child(inner), child.className != className else { return self }
    return child.unwrapped
  }

  func integer(_ name: String) throws -> Int {
    guard let integer = value.attribute(name)?.integer else {
      throw CheckpointError.fastai(.missing(part: "\(className).\(name)"))
    }
    return integer
  }

  /// All tensors of this module and its submodules, by PyTorch's names.
  /// - Throws: `CheckpointError` if a tensor extends beyond its storage.
  func tensors(in file: TorchFile) throws -> [String: StoredTensor] {
    var found: [String: StoredTensor] = [:]
    var left = Self.moduleLimit
    try collect(into: &found, prefix: "", depth: 0, left: &left, file: file)
    return found
  }

  private func collect(
    into found: inout [String: StoredTensor], prefix: String, depth: Int, left: inout Int,
    file: TorchFile
  ) throws {
    left -= 1
    guard left > 0, depth < Self.depthLimit else {
      throw CheckpointError.fastai(.missing(part: "an end of the modules"))
    }
    for group in ["_parameters", "_buffers"] {
      for (key, tensor) in value.attribute(group)?.pairs ?? [] {
        guard let key = key.text else { continue }
        guard found.count < Self.tensorLimit, key.utf8.count <= Self.nameLimit else {
          throw CheckpointError.fastai(.missing(part: "an end of the tensors"))
        }
        found[prefix + key] = try file.tensor(tensor, name: prefix + key)
      }
    }
    for (name, child) in try children() {
      try child.collect(
        into: &found, prefix: "\(prefix)\(name).", depth: depth + 1, left: &left, file: file)
    }
  }
}

extension PickleValue {
  /// The class of an object, without its package.
  var className: String? {
    constructor.map {
      String($0.suffix(from: $0.lastIndex(of: ".").map($0.index(after:)) ?? $0.startIndex))
    }
  }

  /// Its type in a word, or its class.
  var summary: String {
    if let constructor { return constructor }
    if pairs != nil { return "a dictionary" }
    if elements != nil { return "a list" }
    return text == nil ? "a number" : "a text"
  }

  /// The elements of a list, a tuple, or fastcore's `L`, which keeps its list in `items`.
  var list: [PickleValue]? {
    elements ?? attribute("items")?.elements ?? attribute("items")?.attribute("items")?.elements
  }
}
