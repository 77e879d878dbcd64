internal import Synchronization
public import Tensors

/// A model's weights under the names with which they were saved.
///
/// A layer looks up its weights where its fields are declared and states the shape that it needs,
/// so that a tensor of another shape never becomes part of a model. Tensors are read and converted
/// on demand, so that no second copy of the weights stays in memory.
public struct NamedTensors: Sendable {
  /// One tensor in memory.
  public struct Entry: Sendable {
    public var shape: [Int]
    /// Row-major, the product of `shape` numbers.
    public var values: [Float]

    public init(shape: [Int], values: [Float]) {
      self.shape = shape
      self.values = values
    }
  }

  enum Content: Sendable {
    case loaded(Entry)
    case stored(StoredTensor)
    case derived(DerivedTensor)
  }

  var contents: [String: Content]
  private let findings = Findings()
  let memory = WeightMemory()
  /// The total size of all tensors in the files, in bytes.
  private let byteCount: Int
  /// Receives the progress of reading.
  var progress: LoadProgress?
  /// The precision in which the weights of products are packed.
  public var precision = WeightPrecision.float

  public init(_ entries: [String: Entry]) {
    contents = entries.mapValues(Content.loaded)
    byteCount = 0
  }

  /// - Parameter stored: the tensors of one file.
  init(stored: [String: StoredTensor]) {
    contents = stored.mapValues(Content.stored)
    var (count, end) = (0, 0)
    for bytes in stored.values.map(\.bytes).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      count += max(0, bytes.upperBound - max(end, bytes.lowerBound))
      end = max(end, bytes.upperBound)
    }
    byteCount = count
  }

  /// Selected tensors of several files, each under a new name.
  init(_ chosen: [(name: String, from: NamedTensors, as: String)]) {
    var contents: [String: Content] = [:]
    var files: [ObjectIdentifier: Int] = [:]
    for choice in chosen {
      contents[choice.as] = choice.from.contents[choice.name]
      files[ObjectIdentifier(choice.from.findings)] = choice.from.byteCount
    }
    self.contents = contents
    byteCount = files.values.reduce(0, +)
  }

  /// Sorted.
  public var names: [String] { contents.keys.sorted() }

  public func shape(of name: String) -> [Int]? {
    switch contents[name] {
    case .loaded(let entry): entry.shape
    case .stored(let tensor): tensor.shape
    case .derived(let tensor): tensor.shape
    case nil: nil
    }
  }

  /// The tensors read so far that contain NaN or infinite weights, by name.
  public var notFinite: [ModelNote] {
    findings.counts.sorted { $0.key < $1.key }.map { .notFinite(tensor: $0.key, count: $0.value) }
  }

  /// The numbers of a tensor of shape `[count]`.
  /// - Throws: `CheckpointError.missingTensor`, `.wrongShape`, and errors of reading the file;
  ///   `CancellationError` if reading was cancelled.
  public func vector(_ name: String, count: Int) throws -> [Float] {
    try values(name, shape: [count])
  }

  /// A tensor of shape `[rows, columns]`.
  /// - Throws: `CheckpointError.missingTensor`, `.wrongShape`, and errors of reading the file.
  public func matrix(_ name: String, rows: Int, columns: Int) throws -> Matrix {
    Matrix(rows: rows, columns: columns, elements: try values(name, shape: [rows, columns]))
  }

  /// The numbers of a tensor of any shape, row-major.
  /// - Throws: as above.
  public func values(_ name: String, shape: [Int]) throws -> [Float] {
    let values =
      switch try content(name, shape: shape) {
      case .loaded(let entry): entry.values
      case .stored(let tensor): try read(tensor, name) { try $0.values(name: name, progress: $1) }
      case .derived(let tensor): try tensor.values(progress)
      }
    // An entry made in memory may not fill its shape.
    guard values.count == elementCount(of: shape) else {
      throw CheckpointError.wrongShape(tensor: name, expected: shape, found: shape)
    }
    findings.add(values, name: name)
    memory.note(name, bytes: values.count * MemoryLayout<Float>.size)
    return values
  }

  /// A tensor of shape `[rows, columns]`, which stays in two bytes per number if stored that way.
  /// - Throws: as above.
  public func compactMatrix(_ name: String, rows: Int, columns: Int) throws -> CompactMatrix {
    guard case .stored(let tensor) = try content(name, shape: [rows, columns]),
      let format = tensor.halfFormat
    else { return CompactMatrix(try matrix(name, rows: rows, columns: columns)) }
    let halves = try read(tensor, name) { try $0.halves(progress: $1) }
    findings.add(halves, format, name: name)
    memory.note(name, bytes: halves.count * MemoryLayout<UInt16>.size)
    return CompactMatrix(rows: rows, columns: columns, halves: halves, format: format)
  }

  private func content(_ name: String, shape: [Int]) throws -> Content {
    guard let content = contents[name], let found = self.shape(of: name) else {
      throw CheckpointError.missingTensor(name: name)
    }
    guard found == shape else {
      throw CheckpointError.wrongShape(tensor: name, expected: shape, found: found)
    }
    return content
  }

  /// How many bytes may be read again beyond the total; fastai's second copies are small.
  private static let repeatedLimit = 32 << 20

  private func read<Number>(
    _ tensor: StoredTensor, _ name: String,
    _ read: (StoredTensor, LoadProgress?) throws -> [Number]
  ) throws -> [Number] {
    // Tensors of a PyTorch file may be views of one storage: a few bytes could claim a model of any
    // size.
    guard findings.bytesRead(tensor.bytes.count) <= byteCount + Self.repeatedLimit else {
      throw CheckpointError.torch(.sharedStorage(tensor: name))
    }
    let values = try read(tensor, progress)
    // A view of a few bytes may have any shape.
    guard values.count == elementCount(of: tensor.shape) else {
      throw CheckpointError.wrongShape(tensor: name, expected: tensor.shape, found: [values.count])
    }
    return values
  }
}

/// What was noticed while weights were read.
private final class Findings: Sendable {
  private let notFinite = Mutex<[String: Int]>([:])
  private let bytes = Mutex(0)

  var counts: [String: Int] { notFinite.withLock { $0 } }

  /// Adds to the bytes read so far and returns the sum.
  func bytesRead(_ count: Int) -> Int {
    bytes.withLock {
      $0 += count
      return $0
    }
  }

  func add(_ values: [Float], name: String) {
    // NaN and infinity have all exponent bits set.
    let count = values.reduce(0) {
      $0 &+ ($1.bitPattern & 0x7F80_0000 == 0x7F80_0000 ? 1 : 0)
    }
    if count > 0 { notFinite.withLock { $0[name] = count } }
  }

  func add(_ halves: [UInt16], _ format: HalfFormat, name: String) {
    let exponent = format.exponent
    let count = halves.reduce(0) { $0 &+ ($1 & exponent == exponent ? 1 : 0) }
    if count > 0 { notFinite.withLock { $0[name] = count } }
  }
}

/// The number of elements of a shape; nil if a size is negative or the product overflows.
func elementCount(of shape: [Int]) -> Int? {
  var count = 1
  for size in shape {
    let (product, overflow) = count.multipliedReportingOverflow(by: size)
    guard size >= 0, !overflow else { return nil }
    count = product
  }
  return count
}
